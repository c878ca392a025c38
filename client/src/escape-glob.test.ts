// A name with signs that mean something in a glob matches itself and nothing that the signs would stand for.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { escapeGlob } from "./escape-glob.ts";

test("an escaped name matches the file of this name, and none that the pattern would match otherwise", () => {
  const names: Readonly<Record<string, string>> = {
    "a[1].raw": "a1.raw",
    "a[!1].raw": "a2.raw",
    "a*.raw": "ab.raw",
    "a?.raw": "ab.raw",
    "{a}.raw": "a.raw",
    "a]b.raw": "ab.raw",
    "plain.raw": "plain-raw",
  };
  for (const [name, other] of Object.entries(names)) {
    assert.ok(path.posix.matchesGlob(name, escapeGlob(name)), name);
    assert.ok(!path.posix.matchesGlob(other, escapeGlob(name)), other);
  }
});

test("braces and whitespace at the ends stand in brackets, as VS Code needs them", () => {
  assert.equal(escapeGlob("a{b,c}"), "a[{]b,c[}]");
  assert.equal(escapeGlob(" a b \t"), "[ ]a b[ ][\t]");
});
