// Where the levels of a hash tree lie, and what is hashed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hashTreeOf } from "./hash-tree.ts";
import type { VeritySuperblock } from "./superblock.ts";

const superblock: VeritySuperblock = {
  hashType: 1,
  uuid: "",
  algorithm: "test",
  dataBlockSize: 4096,
  hashBlockSize: 4096,
  dataBlocks: 1,
  salt: Uint8Array.of(7, 8),
};

/** Gives so many bytes, the first of which are what was hashed. */
const hashOf = (size: number) => (_: string, bytes: Uint8Array) => {
  const digest = new Uint8Array(size);
  digest.set(bytes.subarray(0, size));
  return digest;
};

const tree = (facts: Partial<VeritySuperblock>, size = 32) => hashTreeOf({ ...superblock, ...facts }, hashOf(size));

test("the topmost level lies behind the superblock, and the lowest one last", () => {
  assert.deepEqual(tree({ dataBlocks: 1 }).levels, []);
  assert.deepEqual(tree({ dataBlocks: 2 }).levels, [{ start: 4096, blocks: 1 }]);
  assert.deepEqual(tree({ dataBlocks: 128 }).levels, [{ start: 4096, blocks: 1 }]);
  assert.deepEqual(tree({ dataBlocks: 129 }).levels, [
    { start: 8192, blocks: 2 },
    { start: 4096, blocks: 1 },
  ]);
  assert.equal(tree({ dataBlocks: 129 }).size, 4 * 4096);
  assert.deepEqual(tree({ dataBlocks: 16_385 }).levels, [
    { start: 4 * 4096, blocks: 129 },
    { start: 2 * 4096, blocks: 2 },
    { start: 4096, blocks: 1 },
  ]);
  assert.deepEqual(tree({ dataBlocks: 2, hashBlockSize: 512 }).levels, [{ start: 512, blocks: 1 }]);
});

test("hashes of an odd size take a power of two each, and those of type 0 as many bytes as they have", () => {
  const { digestsPerBlock, digestSize, digestStride } = tree({}, 20);
  assert.deepEqual([digestsPerBlock, digestSize, digestStride], [128, 20, 32]);
  assert.equal(tree({ hashType: 0 }, 20).digestStride, 20);
  assert.deepEqual([tree({}, 64).digestsPerBlock, tree({}, 64).digestStride], [64, 64]);
  assert.equal(tree({ hashBlockSize: 512 }, 256).digestsPerBlock, 2);
  for (const size of [0, 257, 512]) {
    assert.throws(() => tree({ hashBlockSize: 512 }, size), { kind: "unsupported", message: /uses "test"/ }, `${size}`);
  }
});

test("the salt is hashed before a block, and by type 0 after it, block for block", () => {
  const normal = tree({}, 4);
  assert.deepEqual([...normal.digest(Uint8Array.of(1, 2))], [7, 8, 1, 2]);
  assert.deepEqual([...normal.digest(Uint8Array.of(3, 4))], [7, 8, 3, 4]);
  assert.deepEqual([...normal.digest(Uint8Array.of(5))], [7, 8, 5, 0]);
  const old = tree({ hashType: 0 }, 4);
  assert.deepEqual([...old.digest(Uint8Array.of(1, 2))], [1, 2, 7, 8]);
  assert.deepEqual([...old.digest(Uint8Array.of(3))], [3, 7, 8, 0]);
});
