// Streams of LZO1X, written by hand: each kind of instruction, and each way in which one can be damaged.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unpackLzo } from "./lzo.ts";

function bytesOf(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...Buffer.from(part)])));
}

const end = [17, 0, 0] as const;
const text = (count: number) => Array.from({ length: count }, (_, i) => String.fromCharCode(97 + (i % 26))).join("");

function unpack(maxLength: number, ...parts: (string | number)[]): string {
  return Buffer.from(unpackLzo(bytesOf(...parts, ...end), maxLength)).toString();
}

test("literals at the beginning are counted from 17, and in a run from 3", () => {
  assert.equal(unpack(9, 21, "abcd"), "abcd");
  assert.equal(unpack(99, 0, 2, text(20)), text(20)); // 15 + 2 + 3
  assert.equal(unpack(999, 0, 0, 1, text(274)), text(274)); // 15 + 255 + 1 + 3
  assert.equal(unpack(9, 1, "abcd"), "abcd"); // 1 + 3
});

test("near matches have 3 to 8 bytes, and up to three literals behind them", () => {
  assert.equal(unpack(99, 21, "abcd", 64 | (3 << 2), 0), "abcdabc");
  assert.equal(unpack(99, 21, "abcd", 64 | (2 << 2) | 2, 0, "xy"), "abcdbcdxy");
  assert.equal(unpack(99, 21, "abcd", 224, 0), `abcd${"d".repeat(8)}`);
  assert.equal(unpack(99, 29, text(12), 64 | (3 << 2), 1), `${text(12)}abc`);
});

test("matches of any length have 14 bits of distance, and from 16 KiB on 15", () => {
  assert.equal(unpack(99, 21, "abcd", 32 | 4, (3 << 2) | 1, 0, "x"), "abcdabcdabx");
  assert.equal(unpack(99, 21, "abcd", 32, 1, 3 << 2, 0), `abcd${text(4).repeat(9).slice(0, 34)}`); // 31 + 1 + 2
  const head = text(17_000);
  const run = 17_000 - 3 - 15;
  const literals = [0, ...Array<number>(Math.floor((run - 1) / 255)).fill(0), ((run - 1) % 255) + 1, head] as const;
  const distance = 16_500 - 0x4000;
  const far = unpack(20_000, ...literals, 16 | 3, (distance << 2) & 0xff, distance >> 6);
  assert.equal(far.slice(17_000), head.slice(500, 505));
});

test("short matches behind a few literals have 2 bytes, and behind a run 3", () => {
  // A near match with one literal behind it, then a match of two bytes.
  assert.equal(unpack(99, 21, "abcd", 64 | (3 << 2) | 1, 0, "x", 1 << 2, 0), "abcdabcxcx");
  const head = text(2100);
  const run = 2100 - 3 - 15;
  const literals = [0, ...Array<number>(Math.floor((run - 1) / 255)).fill(0), ((run - 1) % 255) + 1, head] as const;
  const last = unpack(3000, ...literals, 2 << 2, 1).slice(2100);
  assert.equal(last, head.slice(2100 - (4 + 2 + 0x801), 2100 - (4 + 2 + 0x801) + 3));
});

for (const [what, block, maxLength, message] of [
  ["without an end", bytesOf(21, "abcd"), 99, /truncated/],
  ["with fewer literals than it says", bytesOf(21, "abc"), 99, /more literals/],
  ["with more literals than are allowed", bytesOf(21, "abcd", ...end), 3, /more literals/],
  ["with a distance before its beginning", bytesOf(21, "abcd", 64 | (4 << 2), 0, ...end), 99, /before its beginning/],
  ["that unpacks to more than is allowed", bytesOf(21, "abcd", 64, 0, ...end), 6, /more bytes than allowed/],
] as const) {
  test(`a stream ${what} is damage`, () => {
    assert.throws(() => unpackLzo(block, maxLength), { kind: "corrupt", message });
  });
}
