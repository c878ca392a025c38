// Partition tables of the first sector: four entries, and the chain of logical partitions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { hasMbr, readMbr } from "./mbr.ts";

type Entry = readonly [type: number, first: number, count: number];

function writeSector(disk: Buffer, sector: number, entries: readonly Entry[]): void {
  for (const [i, [type, first, count]] of entries.entries()) {
    const at = sector * 512 + 446 + 16 * i;
    disk.writeUInt8(type, at + 4);
    disk.writeUInt32LE(first, at + 8);
    disk.writeUInt32LE(count, at + 12);
  }
  disk.writeUInt16LE(0xaa55, sector * 512 + 510);
}

function diskOf(sectors: Readonly<Record<number, readonly Entry[]>>): Buffer {
  const disk = Buffer.alloc(512 * 200);
  for (const [sector, entries] of Object.entries(sectors)) writeSector(disk, Number(sector), entries);
  return disk;
}

async function partitionsOf(disk: Uint8Array): Promise<readonly (readonly unknown[])[] | undefined> {
  const table = await readMbr(memorySource(disk));
  return table?.partitions.map(({ number, type, role, start, size }) => [number, type, role, start, size]);
}

test("primary partitions have their number, type and place", async () => {
  const disk = diskOf({
    0: [
      [0x83, 1, 2],
      [0, 7, 7],
      [0xef, 10, 20],
      [0x07, 30, 1],
    ],
  });
  assert.deepEqual(await partitionsOf(disk), [
    [1, "0x83", "linux-generic", 512, 1024],
    [3, "0xef", "esp", 5120, 10_240],
    [4, "0x07", undefined, 15_360, 512],
  ]);
  const table = await readMbr(memorySource(disk));
  assert.deepEqual([table?.kind, table?.sectorSize, table?.guid], ["mbr", 512, ""]);
});

for (const extended of [0x05, 0x0f, 0x85]) {
  test(`logical partitions are numbered from 5 on, in an extended one of type ${extended.toString(16)}`, async () => {
    const disk = diskOf({
      0: [
        [0x82, 1, 1],
        [extended, 50, 100],
      ],
      50: [
        [0x83, 1, 5],
        [extended, 20, 9],
      ],
      70: [[0xea, 2, 3]],
    });
    assert.deepEqual(await partitionsOf(disk), [
      [1, "0x82", "swap", 512, 512],
      [5, "0x83", "linux-generic", 51 * 512, 5 * 512],
      [6, "0xea", "xbootldr", 72 * 512, 3 * 512],
    ]);
  });
}

test("a chain that leads round ends after 128, and one that leads out of the disk at once", async () => {
  const round = diskOf({
    0: [[0x05, 50, 100]],
    50: [
      [0x83, 1, 5],
      [0x05, 0, 9],
    ],
  });
  const found = await partitionsOf(round);
  assert.deepEqual([found?.length, found?.at(-1)?.[0]], [128, 132]);
  assert.deepEqual(await partitionsOf(diskOf({ 0: [[0x05, 1000, 1]] })), []);
});

test("a protective table, a sector without the mark and a short file have none", async () => {
  assert.equal(await partitionsOf(diskOf({ 0: [[0xee, 1, 100]] })), undefined);
  assert.equal(await partitionsOf(Buffer.alloc(1024)), undefined);
  assert.equal(await partitionsOf(diskOf({ 0: [[0x83, 1, 1]] }).subarray(0, 511)), undefined);
  assert.equal((await partitionsOf(diskOf({ 0: [[0x83, 1, 1]] }).subarray(0, 512)))?.length, 1);
});

test("a first sector is that of a table by its mark, by an entry, and by how entries begin", () => {
  const sector = diskOf({ 0: [[0x83, 1, 1]] });
  assert.equal(hasMbr(sector), true);
  assert.equal(hasMbr(diskOf({ 0: [] })), false);
  for (const [at, value, isOne] of [
    [510, 0, false],
    [511, 0, false],
    [446, 0x80, true],
    [446, 0x81, false],
    [494, 0x01, false],
  ] as const) {
    const other = Buffer.from(sector);
    other[at] = value;
    assert.equal(hasMbr(other), isOne, `${at}: ${value}`);
  }
});
