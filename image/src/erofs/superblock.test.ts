// Superblocks of erofs: what they say, and at which field they contradict the format.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32c } from "../bytes/crc32.ts";
import { minImageSize, parseSuperblock } from "./superblock.ts";

type Change = (fields: Buffer) => void;

function imageOf(change: Change = () => undefined): Buffer {
  const image = Buffer.alloc(8192);
  const fields = image.subarray(1024);
  fields.writeUInt32LE(0xe0f5e1e2, 0);
  fields.writeUInt8(12, 12);
  fields.writeUInt16LE(36, 14);
  fields.writeBigUInt64LE(5n, 16);
  fields.writeBigInt64LE(-7n, 24);
  fields.writeUInt32LE(2, 36);
  change(fields);
  return image;
}

const parse = (change?: Change, size = 8192) => parseSuperblock(imageOf(change), size);

test("fields come from their places, and two blocks may fill the image to its last byte", () => {
  const { blockSize, rootNumber, inodes, epoch, blocks, compressions } = parse();
  assert.deepEqual([blockSize, rootNumber, inodes, epoch, blocks, compressions], [4096, 36, 5, -7, 2, []]);
  assert.throws(() => parse(undefined, 8191), { kind: "corrupt", offset: 1060, message: /should have 8192 bytes/ });
  assert.equal(minImageSize, 1024 + 120);
});

test("compressions are told by their bits, and in old images by how far lz4 looks back", () => {
  const compressionsOf = (incompatible: number, value: number) =>
    parse((fields) => {
      fields.writeUInt32LE(incompatible, 80);
      fields.writeUInt16LE(value, 84);
    }).compressions;
  assert.deepEqual(compressionsOf(2, 0b1111), ["lz4", "lzma", "deflate", "zstd"]);
  assert.deepEqual(compressionsOf(2, 0b0100), ["deflate"]);
  assert.deepEqual(compressionsOf(2, 0), []);
  assert.deepEqual(compressionsOf(0, 65_535), ["lz4"]);
  assert.deepEqual(compressionsOf(1, 0), ["lz4"]);
});

test("the root has another number with wide addresses, where there is one", () => {
  const rootOf = (incompatible: number, wide: bigint) =>
    parse((fields) => {
      fields.writeUInt32LE(incompatible, 80);
      fields.writeBigUInt64LE(wide, 112);
    }).rootNumber;
  assert.deepEqual([rootOf(0x80, 99n), rootOf(0x80, 0n), rootOf(0, 99n)], [99, 36, 36]);
});

test("the checksum is over the rest of the first block, and over the second of small ones", () => {
  for (const [log, length] of [
    [12, 3072],
    [10, 1024],
    [9, 512],
  ] as const) {
    const change: Change = (fields) => {
      fields.writeUInt8(log, 12);
      fields.writeUInt32LE(1, 8);
      fields.writeUInt32LE(crc32c(fields.subarray(0, length)), 4);
    };
    assert.equal(parse(change).blockSize, 2 ** log);
    const wrong: Change = (fields) => {
      change(fields);
      fields[length - 1] = 1;
    };
    assert.throws(() => parse(wrong), { kind: "corrupt", offset: 1028, message: /checksum/ });
    const behind: Change = (fields) => {
      change(fields);
      fields[length] = 1;
    };
    assert.equal(parse(behind).blockSize, 2 ** log);
  }
});

test("block sizes are from 512 bytes to 64 KiB", () => {
  const sizeOf = (log: number) => parse((fields) => fields.writeUInt8(log, 12), 2 ** 20).blockSize;
  assert.deepEqual([sizeOf(9), sizeOf(16)], [512, 65_536]);
  for (const log of [8, 17]) assert.throws(() => sizeOf(log), { kind: "corrupt", offset: 1036 });
});

test("another magic number is damage, several devices and unknown features are told", () => {
  assert.throws(() => parse((fields) => fields.writeUInt32LE(1, 0)), { kind: "corrupt", offset: 1024 });
  assert.throws(() => parse((fields) => fields.writeUInt16LE(1, 86)), { kind: "unsupported", offset: 1110 });
  for (let bit = 0; bit < 8; bit++)
    assert.ok(
      parse((fields) => fields.writeUInt32LE(1 << bit, 80)),
      `bit ${bit}`,
    );
  assert.throws(() => parse((fields) => fields.writeUInt32LE(0x100, 80)), {
    kind: "unsupported",
    message: /compressed metadata/,
  });
  assert.throws(() => parse((fields) => fields.writeUInt32LE(0x80000000, 80)), {
    kind: "unsupported",
    offset: 1104,
    message: /0x80000000/,
  });
});
