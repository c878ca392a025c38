import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("repairs names", () => {
  for (const [setting, wrong, right] of [
    ["Unit.After", "docker", "docker.service"],
    ["Unit.After", "a.service docker.io", "a.service docker.io.service"],
    ["Unit.After", "a.Target", "a.target"],
    ["Unit.After", "a.service,b.target;", "a.service b.target"],
    ["Unit.After", '"a.service"', "a.service"],
    ["Unit.After", "/usr/lib/systemd/system/a.service", "a.service"],
    ["Service.Sockets", "demo", "demo.socket"],
    ["Service.Slice", "demo", "demo.slice"],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("names the sign that a name cannot have", () => {
  assert.match(readSetting("Unit.After", "a+b.service").faults[0]?.message ?? "", /contains "\+"/);
});

test("speaks of a name with specifiers as it is written", () => {
  assert.match(readSetting("Unit.After", "%p-demo").faults[0]?.message ?? "", /^"%p-demo" does not end/);
  assert.deepEqual(readSetting("Unit.After", "%p-demo.%i %j").faults, []);
});

test("keeps to the names of a slice only in Slice=", () => {
  assert.equal(readSetting("Service.Slice", "a--b.slice").faults.length, 1);
  assert.deepEqual(readSetting("Unit.After", "a--b.slice").faults, []);
});

test("offers units of the tree and those that everybody has, of the wanted types only", () => {
  const after = offerAt("Unit.After", "a.service netw‸");
  assert.deepEqual([after?.replaced, after?.around], ["netw", { units: [] }]);
  assert.ok(textsOf(after).includes("network-online.target"));
  assert.ok(textsOf(after).includes("dbus.service"));
  const sockets = offerAt("Service.Sockets", "‸");
  assert.deepEqual(sockets?.around, { units: ["socket"] });
  assert.ok(textsOf(sockets).every((text) => text.endsWith(".socket")));
});
