import assert from "node:assert/strict";
import { test } from "node:test";
import { readSetting, repair } from "../../../../test/support/value-reading.ts";

test("warns of KillMode=none, and of the word in no other setting", () => {
  const [fault] = readSetting("Service.KillMode", "none").faults;
  assert.deepEqual([fault?.check, fault?.severity], ["unit/deprecated-value", "warning"]);
  assert.equal(repair("Service.KillMode", "none"), "mixed");
  assert.deepEqual(readSetting("Unit.FailureAction", "none").faults, []);
});
