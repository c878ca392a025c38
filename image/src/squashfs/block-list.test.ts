// Blocks and ends of files: where each is stored, what is read of them, and what is damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { byteWriter } from "../bytes/byte-writer.ts";
import { blockList, blockPlace } from "./block-list.ts";
import { dataReader } from "./data-reader.ts";
import type { FileInode } from "./inode-reader.ts";
import { metadataBlocks, metadataReader } from "./metadata-reader.ts";
import { metadataWriter } from "./metadata-writer.ts";

const blockSize = 4096;
const plain = 0x100_0000;

/** A table that holds the words of a block list. */
function tableOf(words: readonly number[]) {
  const list = byteWriter();
  for (const word of words) list.u32(word);
  const writer = metadataWriter((block) => ({ bytes: block.slice(), length: -block.length }));
  writer.write(list.view());
  const { bytes } = writer.finish();
  const load = metadataBlocks(memorySource(bytes), async () => assert.fail("nothing is compressed"));
  return metadataReader(load, 0, bytes.length);
}

function fileOf(size: number, fields: Partial<FileInode> = {}): FileInode {
  const place = { block: 0, offset: 0 };
  const facts = { place, mode: 0, uidIndex: 0, gidIndex: 0, mtime: 0, nlink: 1, xattrs: undefined };
  return {
    type: "file",
    facts,
    size,
    start: 1000,
    fragment: undefined,
    fragmentOffset: 0,
    blockList: place,
    ...fields,
  };
}

test("blocks lie one behind the other, and holes take nothing", async () => {
  const list = blockList(tableOf([100, 0, 200 | plain, blockSize]), fileOf(4 * blockSize - 1), blockSize);
  assert.equal(list.count, 4);
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map(list.locate)), [
    { start: 1000, size: 100, isPlain: false },
    { start: 1100, size: 0, isPlain: false },
    { start: 1100, size: 200, isPlain: true },
    { start: 1300, size: blockSize, isPlain: false },
  ]);
  assert.equal(await list.storedBytes(), 300 + blockSize);
});

test("the end of a file is a block of its own unless it is in a fragment", () => {
  const count = (size: number, fragment?: number) =>
    blockList(tableOf([1]), fileOf(size, { fragment }), blockSize).count;
  assert.deepEqual([count(0), count(1), count(4096), count(4097), count(8191)], [0, 1, 1, 2, 2]);
  assert.deepEqual([count(1, 0), count(4096, 0), count(4097, 0), count(8191, 0)], [0, 1, 1, 1]);
});

test("long lists are read in parts, and any block is found first", async () => {
  const words = Array.from({ length: 5000 }, (_, i) => (i % 7) + 1);
  const sumTo = (end: number) => words.slice(0, end).reduce((sum, word) => sum + word, 0);
  for (const first of [0, 2047, 2048, 4999, 4096]) {
    const list = blockList(tableOf(words), fileOf(5000 * blockSize), blockSize);
    for (const number of [first, 0, 2048, 4999]) {
      assert.deepEqual(await list.locate(number), { start: 1000 + sumTo(number), size: words[number], isPlain: false });
    }
    assert.equal(await list.storedBytes(), sumTo(5000));
  }
  const list = blockList(tableOf(words), fileOf(5000 * blockSize), blockSize);
  await assert.rejects(list.storedBytes(AbortSignal.abort()), { name: "AbortError" });
});

test("a block that is longer than blocks are is damage", async () => {
  const locate = (word: number) => blockList(tableOf([word]), fileOf(10), blockSize).locate(0);
  assert.equal((await locate(blockSize | plain)).size, blockSize);
  await assert.rejects(locate(blockSize + 1), { kind: "corrupt", offset: 0, message: /stored size 4097/ });
  await assert.rejects(locate(0x8000_0000), { kind: "corrupt", message: /stored size 2147483648/ });
  assert.deepEqual(blockPlace(7, 9 | plain), { start: 7, size: 9, isPlain: true });
});

const image = Uint8Array.from({ length: 40_000 }, (_, i) => (i * 3 + (i >> 8)) & 0xff);
const slice = (from: number, length: number) => image.subarray(from, from + length);

