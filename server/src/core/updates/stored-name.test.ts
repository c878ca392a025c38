import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePattern } from "../values/parse-pattern.ts";
import type { WildcardLetter } from "../values/wildcards.ts";
import { fieldInName, storedName } from "./stored-name.ts";

test("values stand in names as systemd writes them", () => {
  const cases: readonly (readonly [WildcardLetter, string, string | undefined])[] = [
    ["v", "1.0", "1.0"],
    ["u", "01234567-89AB-CDEF-0123-456789ABCDEF", "0123456789abcdef0123456789abcdef"],
    ["f", " +0xFF", "ff"],
    ["f", "0010", "10"],
    ["h", "AB", "ab"],
    ["m", "7", "007"],
    ["m", "00755", "755"],
    ["a", "yes", "1"],
    ["g", "off", "0"],
    ["r", "maybe", undefined],
    ["t", "0x10", "16"],
    ["s", "18446744073709551614", "18446744073709551614"],
    ["s", "18446744073709551615", undefined],
    ["l", "x", undefined],
  ];
  for (const [letter, text, name] of cases) assert.equal(fieldInName(letter, text), name, `@${letter} ${text}`);
});

test("a name has the values of its wildcards, and says which one is missing", () => {
  const pattern = parsePattern("d/a@@_@v+@l.raw", { specifiers: false });
  assert.deepEqual(storedName(pattern, { v: "1", l: "3" }), { name: "d/a@_1+3.raw" });
  assert.deepEqual(storedName(pattern, { v: "1" }), { missing: "l" });
  assert.deepEqual(storedName(pattern, {}), { missing: "v" });
});
