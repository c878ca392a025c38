// Superblocks of btrfs: what they say, and at which field they contradict the format.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSuperblock } from "./superblock.ts";

type Change = (bytes: Buffer) => void;

function parse(change: Change = () => undefined, size = 2 ** 30) {
  const bytes = Buffer.alloc(4096);
  bytes.write("_BHRfS_M", 64);
  for (const [at, value] of [
    [80, 11],
    [88, 12],
    [96, 13],
    [112, 2 ** 30],
    [120, 14],
    [136, 1],
  ] as const)
    bytes.writeBigUInt64LE(BigInt(value), at);
  bytes.writeUInt32LE(4096, 144);
  bytes.writeUInt32LE(16_384, 148);
  bytes.writeUInt32LE(3, 160);
  bytes.write("abcd", 811);
  change(bytes);
  return parseSuperblock(bytes, size);
}

test("fields come from their places, and the image may end with its last byte", () => {
  const { rootTree, chunkTree, logTree, usedBytes, sectorSize, nodeSize, chunkBytes } = parse();
  assert.deepEqual([rootTree, chunkTree, logTree, usedBytes, sectorSize, nodeSize], [11, 12, 13, 14, 4096, 16_384]);
  assert.equal(Buffer.from(chunkBytes).toString(), "abc");
  assert.throws(() => parse(undefined, 2 ** 30 - 1), { kind: "corrupt", offset: 65_536 + 112 });
});

test("sectors are from 512 bytes to 64 KiB, nodes from 4 KiB, and chunks at most 2 KiB", () => {
  for (const [at, value, isRight] of [
    [144, 512, true],
    [144, 256, false],
    [144, 65_536, true],
    [144, 131_072, false],
    [144, 5000, false],
    [148, 4096, true],
    [148, 2048, false],
    [148, 65_536, true],
    [160, 2048, true],
    [160, 2049, false],
  ] as const) {
    const read = () => parse((bytes) => bytes.writeUInt32LE(value, at));
    if (isRight) read();
    else assert.throws(read, { kind: "corrupt", offset: 65_536 + 144 }, `${at}: ${value}`);
  }
});

test("another magic number is damage, several devices are told", () => {
  for (const at of [64, 71])
    assert.throws(() => parse((bytes) => bytes.write("x", at)), { kind: "corrupt", offset: 65_600 });
  for (const count of [0n, 2n]) {
    assert.throws(() => parse((bytes) => bytes.writeBigUInt64LE(count, 136)), { kind: "unsupported", offset: 65_672 });
  }
});

test("each feature that a reader has to know is known or named", () => {
  for (let bit = 0; bit < 40; bit++) {
    const read = () => parse((bytes) => bytes.writeBigUInt64LE(1n << BigInt(bit), 188));
    if (bit <= 11 || bit === 13 || bit === 16) read();
    else
      assert.throws(read, {
        kind: "unsupported",
        offset: 65_724,
        message: new RegExp(`0x${(2 ** bit).toString(16)}\\)`),
      });
  }
});
