import assert from "node:assert/strict";
import { test } from "node:test";
import { copyMatch } from "./copy-match.ts";

/** As bytes one by one are copied. */
function expected(from: readonly number[], distance: number, length: number): number[] {
  const out = [...from];
  for (let i = 0; i < length; i++) out.push(out[out.length - distance] ?? 0);
  return out;
}

test("matches of every distance and length copy as byte by byte, over themselves too", () => {
  const start = Array.from({ length: 40 }, (_, i) => i + 1);
  for (const distance of [1, 2, 31, 32, 33, 40]) {
    for (const length of [0, 1, 31, 32, 33, 34, 40, 80]) {
      const out = Uint8Array.from([...start, ...Array(80).fill(0)]);
      copyMatch(out, 40, distance, length);
      assert.deepEqual([...out.subarray(0, 40 + length)], expected(start, distance, length), `${distance}, ${length}`);
      assert.ok(
        out.subarray(40 + length).every((byte) => byte === 0),
        `behind ${distance}, ${length}`,
      );
    }
  }
});

test("a match before the beginning or behind the end is damage", () => {
  const out = new Uint8Array(10);
  for (const [at, distance, length] of [
    [4, 0, 1],
    [4, 5, 1],
    [4, 1, 7],
  ] as const) {
    assert.throws(() => copyMatch(out, at, distance, length), { kind: "corrupt" }, `${at}, ${distance}, ${length}`);
  }
  copyMatch(out, 4, 4, 6);
});
