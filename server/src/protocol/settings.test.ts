import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings, parseSettings, readsTrust } from "./settings.ts";

test("severities and the target version are read", () => {
  const section = { checks: { severity: { "er/id-missing": "off", "er/syntax": "hint" } }, targetSystemd: 255 };
  assert.deepEqual(parseSettings(section), {
    ...defaultSettings,
    severities: { "er/id-missing": "off", "er/syntax": "hint" },
    systemd: 255,
  });
});

test("where units count and whether hints are shown is read", () => {
  const section = { units: { scope: "trees" }, inlayHints: { enabled: false } };
  assert.deepEqual(parseSettings(section), { ...defaultSettings, unitScope: "trees", inlayHints: false });
});

test("what is wrong counts as not set, and the rest counts", () => {
  for (const section of [undefined, null, 7, "x", [], { checks: null }, { checks: { severity: [] } }]) {
    assert.deepEqual(parseSettings(section), defaultSettings);
  }
  const section = { checks: { severity: { a: 1, b: "fatal", c: "info" } }, targetSystemd: "255" };
  assert.deepEqual(parseSettings(section), { ...defaultSettings, severities: { c: "info" } });
  for (const targetSystemd of [0, 247, Number.NaN, null]) {
    assert.deepEqual(parseSettings({ targetSystemd }), defaultSettings);
  }
});

test("hosts are texts that say something, and the first systemd with extensions is a target", () => {
  assert.deepEqual(parseSettings({ hosts: ["debian-13", "", 7, null, "./os-release"] }).hosts, [
    "debian-13",
    "./os-release",
  ]);
  assert.deepEqual(parseSettings({ hosts: "debian-13" }).hosts, []);
  assert.equal(parseSettings({ targetSystemd: 248 }).systemd, 248);
});

test("a workspace is trusted only when an editor says so", () => {
  assert.equal(readsTrust({ trusted: true }), true);
  for (const options of [
    undefined,
    null,
    {},
    true,
    "trusted",
    { trusted: "true" },
    { trusted: 1 },
    { trusted: false },
  ]) {
    assert.equal(readsTrust(options), false);
  }
});
