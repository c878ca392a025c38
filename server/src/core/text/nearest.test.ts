// A word with a slip finds what was meant.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findNearest, isOneEdit } from "./nearest.ts";

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

test("short words have one slip at most, longer ones two; the nearest counts, and of equally near ones the first", () => {
  const nearest = (word: string, ...candidates: string[]) => findNearest(word, candidates);
  assert.deepEqual([nearest("abcx", "abcd"), nearest("abxx", "abcd")], ["abcd", undefined]);
  assert.deepEqual([nearest("abcxx", "abcde"), nearest("abxxx", "abcde")], ["abcde", undefined]);
  assert.deepEqual([nearest("abcdexx", "abcde"), nearest("abcdexxx", "abcde")], ["abcde", undefined]);
  assert.equal(nearest("cut", "cat", "cot"), "cat");
  assert.equal(nearest("buildd", "bulldx", "build", "build1"), "build");
  assert.equal(nearest("ab_cd_ef", "ba_cd_fe"), "ba_cd_fe");
});

/** All words of these letters, up to a length. */
function wordsUpTo(length: number): string[] {
  if (length === 0) return [""];
  const shorter = wordsUpTo(length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((word) => [`${word}a`, `${word}b`, `${word}c`])])];
}

/** Every word that one slip makes of another one. */
function slipsOf(word: string): Set<string> {
  const slips = new Set<string>();
  for (let at = 0; at <= word.length; at++) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    slips.add(before + after.slice(1));
    slips.add(before + after.charAt(1) + after.charAt(0) + after.slice(2));
    for (const letter of "abc") slips.add(before + letter + after).add(before + letter + after.slice(1));
  }
  slips.delete(word);
  return slips;
}

test("one slip is a letter too many, too few, another one or two that are swapped, whatever their case", () => {
  const all = wordsUpTo(4);
  for (const word of all) {
    const slips = slipsOf(word);
    for (const other of all) assert.equal(isOneEdit(word, other.toUpperCase()), slips.has(other), `${word} ${other}`);
  }
});
