import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";
import { readBoolean } from "./choices.ts";

test("knows every spelling of a boolean", () => {
  for (const text of ["1", "yes", "Y", "TRUE", "t", "on"]) assert.equal(readBoolean(text), true, text);
  for (const text of ["0", "no", "N", "False", "f", "off"]) assert.equal(readBoolean(text), false, text);
  for (const text of ["", "2", "enabled", "yess"]) assert.equal(readBoolean(text), undefined, text);
});

test("finds the word that was meant", () => {
  assert.equal(repair("Service.Restart", "onfailure"), "on-failure");
  assert.equal(repair("Service.Restart", "On_Failure"), "on-failure");
  assert.equal(repair("Service.Type", "onehsot"), "oneshot");
  assert.equal(repair("Service.SyslogLevel", "warn"), "warning");
  assert.equal(repair("Service.SyslogLevel", "error"), "err");
  assert.equal(repair("Service.Personality", "amd64"), "x86-64");
  assert.equal(repair("Service.ProtectHome", '"yes"'), "yes");
  // Two words are as likely.
  assert.equal(repair("Service.Restart", "on-f00"), "on-f00");
});

test("names all of a few words, and examples of many", () => {
  const messageOf = (setting: string, text: string) => readSetting(setting, text).faults[0]?.message ?? "";
  assert.match(messageOf("Service.Restart", ""), /requires a value; use "no", .*"always"$/);
  assert.match(
    messageOf("Service.SyslogFacility", "x"),
    /for example "kern", "user", "mail" or a number from 0 to 127$/,
  );
  assert.match(messageOf("Service.CPUSchedulingPolicy", "x"), /"rr" or a number$/);
});

test("a word that the target version does not know yet is a fault, unless the setting is newer itself", () => {
  const checksOf = (setting: string, text: string, systemd: number) =>
    readSetting(setting, text, systemd).faults.map(({ check }) => check);
  assert.deepEqual(checksOf("Service.Type", "notify-reload", 252), ["unit/too-new"]);
  assert.deepEqual(checksOf("Service.Type", "notify-reload", 253), []);
});

test("takes an empty value where the manager's choice may stay", () => {
  assert.deepEqual(readSetting("Service.MountAPIVFS", "").faults, []);
  assert.equal(readSetting("Service.SendSIGKILL", "").faults.length, 1);
});

test("offers both answers and what else there is", () => {
  assert.deepEqual(textsOf(offerAt("Service.SendSIGKILL", "‸")), ["yes", "no"]);
  assert.deepEqual(textsOf(offerAt("Service.ProtectSystem", "‸")).toSorted(), ["full", "no", "strict", "yes"]);
});

test("repairs a word that is a part of one other", () => {
  assert.equal(repair("Target.Type", "file"), "regular-file");
  assert.equal(repair("Source.Type", "file"), "file");
  assert.equal(repair("Service.KillMode", "group"), "control-group");
});
