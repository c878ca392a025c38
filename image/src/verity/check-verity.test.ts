import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { type ByteSource, memorySource } from "../bytes/byte-source.ts";
import { checkVerity, readTopHash, type VerityParts } from "./check-verity.ts";
import { hashTreeOf } from "./hash-tree.ts";
import { superblockLayout } from "./superblock.ts";

const blockSize = 512;
const perBlock = 16;

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const hash = (algorithm: string, bytes: Uint8Array) => (algorithm === "sha256" ? sha256(bytes) : undefined);

/** A tree over `blocks` blocks without a salt, made from the bottom up. */
function make(blocks: number): { data: Buffer; hashes: Buffer; rootHash: Buffer } {
  const data = Buffer.alloc(blocks * blockSize);
  for (let i = 0; i < blocks; i++) data.writeUInt32LE(i, i * blockSize);
  let below = data;
  const levels: Buffer[] = [];
  while (below.length > blockSize) {
    const count = below.length / blockSize;
    const level = Buffer.alloc(Math.ceil(count / perBlock) * blockSize);
    for (let i = 0; i < count; i++) sha256(below.subarray(i * blockSize, (i + 1) * blockSize)).copy(level, i * 32);
    levels.unshift(level);
    below = level;
  }
  return { data, hashes: Buffer.concat([Buffer.alloc(blockSize), ...levels]), rootHash: sha256(below) };
}

function partsOf({ data, hashes, rootHash }: ReturnType<typeof make>, blocks: number): VerityParts {
  const superblock = {
    hashType: 1,
    uuid: "",
    algorithm: "sha256",
    dataBlockSize: blockSize,
    hashBlockSize: blockSize,
    dataBlocks: blocks,
    salt: new Uint8Array(0),
  } as const;
  return { data: memorySource(data), hashes: memorySource(hashes), tree: hashTreeOf(superblock, hash), rootHash };
}

/** Counts what is read, and fails for what does not lie inside. */
function counted(source: ByteSource): ByteSource & { reads: number; bytes: number } {
  const counts = {
    size: source.size,
    reads: 0,
    bytes: 0,
    async read(offset: number, length: number) {
      assert.ok(offset >= 0 && length > 0 && offset + length <= source.size, `reads ${length} bytes from ${offset} on`);
      counts.reads += 1;
      counts.bytes += length;
      return await source.read(offset, length);
    },
  };
  return counts;
}

test("each block of data and hashes is read once, and a range takes only the way down to it", async () => {
  const blocks = 5000;
  const parts = partsOf(make(blocks), blocks);
  const [data, hashes] = [counted(parts.data), counted(parts.hashes)];
  assert.equal((await checkVerity({ ...parts, data, hashes })).intact, true);
  assert.equal(data.bytes, blocks * blockSize);
  assert.equal(hashes.bytes, parts.hashes.size - blockSize);
  const [few, way] = [counted(parts.data), counted(parts.hashes)];
  const check = await checkVerity({ ...parts, data: few, hashes: way }, { range: { offset: 1_234_567, length: 1 } });
  assert.deepEqual([check.checkedBytes, few.bytes, way.reads], [blockSize, blockSize, parts.tree.levels.length]);
});

test("the top of the tree is the root hash, and a single block has no tree", async () => {
  for (const blocks of [1, 2, 17, 257]) {
    const parts = partsOf(make(blocks), blocks);
    assert.deepEqual(await readTopHash(parts), parts.rootHash);
  }
  assert.deepEqual(partsOf(make(1), 1).tree.levels, []);
});

test("a tree over more blocks than any disk has ends at once when they are not there", async () => {
  const blocks = 2 ** 43;
  const parts = partsOf({ data: Buffer.alloc(0), hashes: Buffer.alloc(4096), rootHash: Buffer.alloc(32) }, blocks);
  const check = await checkVerity(parts);
  assert.deepEqual(check.faults, [{ what: "missing", offset: 0, length: blocks * blockSize }]);
});

test("many stretches are counted, and the first ones listed", async () => {
  const blocks = 1000;
  const made = make(blocks);
  for (let i = 0; i < blocks; i += 2) made.data[i * blockSize] = (made.data[i * blockSize] ?? 0) ^ 1;
  const { faults, badBytes } = await checkVerity(partsOf(made, blocks));
  assert.deepEqual([faults.length, badBytes], [100, 500 * blockSize]);
  assert.deepEqual(faults[99], { what: "data", offset: 198 * blockSize, length: blockSize });
});

