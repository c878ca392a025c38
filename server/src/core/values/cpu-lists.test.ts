import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

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