/** Reads files of an image in which "compressed" blocks are stored backwards; `reads` are the positions of what was read. */
function readerOf(words: readonly number[], fragments: readonly { start: number; size: number }[] = []) {
  const reads: number[] = [];
  const source = memorySource(image);
  const reader = dataReader({
    source: {
      ...source,
      read(offset, length) {
        reads.push(offset);
        return source.read(offset, length);
      },
    },
    unpack: async (stored) => Uint8Array.from(stored).reverse(),
    inodes: tableOf(words.length === 0 ? [0] : words),
    readFragment: async (number) => fragments[number] ?? assert.fail("there is no such fragment"),
    fragmentCount: fragments.length,
    blockSize,
  });
  return { ...reader, reads };
}

test("any range is read from blocks that are stored as they are, packed, and holes", async () => {
  const words = [blockSize | plain, 0, 4000, 96 | plain];
  const whole = new Uint8Array(3 * blockSize + 500);
  whole.set(slice(1000, blockSize));
  whole.set(Uint8Array.from(slice(1000 + blockSize, 4000)).reverse(), 2 * blockSize);
  whole.set(slice(1000 + blockSize + 4000, 96), 3 * blockSize);
  const file = fileOf(whole.length);
  for (const [offset, length] of [
    [0, whole.length],
    [0, blockSize],
    [blockSize, blockSize],
    [2 * blockSize, blockSize],
    [1, blockSize],
    [4000, 5000],
    [3 * blockSize - 1, 3],
    [3 * blockSize + 90, 410],
    [5, 0],
  ] as const) {
    assert.deepEqual(await readerOf(words).read(file, offset, length), whole.slice(offset, offset + length));
  }
});

test("a range reads its blocks only, and a block of which a part was read is kept", async () => {
  const reader = readerOf([blockSize | plain, blockSize | plain, blockSize | plain]);
  const file = fileOf(3 * blockSize);
  await reader.read(file, blockSize + 10, 5);
  assert.deepEqual(reader.reads, [1000 + blockSize]);
  await reader.read(file, blockSize + 100, 50);
  await reader.read(file, blockSize - 1, blockSize + 1);
  assert.deepEqual(reader.reads, [1000 + blockSize, 1000]);
  await assert.rejects(reader.read(file, 0, 10, AbortSignal.abort()), { name: "AbortError" });
});

test("the end of a file is read from its fragment", async () => {
  const fragments = [{ start: 20_000, size: 3000 | plain }];
  const file = fileOf(blockSize + 100, { fragment: 0, fragmentOffset: 2900 });
  const reader = readerOf([blockSize | plain], fragments);
  const whole = Buffer.concat([slice(1000, blockSize), slice(22_900, 100)]);
  for (const [offset, length] of [
    [0, blockSize + 100],
    [blockSize, 100],
    [blockSize + 30, 20],
    [4000, 100],
    [4000, 96],
  ] as const) {
    assert.deepEqual(await reader.read(file, offset, length), new Uint8Array(whole.subarray(offset, offset + length)));
  }
  const behind = fileOf(101, { fragment: 0, fragmentOffset: 2900 });
  await assert.rejects(reader.read(behind, 0, 10), { kind: "corrupt", offset: 20_000, message: /end of its fragment/ });
  const long = readerOf([], [{ start: 20_000, size: (blockSize + 1) | plain }]);
  await assert.rejects(long.read(fileOf(9, { fragment: 0 }), 0, 9), { kind: "corrupt", message: /stored size 4097/ });
});

test("a file takes its blocks and its share of its fragment", async () => {
  const fragments = [
    { start: 20_000, size: 2048 },
    { start: 22_048, size: 1000 | plain },
  ];
  const stored = (size: number, fragment?: number) =>
    readerOf([300 | plain, 50], fragments).storedSize(fileOf(size, { fragment }));
  assert.equal(await stored(2 * blockSize), 350);
  assert.equal(await stored(2 * blockSize + 1024, 0), 350 + 512);
  assert.equal(await stored(2 * blockSize + 500, 1), 350 + 500);
  assert.equal(await stored(2 * blockSize + 2000, 1), 350 + 1000);
});
