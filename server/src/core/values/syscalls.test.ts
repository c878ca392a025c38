import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

const setting = "Service.SystemCallFilter";

test("colours groups, calls and what a refused one gives", () => {
  assert.deepEqual(piecesIn(setting, "~@clock:EPERM read"), [
    "operator ~",
    "keyword @clock",
    "operator :",
    "keyword EPERM",
    "string read",
  ]);
});

test("says what is in a group, and in which groups a call is", () => {
  const [group, call] = readSetting(setting, "@swap read").pieces.map(({ meaning }) =>
    typeof meaning === "function" ? meaning() : meaning,
  );
  assert.equal(group, "`swapoff`, `swapon`");
  assert.match(call ?? "", /`@basic-io`/);
});

test("leaves a call that no table has to the library that may know it, unless it is nearly another", () => {
  assert.equal(readSetting(setting, "quite_new_call").faults[0]?.severity, "info");
  assert.equal(readSetting(setting, "opneat").faults[0]?.severity, undefined);
  assert.equal(readSetting(setting, "Read").faults[0]?.severity, undefined);
});

test("repairs names, groups and errors", () => {
  assert.equal(repair(setting, "opneat @system-services"), "openat @system-service");
  assert.equal(repair(setting, "read:EPERM"), "read");
  assert.equal(repair(setting, "~read:EPREM"), "~read:EPERM");
  assert.equal(repair(setting, "read,write"), "read write");
  assert.equal(repair("Service.SystemCallErrorNumber", "EACESS"), "EACCES");
});

test("offers groups before calls", () => {
  const offered = textsOf(offerAt(setting, "~re‸"));
  assert.ok(offered.indexOf("@system-service") < offered.indexOf("read"));
  assert.ok(offered.includes("read"));
  assert.ok(textsOf(offerAt("Service.SystemCallErrorNumber", "‸")).includes("kill"));
});
