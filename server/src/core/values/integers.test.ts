import assert from "node:assert/strict";
import { test } from "node:test";
import { readInteger } from "./integers.ts";

test("reads integers in the bases that systemd knows", () => {
  const known = {
    "0": 0,
    "10": 10,
    "+5": 5,
    "-5": -5,
    "0x1f": 31,
    "0X1F": 31,
    "-0x5": -5,
    "0o17": 15,
    "0b101": 5,
    "010": 8,
  };
  for (const [text, value] of Object.entries(known)) assert.equal(readInteger(text), value, text);
  for (const text of ["", "-", "08", "0x", "0b2", "1.0", "1e3", " 1", "1 ", "1_000", "--1", "x"]) {
    assert.equal(readInteger(text), undefined, text);
  }
});
