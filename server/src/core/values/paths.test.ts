import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair } from "../../../../test/support/value-reading.ts";

test("repairs what is clearly meant", () => {
  for (const [setting, wrong, right] of [
    ["Service.RootDirectory", "usr/lib/demo", "/usr/lib/demo"],
    ["Service.RootDirectory", "/a/../b/./c", "/b/c"],
    ["Service.RootDirectory", "/../..", "/"],
    ["Service.RootDirectory", "%t/a/../b", "%t/b"],
    ["Service.WorkingDirectory", '-"/a b"', "-/a b"],
    ["Service.EnvironmentFile", "-'/etc/a'", "-/etc/a"],
    ["Service.PIDFile", "/var/run/a.pid", "/run/a.pid"],
    ["Socket.ListenFIFO", "//var//run/a", "/run/a"],
    ["Service.ReadWritePaths", "/a -var/b", "/a -/var/b"],
    ["Service.ExecSearchPath", "/a:usr/b", "/a:/usr/b"],
    ["Unit.ConditionPathExists", "!|/a", "|!/a"],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("repairs nothing where it is not clear what is meant", () => {
  for (const text of ["demo/conf", "~/a", "$HOME/a", "%i/../a", "/%i/../a", '"/a']) {
    assert.equal(repair("Service.RootDirectory", text), text);
  }
});

test("takes /var/run for nothing special where systemd does not rewrite it", () => {
  assert.deepEqual(readSetting("Path.PathExists", "/var/run/a").faults, []);
  assert.deepEqual(readSetting("Service.PIDFile", "/var/run").faults, []);
});

test("colours prefixes apart from paths", () => {
  assert.deepEqual(piecesIn("Service.ReadWritePaths", '-+/a "/b c"'), [
    "operator -",
    "operator +",
    "path /a",
    'path "/b c"',
  ]);
  assert.deepEqual(piecesIn("Unit.ConditionPathExists", "| ! /a"), ["operator |", "operator !", "path /a"]);
  assert.deepEqual(piecesIn("Service.WorkingDirectory", "-~"), ["operator -", "keyword ~"]);
});

test("says where a relative PID file is", () => {
  const [piece] = readSetting("Service.PIDFile", "demo.pid").pieces;
  assert.equal(piece?.meaning, "`/run/demo.pid`");
});

test("offers paths for the part around the caret", () => {
  for (const [setting, marked, replaced] of [
    ["Service.RootDirectory", "/us‸", "/us"],
    ["Service.WorkingDirectory", "-/v‸", "/v"],
    ["Service.ReadWritePaths", "/a -/b‸ /c", "/b"],
    ["Service.ReadWritePaths", "/a ‸ /c", ""],
    ["Service.ExecSearchPath", "/a:/b‸:/c", "/b"],
    ["Unit.ConditionPathExists", "|! /a‸", "/a"],
  ] as const) {
    const offer = offerAt(setting, marked);
    assert.deepEqual([offer?.replaced, offer?.around], [replaced, "paths"], marked);
  }
});

test("a condition's path has one fault at most, and none where a specifier decides", () => {
  const checks = (text: string) => readSetting("Unit.ConditionNeedsUpdate", text).faults.map(({ check }) => check);
  assert.deepEqual(checks("etc"), ["unit/relative-path"]);
  assert.deepEqual(checks("/%i"), []);
  assert.deepEqual(checks("/etc/"), []);
  assert.deepEqual(checks("/usr"), ["unit/invalid-value"]);
});
