// A word with a slip finds what was meant.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findNearest } from "./nearest.ts";

const words = ["check", "build", "info", "ls", "cat", "lsp"];

for (const [written, meant] of [
  ["sl", "ls"],
  ["chekc", "check"],
  ["biuld", "build"],
  ["inf", "info"],
  ["buld", "build"],
  ["publish", undefined],
  ["", undefined],
  ["CHECK", "check"],
] as const) {
  test(`"${written}" means ${meant ?? "none of the words"}`, () => {
    assert.equal(findNearest(written, words), meant);
  });
}
