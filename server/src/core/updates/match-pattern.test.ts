// Matching names against patterns: what a wildcard takes, and where a pattern gives up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { matchPattern } from "./match-pattern.ts";
import { parsePattern } from "./pattern.ts";

function match(pattern: string, name: string) {
  const parsed = parsePattern(pattern, { specifiers: false });
  assert.deepEqual(parsed.faults, []);
  return matchPattern(parsed, name, 257);
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

test("the first character at which a pattern gives up", () => {
  const other = match("demo-@v.raw", "demos-1.raw");
  assert.ok(!other.matches);
  assert.equal(other.at, 4);
  assert.match(other.reason, /"demo-" has to come/);
});
