// Blocks of LZ4, written by hand: lengths, offsets, and each way in which one can be damaged.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unpackLz4 } from "./lz4.ts";

function bytesOf(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...Buffer.from(part)])));
}

function unpack(block: Uint8Array, maxLength: number, wanted?: "first"): string {
  return Buffer.from(unpackLz4(block, maxLength, wanted)).toString();
}

const repeated = bytesOf(0x44, "abcd", 4, 0, 0x10, "e");

test("literals come first, and a match copies what was unpacked", () => {
  assert.equal(unpack(repeated, 13), "abcdabcdabcde");
  assert.equal(unpack(repeated, 99), "abcdabcdabcde");
  assert.equal(unpack(bytesOf(0x20, "ab"), 2), "ab");
  assert.equal(unpack(new Uint8Array(0), 5), "");
});

test("a match of the shortest length has 4 bytes, and an offset has its low byte first", () => {
  assert.equal(unpack(bytesOf(0x30, "abc", 3, 0, 0x10, "x"), 8), "abcabcax");
  const far = bytesOf(0xf0, 255, 255 - 15 - 255 + 31, "z".repeat(15 + 255 + 16), 1, 1, 0x10, "y");
  assert.equal(unpack(far, 1000), `${"z".repeat(15 + 255 + 16 + 4)}y`);
});

test("lengths of 15 go on in bytes, up to one that is not 255", () => {
  assert.equal(unpack(bytesOf(0xe0, "a".repeat(14)), 99), "a".repeat(14));
  assert.equal(unpack(bytesOf(0xf0, 0, "a".repeat(15)), 99), "a".repeat(15));
  assert.equal(unpack(bytesOf(0xf0, 255, 1, "a".repeat(271)), 999), "a".repeat(271));
  assert.equal(unpack(bytesOf(0x1f, "a", 1, 0, 2, 0x10, "b"), 99), `${"a".repeat(1 + 15 + 2 + 4)}b`);
});

for (const [what, block, maxLength, message] of [
  ["that ends inside a length", bytesOf(0xf0), 99, /inside a length/],
  ["with fewer literals than it says", bytesOf(0x30, "ab"), 99, /more literals/],
  ["with more literals than are allowed", bytesOf(0x30, "abc"), 2, /more literals/],
  ["that ends inside an offset", bytesOf(0x10, "a", 1), 99, /inside an offset/],
  ["with an offset of 0", bytesOf(0x10, "a", 0, 0), 99, /before its beginning/],
  ["with an offset before its beginning", bytesOf(0x10, "a", 2, 0), 99, /before its beginning/],
  ["that unpacks to more than is allowed", repeated, 11, /more bytes than allowed/],
] as const) {
  test(`a block ${what} is damage`, () => {
    assert.throws(() => unpackLz4(block, maxLength), { kind: "corrupt", message });
  });
}

test("of a block of which the first bytes are wanted the rest is left out", () => {
  for (let length = 0; length <= 13; length++) {
    assert.equal(unpack(repeated, length, "first"), "abcdabcdabcde".slice(0, length));
  }
});