test("an algorithm that is not there is unsupported", () => {
  const { tree } = partsOf(make(2), 2);
  assert.throws(() => hashTreeOf({ ...tree.superblock, algorithm: "crc99" }, hash), {
    kind: "unsupported",
    message: 'its hash tree uses "crc99", which this program cannot compute',
  });
});

test("no two fields of the superblock share a byte", () => {
  const ends = Object.values(superblockLayout).sort((a, b) => a.offset - b.offset);
  for (const [i, { offset }] of ends.entries()) {
    const before = ends[i - 1];
    assert.ok(before === undefined || before.offset + before.size <= offset);
  }
});

test("a damaged block of hashes takes all data below it, and what is cut off is missing", async () => {
  const blocks = 40;
  const made = make(blocks);
  const lowest = blockSize * 2; // behind the superblock and the topmost block
  made.hashes[lowest + blockSize] = (made.hashes[lowest + blockSize] ?? 0) ^ 1;
  const damagedLevel = await checkVerity(partsOf(made, blocks));
  assert.deepEqual(damagedLevel.faults, [
    { what: "hashes", level: 0, hashOffset: 3 * blockSize, offset: 16 * blockSize, length: 16 * blockSize },
  ]);
  assert.deepEqual([damagedLevel.intact, damagedLevel.checkedBytes], [false, 24 * blockSize]);

  const top = make(blocks);
  top.hashes[blockSize] = (top.hashes[blockSize] ?? 0) ^ 1;
  const { faults, badBytes } = await checkVerity(partsOf(top, blocks));
  assert.deepEqual(faults, [
    { what: "hashes", level: 1, hashOffset: blockSize, offset: 0, length: blocks * blockSize },
  ]);
  assert.equal(badBytes, blocks * blockSize);

  const cut = make(blocks);
  const last = await checkVerity(partsOf({ ...cut, hashes: cut.hashes.subarray(0, -1) }, blocks));
  assert.deepEqual(last.faults, [
    { what: "missing", level: 0, hashOffset: 4 * blockSize, offset: 32 * blockSize, length: 8 * blockSize },
  ]);
  const short = await checkVerity(partsOf({ ...cut, data: cut.data.subarray(0, -1) }, blocks));
  assert.deepEqual(short.faults, [{ what: "missing", offset: 39 * blockSize, length: blockSize }]);
});

test("whole blocks of a range are checked, and progress goes from none to all of it", async () => {
  const blocks = 40;
  const made = make(blocks);
  for (const block of [9, 10, 11, 12]) made.data[block * blockSize] = 0xff;
  const parts = partsOf(made, blocks);
  const heard: number[][] = [];
  const range = { offset: 10 * blockSize + 511, length: 2 };
  const { faults, checkedBytes } = await checkVerity(parts, { range, progress: (...news) => heard.push(news) });
  assert.deepEqual(faults, [{ what: "data", offset: 10 * blockSize, length: 2 * blockSize }]);
  assert.equal(checkedBytes, 2 * blockSize);
  assert.deepEqual(
    [heard[0], heard.at(-1)],
    [
      [0, 2 * blockSize],
      [2 * blockSize, 2 * blockSize],
    ],
  );
  const behind = await checkVerity(parts, { range: { offset: 99 * blockSize, length: 9 } });
  assert.deepEqual([behind.intact, behind.checkedBytes], [true, 0]);
});

test("another root hash makes the top of the tree wrong, and of a single block the data", async () => {
  const parts = partsOf(make(20), 20);
  const { faults } = await checkVerity({ ...parts, rootHash: Buffer.alloc(32) });
  assert.deepEqual(
    faults.map(({ what, level }) => [what, level]),
    [["hashes", 1]],
  );
  const single = await checkVerity({ ...partsOf(make(1), 1), rootHash: Buffer.alloc(32) });
  assert.deepEqual(single.faults, [{ what: "data", offset: 0, length: blockSize }]);
  assert.equal(await readTopHash({ ...parts, hashes: memorySource(new Uint8Array(2 * blockSize - 1)) }), undefined);
});
