import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

const source = "Source.MatchPattern";
const target = "Target.MatchPattern";

function faultsIn(setting: string, text: string, systemd?: number): string[] {
  return readSetting(setting, text, systemd).faults.map(
    ({ check, severity, start, end }) =>
      `${check.slice("transfer/".length)}${severity === undefined ? "" : ` ${severity}`} ${text.slice(start, end)}`,
  );
}

test("takes what systemd-sysupdate takes", () => {
  for (const pattern of [
    "demo-@v.raw",
    "@v",
    "a@v@@",
    "@@kdeos_@v",
    "b/a@v",
    "%M_@v+@l-@d.efi %M_@v+@l.efi %M_@v.efi",
    "a@v%a@l",
    "a%a@v",
    "a@v%",
    "a@v%-b",
    "%%SYSEXT%%-@v-%w-%a.raw",
    "a@v\\x20b",
    "a@v\\x41b",
    '"a@v"',
    "a@v#b",
  ]) {
    assert.deepEqual(faultsIn(source, pattern), [], pattern);
    assert.deepEqual(faultsIn(target, pattern, 251), [], pattern);
  }
});

test("says where a pattern is none", () => {
  for (const [pattern, ...faults] of [
    ["demo.raw", "pattern-no-version demo.raw"],
    ["a@v b", "pattern-no-version b"],
    ["a@x@v", "pattern-syntax @x"],
    ["a@v-@v", "pattern-syntax @v"],
    ["a@v@l", "pattern-syntax @v@l"],
    ["a@v@", "pattern-syntax @"],
    ["a*@v", "pattern-syntax *"],
    ["a@v|b?", "pattern-syntax |", "pattern-syntax ?"],
    ["a@v\\q", "pattern-syntax \\"],
    ["ä@v", "pattern-syntax warning ä"],
    ["/a@v", "pattern-syntax warning /"],
    ["../a@v", "pattern-syntax warning .."],
    ["a@v/", "pattern-syntax warning /"],
    ["**/b/a@v", "pattern-syntax /"],
    ["demo-*.raw", "pattern-syntax *"],
  ] as const) {
    assert.deepEqual(faultsIn(source, pattern), faults, pattern);
  }
});

test("knows folders of any depth at sources since systemd 262", () => {
  assert.deepEqual(faultsIn(source, "**/a@v", 262), []);
  assert.deepEqual(faultsIn(source, "**/a@v", 261), ["too-new **/"]);
  assert.deepEqual(faultsIn(target, "**/a@v", 262), ["pattern-syntax **/"]);
});

test("repairs patterns", () => {
  for (const [wrong, right] of [
    ["demo-@V.raw", "demo-@v.raw"],
    ["demo-*.raw", "demo-@v.raw"],
    ["demo-1.2.3-%a.raw", "demo-@v-%a.raw"],
    ["demo-v1.2.3.raw", "demo-v@v.raw"],
    ["demo-%v.raw", "demo-@v.raw"],
    ["demo.raw", "demo.raw"],
    ["me@zoo-@v", "me@@zoo-@v"],
    ["demo-@v@", "demo-@v@@"],
    ["/demo-@v", "demo-@v"],
  ] as const) {
    assert.equal(repair(source, wrong), right);
  }
});

test("tells the parts of a pattern", () => {
  assert.deepEqual(piecesIn(source, "**/a@@b-@v_%a"), [
    "string **/a@@b-@v_%a",
    "operator **/",
    "escape @@",
    "variable @v",
    "specifier %a",
  ]);
  assert.deepEqual(piecesIn(target, "%M/@v"), ["specifier %M", "string %M/@v", "operator /", "variable @v"]);
});

test("says what a wildcard stands for, and where it is used", () => {
  const meaning = readSetting(target, "@v-@m").pieces.at(-1)?.meaning;
  assert.match(
    typeof meaning === "function" ? (meaning() ?? "") : "",
    /^`@m`: the permission bits .*`Type=regular-file`.*`Mode=` takes precedence/s,
  );
});

test("offers wildcards behind an at sign, each once in a pattern", () => {
  const offer = offerAt(target, "old-@v demo-@v-@‸.raw");
  assert.equal(offer?.replaced, "@");
  assert.ok(textsOf(offer).includes("@l"));
  assert.ok(!textsOf(offer).includes("@v"));
  assert.ok(textsOf(offerAt(source, "demo-@‸v.raw")).includes("@v"));
  assert.equal(offerAt(source, "demo-@@‸"), undefined);
});

test("offers a beginning, and specifiers behind a percent sign", () => {
  assert.deepEqual(textsOf(offerAt(source, "‸")), ["@v", "**/"]);
  assert.deepEqual(textsOf(offerAt(target, "demo-@v ‸")), ["@v"]);
  assert.ok(textsOf(offerAt(source, "demo-@v-%‸")).includes("%w"));
});
