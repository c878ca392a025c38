import assert from "node:assert/strict";
import { test } from "node:test";
import { compareBytes, compareNames, decodeName, encodeName, isOddName, nameReader, sortNames } from "./names.ts";

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

test("bytes at the borders of well-formed UTF-8 are characters on one side and odd bytes on the other", () => {
  const isOdd = (...bytes: number[]) => isOddName(decodeName(Uint8Array.from(bytes)));
  for (const bytes of [
    [0x7f],
    [0xc2, 0x80],
    [0xdf, 0xbf],
    [0xe0, 0xa0, 0x80],
    [0xec, 0xbf, 0xbf],
    [0xed, 0x9f, 0xbf],
    [0xee, 0x80, 0x80],
    [0xf0, 0x90, 0x80, 0x80],
    [0xf4, 0x8f, 0xbf, 0xbf],
  ]) {
    assert.equal(isOdd(...bytes), false, bytes.map((byte) => byte.toString(16)).join(" "));
  }
  for (const bytes of [
    [0x80],
    [0xc1, 0xbf],
    [0xe0, 0x9f, 0xbf],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x8f, 0xbf, 0xbf],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xe2, 0x82],
    [0xe2, 0x28, 0xa1],
    [0xc3, 0xc0],
  ]) {
    assert.equal(isOdd(...bytes), true, bytes.map((byte) => byte.toString(16)).join(" "));
  }
});

test("names among other bytes are read from where they begin to where they end, in short and long stretches", () => {
  for (const size of [100, 32 * 1024, 32 * 1024 + 1]) {
    const bytes = Buffer.alloc(size, "x");
    bytes.write("plain", 10);
    bytes.write("ä", 20);
    const read = nameReader(bytes);
    assert.deepEqual([read(10, 15), read(20, 22), read(20, 21), read(9, 11)], ["plain", "ä", "\udcc3", "xp"]);
  }
});

test("lone surrogates that stand for no byte become U+FFFD", () => {
  assert.deepEqual([...encodeName("\ud800\udc7f".slice(0, 1))], [0xef, 0xbf, 0xbd]);
  assert.deepEqual([...encodeName("\udc7f")], [0xef, 0xbf, 0xbd]);
  assert.deepEqual([...encodeName("\udc80\udcff")], [0x80, 0xff]);
  assert.deepEqual([...encodeName("\udd00")], [0xef, 0xbf, 0xbd]);
});

test("byte strings sort by the first byte that differs, then by length", () => {
  const compare = (a: number[], b: number[]) => Math.sign(compareBytes(Uint8Array.from(a), Uint8Array.from(b)));
  assert.deepEqual(
    [compare([1], [2]), compare([2], [1]), compare([1, 9], [2]), compare([1], [1, 0]), compare([1, 2], [1, 2])],
    [-1, 1, -1, -1, 0],
  );
  assert.equal(compareNames("same", "same"), 0);
  assert.ok(compareNames("b", "a") > 0 && compareNames("\u{1f600}", "\uff5e") > 0);
});
