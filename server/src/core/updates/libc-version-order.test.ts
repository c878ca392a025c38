// The order of strverscmp(3), with what glibc's says of the same pairs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareLibcVersions } from "./libc-version-order.ts";

test("digits count as numbers, and those behind a zero as fractions", () => {
  // Each is less than the next one; the first line is the example of the manual page.
  const orders = [
    ["000", "00", "01", "010", "09", "0", "1", "9", "10"],
    ["1", "1.0", "1.1", "1.9", "1.10", "1.10a", "1a", "2", "10", "a", "a0", "a1", "a2", "a10", "aa"],
    ["", "+", "-", ".", "A", "a", "~"],
  ];
  for (const order of orders) {
    for (const [left, a] of order.entries()) {
      for (const [right, b] of order.entries()) {
        assert.equal(Math.sign(compareLibcVersions(a, b)), Math.sign(left - right), `${a} ${b}`);
      }
    }
  }
});
