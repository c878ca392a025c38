import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings, parseSettings } from "./settings.ts";

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
