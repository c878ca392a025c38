import assert from "node:assert/strict";
import { test } from "node:test";
import { locateUpdate, looksLikeUpdate } from "./update-location.ts";

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
