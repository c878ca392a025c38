import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("repairs addresses", () => {
  for (const [wrong, right] of [
    ["www.example.org", "https://www.example.org"],
    ["HTTPS://example.org", "https://example.org"],
    ["<https://example.org>", "https://example.org"],
    ["/usr/share/doc/demo", "file:/usr/share/doc/demo"],
    ["demo(8) man:a", "man:demo(8) man:a"],
    ["example.org", "example.org"],
  ] as const) {
    assert.equal(repair("Unit.Documentation", wrong), right);
  }
});

test("offers the beginnings of addresses", () => {
  assert.deepEqual(textsOf(offerAt("Unit.Documentation", "man:a ‸")), [
    "http://",
    "https://",
    "file:/",
    "info:",
    "man:",
  ]);
});
