import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHex, toHex } from "./hexadecimal.ts";

test("bytes are two small digits each, and digits of either case are bytes", () => {
  assert.equal(toHex(Uint8Array.of(0, 9, 0xab, 0xff)), "0009abff");
  assert.deepEqual(fromHex("0009aBFf"), Uint8Array.of(0, 9, 0xab, 0xff));
  assert.deepEqual(fromHex(""), new Uint8Array(0));
});

test("anything else is no hexadecimal", () => {
  for (const text of ["0", "0g", "g0", " 00", "0x00", "00 "]) assert.equal(fromHex(text), undefined, text);
});
