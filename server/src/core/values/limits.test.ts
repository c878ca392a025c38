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

const messageOf = (setting: string, text: string) => readSetting(setting, text).faults[0]?.message;

test("reads both limits of a value in the unit that the setting counts in", () => {
  assert.deepEqual(piecesIn("Service.LimitNOFILE", "1024:infinity"), ["number 1024", "operator :", "keyword infinity"]);
  const meanings = (setting: string, text: string) =>
    readSetting(setting, text).pieces.map(({ meaning }) => (typeof meaning === "function" ? meaning() : meaning));
  assert.deepEqual(meanings("Service.LimitCORE", "1K"), ["1,024 bytes (1 KiB)"]);
  assert.deepEqual(meanings("Service.LimitCPU", "90"), ["1min 30s"]);
  assert.deepEqual(meanings("Service.LimitRTTIME", "90"), ["90us"]);
  assert.deepEqual(meanings("Service.LimitNICE", "-5"), ["nice levels of -5 and above"]);
  assert.deepEqual(meanings("Service.LimitNICE", "30"), ["nice levels of -10 and above"]);
});

test("compares limits by what they amount to, not by how they are written", () => {
  for (const text of ["1024K:1M", "1M:1024K", "1M:infinity"])
    assert.equal(messageOf("Service.LimitCORE", text), undefined);
  // Nice levels grow as their limits shrink.
  assert.equal(messageOf("Service.LimitNICE", "+5:-5"), undefined);
  assert.match(messageOf("Service.LimitNICE", "-5:+5") ?? "", /"-5" is above the hard limit "\+5"/);
  // The kernel counts processor time in whole seconds.
  assert.equal(messageOf("Service.LimitCPU", "900ms:100ms"), undefined);
});

test("knows what other tools call no limit, and how amounts are written elsewhere", () => {
  assert.equal(repair("Service.LimitNOFILE", "1024:unlimited"), "1024:infinity");
  assert.equal(repair("Service.LimitMEMLOCK", "512m:1GiB"), "512M:1G");
  // There is no lower end of nice levels to be without.
  assert.equal(repair("Service.LimitNICE", "unlimited"), "unlimited");
});

