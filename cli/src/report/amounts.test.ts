import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesText, countText, durationText } from "./amounts.ts";

test("bytes have three digits and a unit", () => {
  const texts = [0, 1, 999, 1000, 1536, 99_949, 999_499, 999_999, 1_000_000, 156_600_000, 5 * 2 ** 30].map(bytesText);
  assert.deepEqual(texts, [
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1 kB",
    "1.54 kB",
    "99.9 kB",
    "999 kB",
    "1 MB",
    "1 MB",
    "157 MB",
    "5.37 GB",
  ]);
});

test("times and counts read as a person says them", () => {
  assert.deepEqual([0.04, 9.94, 12.4, 59.6, 185].map(durationText), [
    "0.0 s",
    "9.9 s",
    "12 s",
    "1 min 0 s",
    "3 min 5 s",
  ]);
  assert.deepEqual(
    [countText(1, "file"), countText(2, "file"), countText(0, "entry", "entries")],
    ["1 file", "2 files", "0 entries"],
  );
});
