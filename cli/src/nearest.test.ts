import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "./nearest.ts";

const words = ["check", "build", "info", "ls", "cat", "lsp"];

for (const [written, meant] of [
  ["sl", "ls"],
  ["chekc", "check"],
  ["biuld", "build"],
  ["inf", "info"],
  ["buld", "build"],
  ["publish", undefined],
  ["", undefined],
] as const) {
  test(`"${written}" means ${meant ?? "none of the words"}`, () => {
    assert.equal(nearest(written, words), meant);
  });
}