test("offers no limit on either side of the colon", () => {
  assert.deepEqual(textsOf(offerAt("Service.LimitNOFILE", "1024:inf‸")), ["infinity"]);
  assert.equal(offerAt("Service.LimitNOFILE", "1024:inf‸")?.replaced, "inf");
  assert.equal(offerAt("Service.LimitNICE", "‸"), undefined);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.LimitFSIZE", {
    infinity: ["keyword infinity = no limit"],
    "1G": ["number 1G = 1,073,741,824 bytes (1 GiB)"],
    "1G:2G": ["number 1G = 1,073,741,824 bytes (1 GiB)", "operator :", "number 2G = 2,147,483,648 bytes (2 GiB)"],
    "2G:1G": [
      "number 2G = 2,147,483,648 bytes (2 GiB)",
      "operator :",
      "number 1G = 1,073,741,824 bytes (1 GiB)",
      '0-2 unit/invalid-value: the soft limit "2G" is above the hard limit "1G", so systemd ignores the setting; put the smaller one first',
    ],
    "1G:1G": ["number 1G = 1,073,741,824 bytes (1 GiB)", "operator :", "number 1G = 1,073,741,824 bytes (1 GiB)"],
    "infinity:1G": [
      "keyword infinity = no limit",
      "operator :",
      "number 1G = 1,073,741,824 bytes (1 GiB)",
      '0-8 unit/invalid-value: the soft limit "infinity" is above the hard limit "1G", so systemd ignores the setting; put the smaller one first',
    ],
    "1G:infinity": ["number 1G = 1,073,741,824 bytes (1 GiB)", "operator :", "keyword infinity = no limit"],
    ":1G": [
      '0-3 unit/invalid-value: ":1G" has a colon without a value on each side; use SOFT:HARD, or one limit for both',
    ],
    "1G:": [
      '0-3 unit/invalid-value: "1G:" has a colon without a value on each side; use SOFT:HARD, or one limit for both',
    ],
    " 1G : 2G": [
      "operator :",
      "number 2G = 2,147,483,648 bytes (2 GiB)",
      '0-4 unit/invalid-value: "1G" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", or "infinity"',
    ],
    "1g": ['0-2 unit/invalid-value: "1g" is not a limit; did you mean "1G"? → 1G'],
    unlimited: ['0-9 unit/invalid-value: "unlimited" is not a limit; did you mean "infinity"? → infinity'],
    xinf: [
      '0-4 unit/invalid-value: "xinf" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", or "infinity"',
    ],
    none: ['0-4 unit/invalid-value: "none" is not a limit; did you mean "infinity"? → infinity'],
    "-1": ['0-2 unit/invalid-value: "-1" is not a limit; did you mean "infinity"? → infinity'],
    max: ['0-3 unit/invalid-value: "max" is not a limit; did you mean "infinity"? → infinity'],
    "": ['0-0 unit/invalid-value: "LimitFSIZE=" needs a limit, or "infinity"'],
    x: [
      '0-1 unit/invalid-value: "x" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", or "infinity"',
    ],
    "%i": [
      '0-2 unit/invalid-value: "%i" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", or "infinity"',
    ],
    "17179869184G": [
      '0-12 unit/invalid-value: "17179869184G" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", or "infinity"',
    ],
    "1G:x": [
      "number 1G = 1,073,741,824 bytes (1 GiB)",
      "operator :",
      '3-4 unit/invalid-value: "x" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", or "infinity"',
    ],
    "x:1G": [
      "operator :",
      "number 1G = 1,073,741,824 bytes (1 GiB)",
      '0-1 unit/invalid-value: "x" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", or "infinity"',
    ],
  });
  assertReadings("Service.LimitNOFILE", {
    "1024": ["number 1024"],
    "0": ["number 0"],
    "-1": ['0-2 unit/invalid-value: "-1" is not a limit; did you mean "infinity"? → infinity'],
    "1K": ['0-2 unit/invalid-value: "1K" is not a number; use digits only, such as "1024", or "infinity"'],
    "18446744073709551615": [
      '0-20 unit/invalid-value: "18446744073709551615" is not a number; use digits only, such as "1024", or "infinity"',
    ],
    "18446744073709549568": ["number 18446744073709549568"],
    " 5": ["number 5"],
    INF: ['0-3 unit/invalid-value: "INF" is not a limit; did you mean "infinity"? → infinity'],
    "12:infinity": ["number 12", "operator :", "keyword infinity = no limit"],
  });
  assertReadings("Service.LimitCPU", {
    "5": ["number 5 = 5s"],
    "1500ms": ["number 1500ms = 2s"],
    infinity: ["keyword infinity = no limit"],
    "5min": ["number 5min = 5min"],
    "1d:1h": [
      "number 1d = 1d",
      "operator :",
      "number 1h = 1h",
      '0-2 unit/invalid-value: the soft limit "1d" is above the hard limit "1h", so systemd ignores the setting; put the smaller one first',
    ],
    x: ['0-1 unit/invalid-value: "x" is not a time span; use numbers with units, such as "5min 20s", or "infinity"'],
    ":": ['0-1 unit/invalid-value: ":" has a colon without a value on each side; use SOFT:HARD, or one limit for both'],
    "2s:1500ms": ["number 2s = 2s", "operator :", "number 1500ms = 2s"],
  });
  assertReadings("Service.LimitRTTIME", {
    "5": ["number 5 = 5us"],
    "1500ms": ["number 1500ms = 1.500000s"],
    infinity: ["keyword infinity = no limit"],
    x: ['0-1 unit/invalid-value: "x" is not a time span; use numbers with units, such as "5min 20s", or "infinity"'],
  });
  assertReadings("Service.LimitNICE", {
    "-20": ["number -20 = nice levels of -20 and above"],
    "-21": [
      '0-3 unit/invalid-value: "-21" is not a nice level; use a signed number from "-20" to "+19", or a raw limit from 0 to 40',
    ],
    "+19": ["number +19 = nice levels of 19 and above"],
    "+20": [
      '0-3 unit/invalid-value: "+20" is not a nice level; use a signed number from "-20" to "+19", or a raw limit from 0 to 40',
    ],
    "0": ["number 0 = nice levels of 20 and above"],
    "40": ["number 40 = nice levels of -20 and above"],
    "41": [
      '0-2 unit/invalid-value: "41" is not a nice level; use a signed number from "-20" to "+19", or a raw limit from 0 to 40',
    ],
    infinity: [
      '0-8 unit/invalid-value: "infinity" is not a nice level; use a signed number from "-20" to "+19", or a raw limit from 0 to 40',
    ],
    x: [
      '0-1 unit/invalid-value: "x" is not a nice level; use a signed number from "-20" to "+19", or a raw limit from 0 to 40',
    ],
    "": ['0-0 unit/invalid-value: "LimitNICE=" needs a limit'],
    "5:-5": ["number 5 = nice levels of 15 and above", "operator :", "number -5 = nice levels of -5 and above"],
    "+10:+5": ["number +10 = nice levels of 10 and above", "operator :", "number +5 = nice levels of 5 and above"],
    "+5:+10": [
      "number +5 = nice levels of 5 and above",
      "operator :",
      "number +10 = nice levels of 10 and above",
      '0-2 unit/invalid-value: the soft limit "+5" is above the hard limit "+10", so systemd ignores the setting; put the smaller one first',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.LimitFSIZE", {
    "‸": '""; infinity = no limit',
    "1G‸:2G": '"1G"; infinity = no limit',
    "1G:‸": '""; infinity = no limit',
    "1G:2‸": '"2"; infinity = no limit',
    "1G‸": '"1G"; infinity = no limit',
  });
  assertOffers("Service.LimitNICE", {
    "‸": "nothing",
  });
});
