// Matching names against patterns: what each wildcard takes, every pair of adjacent parts, and where a pattern gives up.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isPossible,
  pairSides,
  patternPairs,
  specifierText,
  wildcardTexts,
} from "../../../../test/support/pattern-pairs.ts";
import { parsePattern } from "../values/parse-pattern.ts";
import { findWildcard, wildcards } from "../values/wildcards.ts";
import { matchPattern } from "./match-pattern.ts";

function match(pattern: string, name: string, systemd = 262) {
  const parsed = parsePattern(pattern.replaceAll("%M", specifierText), { specifiers: false });
  assert.deepEqual(parsed.faults, [], pattern);
  return matchPattern(parsed, name, systemd);
}

for (const { letter, takes } of wildcards) {
  test(`@${letter} takes what systemd takes for it, and nothing else`, () => {
    const texts = wildcardTexts[letter];
    assert.ok(texts.takes.length > 1 && texts.refuses.includes(""));
    for (const text of texts.takes) assert.ok(takes(text, 257), `"${text}" is taken`);
    for (const text of texts.refuses) assert.ok(!takes(text, 257), `"${text}" is refused`);
  });
}

test("versions have other characters from systemd 262 on", () => {
  const version = findWildcard("v");
  for (const text of ["1~rc1", "1^1"]) {
    assert.equal(version?.takes(text, 261), false);
    assert.equal(version?.takes(text, 262), true);
  }
  assert.equal(version?.takes("1,2", 261), true);
  assert.equal(version?.takes("1,2", 262), false);
  assert.equal(version?.takes("1".repeat(255), 262), true);
  assert.equal(version?.takes("1".repeat(256), 262), false);
});

test("the table has every pair of adjacent parts that a pattern can have", () => {
  const possible = pairSides.filter(([left, right]) => isPossible(left, right)).map((sides) => sides.join(" "));
  assert.equal(new Set(possible).size, possible.length);
  assert.deepEqual(
    patternPairs.map(({ left, right }) => `${left} ${right}`),
    possible,
  );
  // 12 wildcards, a literal, a slash and a specifier; all of them at the beginning but the slash, and at the end.
  assert.equal(possible.length, 14 + 14 + 15 * 15 - 12 * 12 - 2);
});

test("pairs that no pattern has are faults", () => {
  const texts = { literal: "x", slash: "/", specifier: specifierText, begin: "", end: "" };
  const textOf = (side: string) => Object.entries(texts).find(([kind]) => kind === side)?.[1] ?? side;
  for (const [left, right] of pairSides) {
    if (isPossible(left, right) || (left === "literal" && right === "literal")) continue;
    const pair = `${textOf(left)}${textOf(right)}`;
    const hasVersion = left === "@v" || right === "@v";
    const pattern =
      left === "begin" ? `${pair}x@v` : hasVersion ? `x${pair}` : `x@v.${pair}${right === "end" ? "" : "y"}`;
    assert.notDeepEqual(parsePattern(pattern, { specifiers: false }).faults, [], pattern);
  }
});

for (const { left, right, pattern, name, fields, misses, tails } of patternPairs) {
  test(`${left} and ${right} beside each other: "${pattern}"`, () => {
    assert.deepEqual(match(pattern, name), { matches: true, fields });
    assert.ok(misses.length + tails.length > 0);
    for (const miss of [...misses, ...tails]) assert.ok(!match(pattern, miss).matches, `"${miss}" does not match`);
    for (const miss of misses) assert.ok(!match(pattern, miss, 257).matches, `"${miss}" does not match 257`);
    for (const tail of tails) assert.deepEqual(match(pattern, tail, 260), { matches: true, fields });
  });
}

test("a wildcard takes the text up to the first place where the next literal comes", () => {
  assert.deepEqual(match("demo-@v-x86-64.raw", "demo-1.2-x86-64.raw"), { matches: true, fields: { v: "1.2" } });
  assert.deepEqual(match("demo_@v_@u.raw", "demo_1_0123456789abcdef0123456789abcdef.raw"), {
    matches: true,
    fields: { v: "1", u: "0123456789abcdef0123456789abcdef" },
  });
});

test("a pattern does not go back", () => {
  const found = match("a-@v-b", "a-1-b-b");
  assert.ok(!found.matches);
  assert.equal(found.at, 5);
});

test("files at any depth are matched by their last name", () => {
  for (const name of ["demo_1.raw", "a/demo_1.raw", "a/b/demo_1.raw"]) {
    assert.deepEqual(match("**/demo_@v.raw", name), { matches: true, fields: { v: "1" } });
  }
  assert.ok(!match("**/demo_@v.raw", "demo_1.raw/x").matches);
});

test("an at sign is written twice, and a percent sign where specifiers are", () => {
  assert.deepEqual(match("a@@v_@v", "a@v_1"), { matches: true, fields: { v: "1" } });
  const parsed = parsePattern("a%%v_@v", { specifiers: true });
  assert.deepEqual(matchPattern(parsed, "a%v_1", 262), { matches: true, fields: { v: "1" } });
});

test("the first character at which a pattern gives up", () => {
  const other = match("demo-@v.raw", "demos-1.raw");
  assert.ok(!other.matches);
  assert.equal(other.at, 4);
  assert.match(other.reason, /expected "demo-", found "demos"/);
});
