// Sizes, times and counts read well at every magnitude.
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatBytes, formatCount, formatMilliseconds, formatTime } from "./quantities.ts";

test("bytes take the unit that leaves two or three digits", () => {
  const shown = [0, 1, 999, 1000, 4096, 9949, 9950, 131_072, 999_499, 999_500, 27_400_000, 5_368_709_120].map(
    formatBytes,
  );
  assert.deepEqual(shown, [
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1.0 kB",
    "4.1 kB",
    "9.9 kB",
    "10 kB",
    "131 kB",
    "999 kB",
    "1.0 MB",
    "27 MB",
    "5.4 GB",
  ]);
});

test("times grow from tenths of seconds to minutes", () => {
  assert.deepEqual([0, 340, 9949, 9951, 59_400, 59_600, 125_000].map(formatMilliseconds), [
    "0.0 s",
    "0.3 s",
    "9.9 s",
    "10 s",
    "59 s",
    "1 min 0 s",
    "2 min 5 s",
  ]);
});

test("counts have a thin space between thousands", () => {
  assert.deepEqual([7, 1000, 1_234_567].map(formatCount), ["7", "1\u202f000", "1\u202f234\u202f567"]);
});

test("file times are shown in UTC, and odd ones as the number they are", () => {
  assert.equal(formatTime(1_795_411_329), "2026-11-23 05:22:09 UTC");
  assert.equal(formatTime(0), "1970-01-01 00:00:00 UTC");
  assert.equal(formatTime(1e15), "1000000000000000 s");
});
