// Rooms get their parts, kinds take turns, and a seed always chooses the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomNumbers } from "../../test/support/random-numbers.ts";
import { type Candidate, choose, isWithin, shareOut } from "./choose.ts";
import type { Mutator } from "./mutations.ts";

function candidates(count: number, mutator: Mutator = "string"): Candidate[] {
  return Array.from({ length: count }, (_, start) => ({ file: "a.ts", mutator, start, end: start + 1, text: "" }));
}

test("rooms get parts by their size, at least the minimum, and never more than they have", () => {
  const rooms = new Map([
    ["large", candidates(900)],
    ["middle", candidates(90)],
    ["small", candidates(10)],
    ["tiny", candidates(3)],
  ]);
  const shares = shareOut(rooms, 100, 5);
  assert.deepEqual(
    [...shares],
    [
      ["large", 83],
      ["middle", 9],
      ["small", 5],
      ["tiny", 3],
    ],
  );
  assert.deepEqual([...shareOut(new Map([["tiny", candidates(3)]]), 100, 5)], [["tiny", 3]]);
});

test("a kind of mutation that is everywhere leaves room for the others", () => {
  const all = [...candidates(100), ...candidates(3, "negation"), ...candidates(2, "anchor")];
  const kinds = choose(all, 9, randomNumbers(1)).map(({ mutator }) => mutator);
  assert.deepEqual(kinds.slice(0, 6), ["negation", "string", "anchor", "negation", "string", "anchor"]);
  assert.deepEqual(kinds.slice(6), ["negation", "string", "string"]);
});

test("the same seed chooses the same, another one others", () => {
  const starts = (seed: number): number[] => choose(candidates(100), 10, randomNumbers(seed)).map(({ start }) => start);
  assert.deepEqual(starts(1), starts(1));
  assert.notDeepEqual(starts(1), starts(2));
  assert.equal(new Set(starts(1)).size, 10);
});

test("a folder holds what is below it, and not what begins alike", () => {
  const file = "image/src/fat/tree.ts";
  const holds = (...folders: string[]) => isWithin(file, folders);
  assert.ok(holds() && holds("image") && holds("image/src/fat/") && holds(file) && holds("cli", "image/src"));
  assert.ok(!holds("image/src/fa") && !holds("src/fat") && !holds("cli") && !holds("image/src/fat/tree"));
});
