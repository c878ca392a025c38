import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("repairs words", () => {
  for (const [setting, wrong, right] of [
    ["Unit.ConditionVirtualization", "!kwm", "!kvm"],
    ["Unit.ConditionArchitecture", "x86_64", "x86-64"],
    ["Unit.ConditionCapability", "|sys_admin", "|CAP_SYS_ADMIN"],
    ["Unit.AssertSecurity", "SELinux", "selinux"],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("only remarks on words that a newer systemd could know, and never calls a condition an error", () => {
  const severity = (setting: string, text: string) => readSetting(setting, text).faults[0]?.severity;
  assert.equal(severity("Unit.ConditionSecurity", "novel"), "info");
  assert.equal(severity("Unit.ConditionACPower", "novel"), "warning");
});

test("takes the numbers that capabilities have", () => {
  const faults = (text: string) => readSetting("Unit.ConditionCapability", text).faults.length;
  assert.deepEqual([faults("0"), faults("62"), faults("63"), faults("1x")], [0, 0, 1, 1]);
});

test("says that a word is too new", () => {
  const faults = readSetting("Unit.ConditionSecurity", "measured-uki", 252).faults;
  assert.deepEqual(
    faults.map(({ check, start, end }) => [check, start, end]),
    [["unit/too-new", 0, 12]],
  );
});

test("colours signs, operators and numbers", () => {
  assert.deepEqual(piecesIn("Unit.ConditionMemory", "|! >= 4G"), [
    "operator |",
    "operator !",
    "operator >=",
    "number 4G",
  ]);
  assert.deepEqual(piecesIn("Unit.ConditionKernelVersion", ">=4 < 9"), [
    "operator >=",
    "number 4",
    "operator <",
    "number 9",
  ]);
  assert.deepEqual(piecesIn("Unit.ConditionOSRelease", "ID=debian"), ["property ID", "operator ="]);
});

test("offers words behind the signs", () => {
  const offer = offerAt("Unit.ConditionVirtualization", "|!v‸");
  assert.equal(offer?.replaced, "v");
  assert.ok(textsOf(offer).includes("container"));
  assert.equal(offerAt("Unit.ConditionHost", "‸"), undefined);
});

test("takes any text for a kind that it does not know", () => {
  assert.deepEqual(readSetting("Unit.ConditionFraction", "anything at all").faults, []);
  assert.deepEqual(readSetting("Unit.ConditionMachineTag", "anything at all").faults, []);
});

test("a field of os-release has to be compared with something", () => {
  const faults = (text: string) => readSetting("Unit.ConditionOSRelease", text).faults.length;
  for (const text of ["ID=", "=x", "ID", "ID>="]) assert.equal(faults(text), 1, text);
  for (const text of ["ID=x", "VERSION_ID>=1"]) assert.equal(faults(text), 0, text);
});
