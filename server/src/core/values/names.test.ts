import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

const severityOf = (setting: string, text: string) => readSetting(setting, text).faults[0]?.severity ?? "as usual";

test("is certain only where no newer kernel can know the name", () => {
  assert.equal(severityOf("Service.RestrictAddressFamilies", "AF_SOMETHING"), "info");
  assert.equal(severityOf("Service.CapabilityBoundingSet", "CAP_SOMETHING"), "info");
  assert.equal(severityOf("Service.RestrictFileSystems", "somethingfs"), "info");
  // What is nearly a known name is a slip, and what has the wrong shape is no name at all.
  assert.equal(severityOf("Service.RestrictAddressFamilies", "AF_UNIXX"), "as usual");
  assert.equal(severityOf("Service.CapabilityBoundingSet", "something"), "as usual");
  assert.equal(severityOf("Service.RestrictFileSystems", "@something"), "as usual");
});

test("repairs signs between names, quotes around them and prefixes that are missing", () => {
  assert.equal(repair("Service.CapabilityBoundingSet", "CAP_KILL,CAP_CHOWN"), "CAP_KILL CAP_CHOWN");
  assert.equal(repair("Service.CapabilityBoundingSet", "CAP_KILL,CAP_NOTHING"), "CAP_KILL,CAP_NOTHING");
  assert.equal(repair("Service.DisableControllers", "\"cpu\" 'memory'"), "cpu memory");
  assert.equal(repair("Service.Delegate", '"cpu memory"'), "cpu memory");
  assert.equal(repair("Service.RestrictAddressFamilies", "UNIX inet6"), "AF_UNIX AF_INET6");
  assert.equal(repair("Service.AmbientCapabilities", "net_admin"), "CAP_NET_ADMIN");
});

test("says which part of systemd's history a name belongs to", () => {
  const [fault] = readSetting("Service.DisableControllers", "cpu bpf-bind-network-interface", 252).faults;
  assert.equal(fault?.check, "unit/too-new");
  assert.match(fault?.message ?? "", /requires systemd 260/);
});

test("offers names behind the tilde, and nothing before it", () => {
  assert.ok(textsOf(offerAt("Service.RestrictNamespaces", "~ne‸")).includes("net"));
  assert.equal(offerAt("Service.RestrictNamespaces", "~ne‸")?.replaced, "ne");
  assert.equal(offerAt("Service.RestrictNamespaces", "‸~net"), undefined);
});

test("reports the first of very many wrong names, and is soon done", () => {
  const values = {
    "Service.SystemCallFilter": "reax ",
    "Service.RestrictFileSystems": "extx ",
    "Service.CapabilityBoundingSet": "CAP_KILX ",
    "Service.SystemCallLog": "~x:y ",
    "Service.CoredumpFilter": "1 ",
  };
  for (const [setting, word] of Object.entries(values)) {
    const { faults } = readSetting(setting, word.repeat(200_000));
    assert.ok(faults.length <= 100, setting);
  }
});
