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

test("colours each number of a range", () => {
  assert.deepEqual(piecesIn("Service.AllowedCPUs", "0-3,8"), ["number 0", "operator -", "number 3", "number 8"]);
});

test("turns ranges round that run backwards", () => {
  assert.equal(repair("Service.CPUAffinity", "7-4 0 3-1"), "4-7 0 1-3");
});

test("knows the word that stands in place of the list, which differs from setting to setting", () => {
  assert.equal(repair("Service.CPUAffinity", "Numa"), "numa");
  assert.equal(readSetting("Service.NUMAMask", "numa").faults.length, 1);
  assert.equal(readSetting("Service.NUMAMask", "all").faults.length, 0);
  assert.deepEqual(textsOf(offerAt("Service.CPUAffinity", "‸")), ["numa"]);
  assert.equal(offerAt("Service.AllowedCPUs", "‸"), undefined);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.AllowedCPUs", {
    "0": ["number 0"],
    "0-3": ["number 0", "operator -", "number 3"],
    "0-3,8": ["number 0", "operator -", "number 3", "number 8"],
    "3-0": ['0-3 unit/invalid-value: the range "3-0" runs backwards, so systemd ignores the setting; use "0-3" → 0-3'],
    "3-3": ["number 3", "operator -", "number 3"],
    "8191": ["number 8191"],
    "8192": ['0-4 unit/invalid-value: "8192" is greater than 8191, the largest number that systemd accepts'],
    "0-8192": ['0-6 unit/invalid-value: "0-8192" is greater than 8191, the largest number that systemd accepts'],
    "-1": ['0-2 unit/invalid-value: "-1" is not a number or range; use numbers and ranges such as "0-3"'],
    "-1-3": ['0-4 unit/invalid-value: "-1-3" is not a number or range; use numbers and ranges such as "0-3"'],
    "3--1": ['0-4 unit/invalid-value: "3--1" is not a number or range; use numbers and ranges such as "0-3"'],
    x: ['0-1 unit/invalid-value: "x" is not a number or range; use numbers and ranges such as "0-3"'],
    "0-": ['0-2 unit/invalid-value: "0-" is not a number or range; use numbers and ranges such as "0-3"'],
    "1-x": ['0-3 unit/invalid-value: "1-x" is not a number or range; use numbers and ranges such as "0-3"'],
    "a,b": [
      '0-1 unit/invalid-value: "a" is not a number or range; use numbers and ranges such as "0-3"',
      '2-3 unit/invalid-value: "b" is not a number or range; use numbers and ranges such as "0-3"',
    ],
    '"0': [
      '0-2 unit/unbalanced-quotes: the quote in "0" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    "0 1": ["number 0", "number 1"],
    "%i": ["specifier %i = `%i`: …"],
    "-": ['0-1 unit/invalid-value: "-" is not a number or range; use numbers and ranges such as "0-3"'],
  });
  assertReadings("Service.CPUAffinity", {
    numa: ["keyword numa"],
    Numa: ['0-4 unit/invalid-value: "numa" must be in lowercase and must be the only word → numa'],
    "numa 1": ["number 1", '0-4 unit/invalid-value: "numa" must be in lowercase and must be the only word'],
    "1 numa": ["number 1", '2-6 unit/invalid-value: "numa" must be in lowercase and must be the only word'],
    "0,1": ["number 0", "number 1"],
  });
  assertReadings("Service.NUMAMask", {
    all: ["keyword all"],
    ALL: ['0-3 unit/invalid-value: "all" must be in lowercase and must be the only word → all'],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.AllowedCPUs", {
    "‸": "nothing",
  });
  assertOffers("Service.CPUAffinity", {
    "‸": '""; numa',
  });
  assertOffers("Service.NUMAMask", {
    "‸": '""; all',
  });
});
