import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  readSetting,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

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

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.RestartSec", {
    "5": ["number 5 = `5s`"],
    "5s": ["number 5 = `5s`", "keyword s = `5s`"],
    "5min 20s": [
      "number 5 = `5min 20s`",
      "keyword min = `5min 20s`",
      "number 20 = `5min 20s`",
      "keyword s = `5min 20s`",
    ],
    infinity: ["keyword infinity = no limit"],
    "0": ["number 0 = 0"],
    "1us": ["number 1 = `1us`", "keyword us = `1us`"],
    x: ['0-1 unit/invalid-value: "x" is not a time span; use numbers with units, such as "5min 20s"'],
    "": ['0-0 unit/invalid-value: the time span is missing; use a number with a unit, such as "5min"'],
    '"5s"': [
      '0-4 unit/quotes-literal: the quotes around "5s" are part of the value here; remove them, spaces do not need quotes → 5s',
    ],
    "%i": ['0-2 unit/invalid-value: "%i" is not a time span; use numbers with units, such as "5min 20s"'],
    "1 h": ["number 1 = `1h`", "keyword h = `1h`"],
    "5.5s": ["number 5.5 = `5.500000s`", "keyword s = `5.500000s`"],
    "-1": ['0-2 unit/invalid-value: "-1" is negative, but a time span is at least 0; remove the "-"'],
    "5q": ['1-2 unit/invalid-value: "5q" has the unknown unit "q"; did you mean "s"? → s'],
    "1month": ["number 1 = `1month`", "keyword month = `1month`"],
    "1y": ["number 1 = `1y`", "keyword y = `1y`"],
  });
  assertReadings("Service.TimeoutSec", {
    "0": ["number 0 = 0: no limit"],
    infinity: ["keyword infinity = no limit"],
    "5": ["number 5 = `5s`"],
    "0s": ["number 0 = 0: no limit", "keyword s = 0: no limit"],
  });
  assertReadings("Service.TimerSlackNSec", {
    "50us": ["number 50 = `50us`", "keyword us = `50us`"],
    "5": ["number 5 = `5ns`"],
    "1": ["number 1 = `1ns`"],
    "1500": ["number 1500 = `1500ns`"],
    "0": ["number 0 = 0"],
    infinity: ["keyword infinity = no limit"],
    "1000": ["number 1000 = `1us`"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.RestartSec", {
    "‸": '""; infinity = no limit',
    "5‸": '""; us = microseconds | ms = milliseconds | s = seconds | min = minutes | h = hours | d = days | w = weeks | month = months of 30.44 days | y = years of 365.25 days',
    "5m‸in":
      '"min"; us = microseconds | ms = milliseconds | s = seconds | min = minutes | h = hours | d = days | w = weeks | month = months of 30.44 days | y = years of 365.25 days',
    "5 ‸":
      '""; us = microseconds | ms = milliseconds | s = seconds | min = minutes | h = hours | d = days | w = weeks | month = months of 30.44 days | y = years of 365.25 days',
    "inf‸": '"inf"; infinity = no limit',
    "5 min‸":
      '"min"; us = microseconds | ms = milliseconds | s = seconds | min = minutes | h = hours | d = days | w = weeks | month = months of 30.44 days | y = years of 365.25 days',
    "5x‸y z":
      '"xy"; us = microseconds | ms = milliseconds | s = seconds | min = minutes | h = hours | d = days | w = weeks | month = months of 30.44 days | y = years of 365.25 days',
  });
  assertOffers("Service.TimerSlackNSec", {
    "5‸": '""; ns = nanoseconds | us = microseconds | ms = milliseconds | s = seconds | min = minutes | h = hours | d = days | w = weeks | month = months of 30.44 days | y = years of 365.25 days',
  });
});
