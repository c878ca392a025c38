import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePattern } from "./parse-pattern.ts";
import { findWildcard, isVersion, type WildcardLetter } from "./wildcards.ts";

/** The faults of a pattern as `kind start-end`. */
function faultsIn(text: string, specifiers = true): string[] {
  return parsePattern(text, { specifiers }).faults.map(({ kind, start, end }) => `${kind} ${start}-${end}`);
}

/** The parts of a pattern as they are written. */
function partsIn(text: string, specifiers = true): string[] {
  return parsePattern(text, { specifiers }).parts.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

test("a pattern is literal texts, wildcards, specifiers and folders", () => {
  assert.deepEqual(partsIn("**/a@@-@v_%w.raw"), [
    "any-folder **/",
    "literal a@@-",
    "wildcard @v",
    "literal _",
    "specifier %w",
    "literal .raw",
  ]);
  assert.deepEqual(partsIn("d/@v"), ["literal d", "slash /", "wildcard @v"]);
  assert.deepEqual(partsIn("%w%%@v", false), ["literal %w%%", "wildcard @v"]);
  assert.deepEqual(partsIn("%%@v"), ["literal %%", "wildcard @v"]);
});

test("faults are where they are written, one behind the other", () => {
  assert.deepEqual(faultsIn("a@v.raw"), []);
  assert.deepEqual(faultsIn(""), ["empty 0-0"]);
  assert.deepEqual(faultsIn("demo"), ["no-version 0-4"]);
  assert.deepEqual(faultsIn("a@v@"), ["lone-at 3-4"]);
  assert.deepEqual(faultsIn("a@v-@x"), ["unknown-wildcard 4-6"]);
  assert.deepEqual(faultsIn("a@v-@v"), ["repeated-wildcard 4-6"]);
  assert.deepEqual(faultsIn("@v@u"), ["adjacent-wildcards 0-4"]);
  assert.deepEqual(faultsIn("*@v?"), ["character 0-1", "character 3-4"]);
  assert.deepEqual(faultsIn("😀@v"), ["character 0-2"]);
  assert.deepEqual(faultsIn("**/a/@v"), ["any-folder 4-5"]);
});

test("names of folders are not empty, and not those of other folders", () => {
  assert.deepEqual(faultsIn("/@v"), ["folder-name 0-1"]);
  assert.deepEqual(faultsIn("@v/"), ["folder-name 2-3"]);
  assert.deepEqual(faultsIn("a//@v"), ["folder-name 2-3"]);
  assert.deepEqual(faultsIn("../@v"), ["folder-name 0-2"]);
  assert.deepEqual(faultsIn("a/./@v"), ["folder-name 2-3"]);
  assert.deepEqual(faultsIn("..@v"), []);
  assert.deepEqual(faultsIn("a/..b/@v"), []);
});

test("each wildcard takes the texts of its form, from end to end", () => {
  const cases: Partial<Record<WildcardLetter, readonly [good: readonly string[], bad: readonly string[]]>> = {
    u: [
      ["0123456789abcdef0123456789abcdef", "01234567-89AB-cdef-0123-456789abcdef"],
      [
        "",
        "x0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0",
        "01234567-89abcdef-0123-456789abcdef",
      ],
    ],
    f: [
      ["0", "ffffffffffffffff", "0x1", "000000000000000001", "+1"],
      ["", "10000000000000000", "g", "-1", "1 "],
    ],
    a: [
      ["1", "no", "TRUE", "off"],
      ["", "2", "nope", "ayes"],
    ],
    t: [
      ["0", "18446744073709551614", "0x10", "017", "0b1", "0o7", " +1", "-0"],
      ["", "18446744073709551615", "-1", "08", "1x", "1 "],
    ],
    m: [
      ["644", "0775", "0"],
      ["", "777", "0776", "1644", "8", "00644x"],
    ],
    h: [
      ["a".repeat(64), "A".repeat(64)],
      ["", "a".repeat(63), "a".repeat(65), "g".repeat(64)],
    ],
  };
  for (const [letter, [good, bad]] of Object.entries(cases)) {
    for (const text of good) assert.equal(findWildcard(letter)?.takes(text, 262), true, `@${letter} ${text}`);
    for (const text of bad) assert.equal(findWildcard(letter)?.takes(text, 262), false, `@${letter} ${text}`);
  }
  assert.equal(findWildcard("V"), undefined);
});

test("versions have other signs since systemd 262, and fit into a name", () => {
  assert.ok(isVersion("1.2-3_4+5", 261));
  assert.deepEqual([isVersion("1,2", 261), isVersion("1,2", 262)], [true, false]);
  assert.deepEqual([isVersion("1~2^3", 261), isVersion("1~2^3", 262)], [false, true]);
  assert.deepEqual([isVersion("1".repeat(255), 262), isVersion("1".repeat(256), 262)], [true, false]);
  for (const text of ["", "1 2", " 1", "1 ", "ä"]) assert.ok(!isVersion(text, 262), text);
});
