import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseRange } from "./byte-range.ts";

for (const [asked, size, answer] of [
  [undefined, 10, undefined],
  ["bytes=0-", 10, [0, 10]],
  ["bytes=3-5", 10, [3, 6]],
  ["bytes=9-9", 10, [9, 10]],
  ["bytes=3-99999999999999999999", 10, [3, 10]],
  ["bytes=-4", 10, [6, 10]],
  ["bytes=-40", 10, [0, 10]],
  ["bytes= 3-5 ", 10, [3, 6]],
  ["bytes=10-", 10, "outside"],
  ["bytes=99999999999999999999-", 10, "outside"],
  ["bytes=-0", 10, "outside"],
  ["bytes=0-", 0, "outside"],
  ["bytes=-1", 0, "outside"],
  ["bytes=5-3", 10, undefined],
  ["bytes=0-1,4-5", 10, undefined],
  ["bytes=-", 10, undefined],
  ["bytes=a-b", 10, undefined],
  ["bytes=1.5-", 10, undefined],
  ["items=0-1", 10, undefined],
  ["xbytes=0-1", 10, undefined],
  ["bytes=0-1x", 10, undefined],
  ["bytes=--1", 10, undefined],
] as const) {
  test(`"${asked}" of ${size} bytes is ${JSON.stringify(answer)}`, () => {
    const range = chooseRange(asked, size, undefined, '"tag"', "date");
    assert.deepEqual(typeof range === "object" ? [range.start, range.end] : range, answer);
  });
}

test("If-Range makes the range count for the same file only", () => {
  const range = (ifRange: string) => chooseRange("bytes=1-", 10, ifRange, '"tag"', "date");
  assert.deepEqual([range('"tag"'), range("date")], Array(2).fill({ start: 1, end: 10 }));
  assert.deepEqual([range('"other"'), range('W/"tag"'), range("")], [undefined, undefined, undefined]);
});
