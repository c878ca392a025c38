// Odd names survive the way into a URI and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeOddName, shownName, unescapeOddName } from "./odd-names.ts";

const names = [
  "usr/bin/hello",
  "caf\udce9",
  "100%",
  "%E9",
  "%25E9",
  "%%FF",
  "%\udcff",
  "%2\udc80",
  "%e9",
  "ü 😀",
  "\udc80\udcff",
];

test("names that are UTF-8 stay as they are", () => {
  for (const name of ["usr/bin/hello", "100% sure", "%e9", "%zz", "ü 😀"]) assert.equal(escapeOddName(name), name);
});

test("a byte that is not UTF-8 shows as its number", () => {
  assert.equal(escapeOddName("caf\udce9.txt"), "caf%E9.txt");
});

test("every name comes back, and no two names share a text", () => {
  for (const name of names) assert.equal(unescapeOddName(escapeOddName(name)), name);
  assert.equal(new Set(names.map(escapeOddName)).size, names.length);
});

test("the text is always well-formed", () => {
  for (const name of names) assert.ok(escapeOddName(name).isWellFormed(), JSON.stringify(name));
});

test("what would not be seen, or would turn the rest around, is written out for people", () => {
  assert.equal(shownName("a\nb\x1b[31m\u202egnp.exe\0\u200b"), "a\\x0ab\\x1b[31m\\u202egnp.exe\\x00\\u200b");
  assert.equal(shownName("ü 😀 caf\udce9"), "ü 😀 caf%E9");
});
