// Files of erofs that are stored as they are: in blocks, with an end beside the inode, and in chunks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { type DataLayout, type InodeFacts, NO_BLOCK } from "./inode.ts";
import { readPlain, storedPlain } from "./plain-data.ts";
import { parseSuperblock } from "./superblock.ts";

const blockSize = 512;

function partsOf(change: (image: Buffer) => void = () => undefined) {
  const image = Buffer.concat(Array.from({ length: 40 }, (_, i) => Buffer.alloc(blockSize, i)));
  image.fill(0, 1024, 2048);
  image.writeUInt32LE(0xe0f5e1e2, 1024);
  image.writeUInt8(9, 1036);
  const superblock = parseSuperblock(image, image.length);
  change(image);
  const source = memorySource(image);
  return { source, paged: source, superblock };
}

function inodeOf(layout: DataLayout, size: number, dataPlace: number, end = 5000): InodeFacts {
  const facts = {
    type: "file",
    mode: 0,
    uid: 0,
    gid: 0,
    mtime: 0,
    nlink: 1,
    number: 1,
    xattrStart: 0,
    xattrSize: 0,
  } as const;
  return { ...facts, layout, size, dataPlace, end };
}

const read = async (parts: ReturnType<typeof partsOf>, inode: InodeFacts, offset: number, length: number) =>
  [...(await readPlain(parts, inode, offset, length))]
    .map((byte, i, all) => (byte === all[i - 1] ? -1 : byte))
    .filter((byte) => byte >= 0);

test("plain files lie in one run of blocks, and without blocks they are a hole", async () => {
  const inode = inodeOf("plain", 1000, 10);
  assert.deepEqual(await read(partsOf(), inode, 500, 500), [10, 11]);
  assert.deepEqual(await read(partsOf(), inode, 512, 1), [11]);
  assert.deepEqual(await read(partsOf(), inodeOf("plain", 1000, NO_BLOCK), 0, 1000), [0]);
  assert.equal(await storedPlain(partsOf(), inode), 1000);
  assert.equal(await storedPlain(partsOf(), inodeOf("plain", 1000, NO_BLOCK)), 0);
});

test("the end of an inline file lies behind its inode, all of it when it is short", async () => {
  assert.deepEqual(await read(partsOf(), inodeOf("inline", 600, 10, 20 * blockSize), 500, 100), [10, 20]);
  assert.deepEqual(await read(partsOf(), inodeOf("inline", 512, NO_BLOCK, 20 * blockSize), 0, 512), [20]);
  assert.deepEqual(await read(partsOf(), inodeOf("inline", 513, 10, 20 * blockSize), 511, 2), [10, 20]);
  assert.equal(await storedPlain(partsOf(), inodeOf("inline", 600, 10)), 600);
});

test("chunks are listed behind the inode, by number or by record", async () => {
  const numbers = partsOf((image) => {
    image.writeUInt32LE(12, 5000);
    image.writeUInt32LE(NO_BLOCK, 5004);
    image.writeUInt32LE(30, 5008);
  });
  const inode = inodeOf("chunks", 2500, 1, 4997); // chunks of two blocks
  assert.deepEqual(await read(numbers, inode, 0, 2500), [12, 13, 0, 30]);
  assert.deepEqual(await read(numbers, inode, 2048, 452), [30]);
  assert.equal(await storedPlain(numbers, inode), 1024 + 452);
  const records = partsOf((image) => {
    image.fill(0, 5000, 5016);
    image.writeUInt32LE(15, 5004);
    image.writeUInt32LE(25, 5012);
  });
  const recorded = inodeOf("chunks", 1000, 0x20, 4993); // chunks of one block
  assert.deepEqual(await read(records, recorded, 0, 1000), [15, 25]);
});

test("a chunk on another device, and a list that goes on after the image, are damage", async () => {
  const other = partsOf((image) => {
    image.writeUInt16LE(1, 5002);
    image.writeUInt32LE(15, 5004);
  });
  await assert.rejects(readPlain(other, inodeOf("chunks", 10, 0x20), 0, 10), { kind: "corrupt", offset: 5000 });
  const end = 40 * blockSize;
  assert.equal(await storedPlain(partsOf(), inodeOf("chunks", 512, 0, end - 4)), 512);
  await assert.rejects(storedPlain(partsOf(), inodeOf("chunks", 513, 0, end - 4)), {
    kind: "corrupt",
    message: /after the end/,
  });
});
