import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("says which folder is meant", () => {
  const meaningOf = (setting: string) => readSetting(setting, "demo").pieces[0]?.meaning;
  assert.equal(meaningOf("Service.RuntimeDirectory"), "`/run/demo`");
  assert.equal(meaningOf("Service.StateDirectory"), "`/var/lib/demo`");
  assert.equal(meaningOf("Service.ConfigurationDirectory"), "`/etc/demo`");
});

test("takes the setting's own folder off a path, and leaves other folders alone", () => {
  assert.equal(repair("Service.StateDirectory", "/var/lib/demo demo2"), "demo demo2");
  assert.equal(repair("Service.StateDirectory", "/srv/demo"), "/srv/demo");
});

test("judges a path with specifiers by what stands beside them", () => {
  assert.deepEqual(readSetting("Service.StateDirectory", "%p/%i").faults, []);
  assert.equal(readSetting("Service.StateDirectory", "/var/lib/%p").faults.length, 1);
});

test("knows since when there are flags", () => {
  assert.equal(readSetting("Service.RuntimeDirectory", "a:b:ro", 256).faults[0]?.check, "unit/too-new");
  assert.deepEqual(textsOf(offerAt("Service.RuntimeDirectory", "a:b:‸")), ["ro"]);
  assert.equal(offerAt("Service.RuntimeDirectory", "a:‸"), undefined);
});
