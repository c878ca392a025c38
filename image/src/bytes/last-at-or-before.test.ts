import assert from "node:assert/strict";
import { test } from "node:test";
import { lastAtOrBefore } from "./last-at-or-before.ts";

const positions = [10, 20, 20, 30];
const find = (wanted: number, count = positions.length) => lastAtOrBefore(count, (i) => positions[i] ?? 0, wanted);

test("the last element at or before a position is found", () => {
  assert.deepEqual(
    [9, 10, 11, 19, 20, 29, 30, 31].map((wanted) => find(wanted)),
    [-1, 0, 0, 0, 2, 2, 3, 3],
  );
});

test("elements behind the count do not count, and none are none", () => {
  assert.deepEqual([find(30, 1), find(30, 0)], [0, -1]);
});
