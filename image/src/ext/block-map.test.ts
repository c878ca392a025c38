// Where blocks of files lie: trees of extents, and lists of blocks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { readBlocks, runAt } from "./block-map.ts";
import { type InodeFacts, inodeFlags } from "./inode.ts";
import { parseSuperblock } from "./superblock.ts";

const blockSize = 1024;
const blocks = 400;

const superblock = (() => {
  const bytes = Buffer.alloc(1024);
  for (const [at, value] of [
    [0, 99],
    [4, blocks],
    [32, 8192],
    [40, 64],
    [76, 1],
    [96, 0x42],
  ] as const)
    bytes.writeUInt32LE(value, at);
  bytes.writeUInt16LE(0xef53, 56);
  bytes.writeUInt16LE(128, 88);
  return parseSuperblock(bytes, blocks * blockSize);
})();

/** An image in which each block is filled with its number's low byte, but for those that are given. */
function imageOf(given: Readonly<Record<number, Uint8Array>> = {}) {
  const image = Buffer.concat(Array.from({ length: blocks }, (_, i) => Buffer.alloc(blockSize, i)));
  for (const [block, bytes] of Object.entries(given))
    image.fill(0, Number(block) * blockSize, (Number(block) + 1) * blockSize).set(bytes, Number(block) * blockSize);
  const source = memorySource(image);
  return { paged: source, source, superblock };
}

function inodeOf(map: Uint8Array, size: number, flags = 0): InodeFacts {
  const whole = new Uint8Array(60);
  whole.set(map);
  const facts = { type: "file", mode: 0, uid: 0, gid: 0, mtime: 0, nlink: 1, stored: 0, xattrBlock: 0 } as const;
  return { ...facts, number: 12, flags, map: whole, size, ownXattrs: new Uint8Array(0), position: 4711 };
}

type Extent = readonly [block: number, length: number, start: number];

function leafOf(extents: readonly Extent[], depth = 0): Buffer {
  const node = Buffer.alloc(12 * (extents.length + 1));
  node.writeUInt16LE(0xf30a, 0);
  node.writeUInt16LE(extents.length, 2);
  node.writeUInt16LE(depth, 6);
  for (const [i, [block, length, start]] of extents.entries()) {
    const at = 12 * (i + 1);
    node.writeUInt32LE(block, at);
    if (depth > 0) node.writeUInt32LE(start, at + 4);
    else {
      node.writeUInt16LE(length, at + 4);
      node.writeUInt32LE(start, at + 8);
    }
  }
  return node;
}

const byExtents = (extents: readonly Extent[], size: number, depth = 0) =>
  inodeOf(leafOf(extents, depth), size, inodeFlags.extents);

test("extents have their blocks, and what is between them or was never written is zeros", async () => {
  const inode = byExtents(
    [
      [1, 2, 50],
      [4, 32_768 + 2, 60],
      [7, 1, 70],
    ],
    9 * blockSize - 5,
  );
  const parts = imageOf();
  assert.deepEqual(await runAt(parts, inode, 0), { start: undefined, length: 1024 });
  assert.deepEqual(await runAt(parts, inode, 1034), { start: 50 * 1024 + 10, length: 2038 });
  assert.deepEqual(await runAt(parts, inode, 3072), { start: undefined, length: 1024 });
  assert.deepEqual(await runAt(parts, inode, 4096), { start: undefined, length: 2048 });
  assert.deepEqual(await runAt(parts, inode, 7 * 1024), { start: 70 * 1024, length: 1024 });
  assert.deepEqual(await runAt(parts, inode, 8 * 1024), { start: undefined, length: 1019 });
  const content = await readBlocks(parts, inode, 1000, 2100);
  assert.deepEqual([content[0], content[24], content[24 + 1024], content[2099]], [0, 50, 51, 0]);
});

test("a tree leads to its leaves, and each node is of the level below", async () => {
  const root: readonly Extent[] = [
    [0, 0, 100],
    [5, 0, 101],
  ];
  const leaves = { 100: leafOf([[0, 5, 20]]), 101: leafOf([[5, 3, 30]]) };
  const inode = byExtents(root, 8 * blockSize, 1);
  assert.deepEqual(await runAt(imageOf(leaves), inode, 0), { start: 20 * 1024, length: 5 * 1024 });
  assert.deepEqual(await runAt(imageOf(leaves), inode, 6 * 1024), { start: 31 * 1024, length: 2048 });
  for (const wrong of [
    leafOf([[0, 5, 20]], 1),
    Buffer.alloc(12),
    leafOf(Array.from({ length: 90 }, (_, i) => [i, 1, i] as const)).subarray(0, 1024),
  ]) {
    await assert.rejects(runAt(imageOf({ 100: wrong }), inode, 0), { kind: "corrupt" });
  }
  await assert.rejects(runAt(imageOf(), byExtents([[0, 0, blocks]], 1024, 1), 0), {
    kind: "corrupt",
    message: /outside/,
  });
});

test("blocks outside of the image are damage, and the last one is not", async () => {
  assert.equal((await readBlocks(imageOf(), byExtents([[0, 1, blocks - 1]], 1024), 0, 1024)).length, 1024);
  await assert.rejects(readBlocks(imageOf(), byExtents([[0, 2, blocks - 1]], 2048), 0, 2048), {
    kind: "corrupt",
    offset: 4711,
  });
});

function pointers(...numbers: number[]): Buffer {
  const list = Buffer.alloc(numbers.length * 4);
  for (const [i, number] of numbers.entries()) list.writeUInt32LE(number, i * 4);
  return list;
}

test("the first twelve blocks are named in the inode, the others in lists of lists", async () => {
  const map = pointers(20, 21, 22, 0, 0, 40, 41, 9, 8, 7, 6, 5, 100, 110, 120);
  const perBlock = blockSize / 4;
  const lists = {
    100: pointers(200, 201, 0),
    110: pointers(0, 111),
    111: pointers(210),
    120: pointers(121),
    121: pointers(122),
    122: pointers(220, 221),
  };
  const inode = inodeOf(map, 2 ** 30);
  const parts = imageOf(lists);
  const at = async (block: number) => {
    const { start, length } = await runAt(parts, inode, block * blockSize);
    return [start === undefined ? undefined : start / blockSize, length / blockSize];
  };
  assert.deepEqual(
    [await at(0), await at(2), await at(3), await at(5), await at(11)],
    [
      [20, 3],
      [22, 1],
      [undefined, 2],
      [40, 2],
      [5, 1],
    ],
  );
  assert.deepEqual(
    [await at(12), await at(14)],
    [
      [200, 2],
      [undefined, perBlock - 2],
    ],
  );
  const second = 12 + perBlock;
  assert.deepEqual(
    [await at(second), await at(second + perBlock)],
    [
      [undefined, perBlock],
      [210, 1],
    ],
  );
  const third = second + perBlock ** 2;
  assert.deepEqual(await at(third), [220, 2]);
  assert.deepEqual(await at(third + perBlock), [undefined, perBlock]);
  assert.deepEqual(await at(third + perBlock ** 2), [undefined, perBlock ** 2]);
  await assert.rejects(at(third + perBlock ** 3), { kind: "corrupt", message: /more blocks/ });
});
