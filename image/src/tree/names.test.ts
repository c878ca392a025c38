import assert from "node:assert/strict";
import { test } from "node:test";
import { compareNames, decodeName, encodeName, isOddName, sortNames } from "./names.ts";

test("any bytes survive as a name", () => {
  const cases = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x61, 0x80, 0x62]];
  for (let first = 0; first < 256; first++) cases.push([first, 0x41], [first, 0x80, 0x80, 0x80]);
  for (const bytes of cases) assert.deepEqual([...encodeName(decodeName(Uint8Array.from(bytes)))], bytes);
});

test("UTF-8 is decoded as everybody does", () => {
  for (const name of ["plain", "ä", "日本語", "\u{1f600}", "\u0000", "\uffff", "\ue000"]) {
    assert.equal(decodeName(Buffer.from(name)), name);
    assert.deepEqual(Buffer.from(encodeName(name)), Buffer.from(name));
    assert.equal(isOddName(name), false);
  }
  assert.equal(isOddName(decodeName(Uint8Array.from([0x80]))), true);
});

test("names sort by their bytes, not by UTF-16 units", () => {
  assert.ok(compareNames("\uff5e", "\u{1f600}") < 0);
  assert.ok(compareNames("a", "a\0") < 0);
  assert.ok(compareNames("B", "a") < 0);
  const names = ["\u{1f600}", "z", "\uff5e", "A"].map((name) => ({ name }));
  assert.deepEqual(
    sortNames(names).map(({ name }) => name),
    ["A", "z", "\uff5e", "\u{1f600}"],
  );
});
