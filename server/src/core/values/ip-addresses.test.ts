import assert from "node:assert/strict";
import { isIP } from "node:net";
import { test } from "node:test";
import { isIPv4, isIPv6 } from "./ip-addresses.ts";

/** Texts of what addresses are made of, the same on every run. */
function* texts(count: number): Generator<string> {
  const parts = ["0", "1", "255", "256", "ffff", "fe80", "12345", ":", ":", "::", ".", "1.2.3.4", "g", "01", ""];
  let seed = 5;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let i = 0; i < count; i++) yield Array.from({ length: next(14) }, () => parts[next(parts.length)]).join("");
}

test("takes the same addresses as other programs", () => {
  const known = [
    "::",
    "::1",
    "1::",
    "1:2:3:4:5:6:7::",
    "::2:3:4:5:6:7:8",
    "1:2:3:4:5:6:1.2.3.4",
    "::1.2.3.4",
    "0.0.0.0",
  ];
  for (const text of [...known, ...texts(20_000)]) {
    assert.equal(isIPv4(text), isIP(text) === 4, text);
    assert.equal(isIPv6(text), isIP(text) === 6, text);
  }
});
