// The largest files by either size are kept, and the others are added up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepLargest } from "./usage-largest.ts";

const file = (real: number, stored: number) => ({ name: `${real}/${stored}`, real, stored });

test("as many as were asked for are kept by each of the sizes, and the rest is the sum of the others", () => {
  const largest = keepLargest(2);
  for (const [real, stored] of [
    [1, 50],
    [2, 40],
    [30, 3],
    [40, 4],
    [5, 5],
    [6, 6],
  ] as const) {
    largest.add(file(real, stored));
  }
  const { kept, rest } = largest.list();
  assert.deepEqual(kept.map(({ name }) => name).sort(), ["1/50", "2/40", "30/3", "40/4"]);
  assert.deepEqual(rest, { files: 2, real: 11, stored: 11 });
});

test("no more than the number that is kept leave no rest", () => {
  const largest = keepLargest(2);
  largest.add(file(1, 1));
  largest.add(file(2, 2));
  assert.deepEqual(largest.list().rest, { files: 0, real: 0, stored: 0 });
  assert.equal(largest.list().kept.length, 2);
});

test("after many files only larger ones are wanted, by either size", () => {
  const largest = keepLargest(1);
  assert.equal(largest.wants(0, 0), true);
  for (let i = 1; i <= 6; i++) largest.add(file(i, 7 - i));
  assert.deepEqual(
    [largest.wants(6, 6), largest.wants(7, 0), largest.wants(0, 7), largest.wants(5, 5)],
    [false, true, true, false],
  );
});

test("files that nobody told apart are added to the rest", () => {
  const largest = keepLargest(1);
  largest.addRest(3, 30, 20);
  largest.addRest(1, 5, 4);
  assert.deepEqual(largest.list().rest, { files: 4, real: 35, stored: 24 });
});
