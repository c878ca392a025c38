import assert from "node:assert/strict";
import { test } from "node:test";
import { locateUpdate, looksLikeTransfer, looksLikeUpdate } from "./update-location.ts";

/** What a path says in a few words. */
function located(path: string): string | undefined {
  const found = locateUpdate(path);
  if (found === undefined) return undefined;
  const { kind, form, id, component = "-", root = "-", template } = found;
  return [kind, form, id, component, root, ...(template ? ["template"] : [])].join(" ");
}

for (const [path, says] of Object.entries({
  "etc/sysupdate.d/10-a.transfer": "transfer definition 10-a - ",
  "/home/me/x/usr/lib/sysupdate.app.d/a.conf": "transfer definition a app /home/me/x",
  "x/run/sysupdate.d/a.transfer.d/b.conf": "transfer drop-in a - x",
  "x/etc/sysupdate.d/a.conf.d/b.conf": "transfer drop-in a - x",
  "x/usr/local/lib/sysupdate.d/a.feature": "feature definition a - x",
  "x/etc/sysupdate.d/a.feature.d/b.conf": "feature drop-in a - x",
  "x/usr/lib/sysupdate.app.component": "component definition app app x",
  "x/etc/sysupdate.app.component.d/b.conf": "component drop-in app app x",
  "x/etc/sysupdate.d/a.transfer.in": "transfer definition a - x template",
  "examples/sysupdate.d/a.conf": "transfer definition a - -",
  "examples/sysupdate.app.component.d/b.conf": "component drop-in app app -",
  "examples/a.transfer": "transfer definition a - -",
  "examples/a.transfer.d/b.conf": "transfer drop-in a - -",
  "examples/a.feature": "feature definition a - -",
  "examples/sysupdate.app.component": "component definition app app -",
})) {
  test(`${path} is a ${says.split(" ").slice(0, 2).join(" ")}`, () => assert.equal(located(path), says));
}

test("other files are none", () => {
  for (const path of [
    ...["etc/sysupdate.d/README", "etc/sysupdate.d/a/b/c.conf", "etc/sysupdate.d/a.feature.d/b.txt", "a.conf"],
    ...["etc/app.d/a.conf", "a.component", "etc/sysupdate.d/.transfer", ""],
  ]) {
    assert.equal(located(path), undefined, path);
  }
});

test("a header makes the difference elsewhere", () => {
  assert.ok(looksLikeUpdate("# x\n[Source]\n", "transfer"));
  assert.ok(looksLikeUpdate(" [Feature]\n", "feature"));
  assert.ok(!looksLikeUpdate("Feature: login\n", "feature"));
  assert.ok(!looksLikeUpdate("[Source]\n", "component"));
});

test("folders and endings make the difference", () => {
  for (const [path, expected] of Object.entries({
    "x/lib/sysupdate.d/a.transfer": "transfer definition a - x",
    "x/xetc/sysupdate.d/a.transfer": "transfer definition a - -",
    "x/etc/sysupdate.a-b_c.d/a.conf": "transfer definition a a-b_c x",
    "x/etc/sysupdate.a b.d/a.conf": "none",
    "x/etc/sysupdatex.d/a.conf": "none",
    "x/etc/sysupdate.d/a.transferx": "none",
    "x/etc/sysupdate.d/a.transfer.dx/b.conf": "none",
    "x/etc/sysupdate.d/a.transfer.d/b.conf.in": "transfer drop-in a - x template",
    "x/etc/sysupdate.d/a.txt.d/b.conf": "none",
    "x/etc/sysupdate.a.component.d/b.conf/c": "none",
    "x/etc/sysupdate.a.component.d/b.txt": "none",
    "x/etc/sysupdate.a.componentx": "none",
    "x/etc/sysupdate..component": "none",
    "x/etc/sysupdate.a.component.in": "component definition a a x template",
    "x/etc/xsysupdate.a.component": "none",
    "y/sysupdate.a.component.in": "component definition a a - template",
    "y/xsysupdate.a.component": "none",
    "y/sysupdate.a.component.d/b.txt": "none",
    "y/sysupdate.d/a.feature.d/b.conf": "feature drop-in a - -",
    "y/sysupdate.d/a/b.conf": "none",
    "y/sysupdate.d/a/b/c.conf": "none",
    "y/xsysupdate.d/a.conf": "none",
    "y/sysupdate.b.d/a.conf.d/c.conf": "transfer drop-in a b -",
    "y/a.conf.d/b.conf": "none",
    "y/a.feature.d/b.conf": "feature drop-in a - -",
    "y/a.feature.d/b.conf.in": "feature drop-in a - - template",
    "y/a.transfer.in": "transfer definition a - - template",
    "sysupdate.d/a.conf": "transfer definition a - -",
    "etc/sysupdate.d/a b.feature": "feature definition a b - ",
    "x/etc/sysupdate.component": "none",
    "a.transfer.j2": "transfer definition a - - template",
    "a.transfer.jinja": "transfer definition a - - template",
    "a.transfer.jinja2": "transfer definition a - - template",
    "a.transfer.tmpl": "transfer definition a - - template",
    "a.transfer.tpl": "transfer definition a - - template",
    "a.transfer.template": "transfer definition a - - template",
    "a.transfer.m4": "transfer definition a - - template",
    "a.transfer.mustache": "transfer definition a - - template",
    "a.transfer.hbs": "transfer definition a - - template",
    "a.transfer.erb": "transfer definition a - - template",
    "a.transfer.epp": "transfer definition a - - template",
    "a.transfer.ejs": "transfer definition a - - template",
    "a.transfer.gotmpl": "transfer definition a - - template",
    "a.transfer.inx": "none",
  })) {
    assert.equal(located(path) ?? "none", expected, path);
  }
});

test("a transfer needs its source and its target, and any definition a header near the beginning of the text", () => {
  assert.ok(looksLikeTransfer("\t[Source]\nx\n [Target]"));
  for (const text of ["[Source]", "[Target]", "x[Source]\n[Target]", "[Source]\nx[Target]", ""]) {
    assert.ok(!looksLikeTransfer(text), text);
  }
  for (const [kind, section] of [
    ["transfer", "Transfer"],
    ["transfer", "Source"],
    ["transfer", "Target"],
    ["feature", "Feature"],
    ["component", "Component"],
  ] as const) {
    const before = (length: number) => `${"#".repeat(length - section.length - 3)}\n[${section}]`;
    assert.deepEqual([looksLikeUpdate(before(20_000), kind), looksLikeUpdate(before(20_001), kind)], [true, false]);
    assert.ok(!looksLikeUpdate(`x[${section}]`, kind));
  }
  const far = `[Source]\n${"#".repeat(20_000 - "[Source]\n\n[Target]".length)}\n[Target]`;
  assert.deepEqual(
    [looksLikeTransfer(far), looksLikeTransfer(`#${far}`), looksLikeTransfer(`\n${far}`)],
    [true, false, false],
  );
});
