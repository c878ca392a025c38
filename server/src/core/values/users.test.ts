import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("refuses what systemd refuses, and remarks on names that it only wonders at", () => {
  const severity = (text: string) => readSetting("Service.User", text).faults[0]?.severity;
  assert.equal(severity("a:b"), "error");
  assert.equal(severity("65535"), "error");
  assert.equal(severity("a.b"), "info");
  assert.equal(severity("demo"), undefined);
});

test("keeps the user of a user with a group", () => {
  assert.equal(repair("Service.User", "demo:adm"), "demo");
});

test("offers groups where a group is wanted", () => {
  assert.ok(textsOf(offerAt("Service.SupplementaryGroups", "root vid‸")).includes("video"));
  assert.ok(!textsOf(offerAt("Service.User", "‸")).includes("video"));
});
