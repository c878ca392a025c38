import assert from "node:assert/strict";
import { test } from "node:test";
import { isBusName, isFdName } from "./identifiers.ts";

test("knows names on the bus", () => {
  for (const name of ["org.example", "org.example.Demo_1", ":1.42", "a-b.c"]) assert.ok(isBusName(name), name);
  for (const name of [
    "",
    "org",
    "org.",
    ".org",
    "org..a",
    "org.1a",
    ":1",
    ":1.4/2",
    ":1.",
    "org.a b",
    "a.".repeat(200),
  ]) {
    assert.ok(!isBusName(name), name);
  }
});

test("knows names of file descriptors", () => {
  for (const name of ["", "demo", "a b", "x".repeat(255)]) assert.ok(isFdName(name), name);
  for (const name of ["a:b", "ä", "a\tb", "x".repeat(256)]) assert.ok(!isFdName(name), name);
});
