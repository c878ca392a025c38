import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

function meaningOf(setting: string, text: string): string | undefined {
  const meaning = readSetting(setting, text).pieces[0]?.meaning;
  return typeof meaning === "function" ? meaning() : meaning;
}

test("says how long a time is in all", () => {
  assert.equal(meaningOf("Service.RestartSec", "90"), "`1min 30s`");
  assert.equal(meaningOf("Service.RestartSec", "1h 60m"), "`2h`");
  assert.equal(meaningOf("Service.RestartSec", "infinity"), "no limit");
  assert.equal(meaningOf("Service.RestartSec", "0"), "0");
  assert.equal(meaningOf("Service.TimeoutStartSec", "0"), "0: no limit");
  assert.equal(meaningOf("Service.TimerSlackNSec", "1500"), "`1500ns`");
  assert.equal(meaningOf("Service.TimerSlackNSec", "5000"), "`5us`");
});

test("colours numbers and units", () => {
  assert.deepEqual(piecesIn("Service.RestartSec", "5min 20"), ["number 5", "keyword min", "number 20"]);
});

test("repairs units", () => {
  assert.equal(repair("Service.RestartSec", "5mins"), "5min");
});

test("offers units behind a number", () => {
  const offer = offerAt("Service.RestartSec", "1h 5m‸");
  assert.equal(offer?.replaced, "m");
  assert.ok(textsOf(offer).includes("min"));
  assert.ok(!textsOf(offer).includes("ns"));
  assert.ok(textsOf(offerAt("Service.TimerSlackNSec", "5‸")).includes("ns"));
  assert.deepEqual(textsOf(offerAt("Service.RestartSec", "‸")), ["infinity"]);
});
