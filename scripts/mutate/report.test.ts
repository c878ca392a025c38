// Survivors are named by their places, and the sum is by rooms.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Candidate } from "./choose.ts";
import { describeMutation, percentageCaught, summarize } from "./report.ts";

const source = "one;\n  if (a < b)\n    return;\n";
const candidate: Candidate = { file: "cli/a.ts", mutator: "comparison", start: 13, end: 14, text: "<=" };

test("a mutation has its place and both texts", () => {
  assert.equal(describeMutation(candidate, source), "cli/a.ts:2:9 comparison: < → <=");
  const removed = { ...candidate, start: 7, end: 29, text: "" };
  assert.equal(describeMutation(removed, source), "cli/a.ts:2:3 comparison: if (a < b) return; → nothing");
});

test("what was caught is counted by rooms", () => {
  const verdicts = [true, true, false].map((isCaught) => ({ candidate, isCaught, tests: [] }));
  const other = { candidate: { ...candidate, file: "image/a.ts" }, isCaught: true, tests: [] };
  const all = [...verdicts, other];
  const summary = "Caught 3 of 4 (75.0 %)\n  cli: 2 of 3 (66.7 %)\n  image: 1 of 1 (100.0 %)";
  assert.equal(
    summarize(all, (file) => file.split("/")[0]),
    summary,
  );
  assert.equal(percentageCaught(all), 75);
});
