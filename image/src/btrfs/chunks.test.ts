// Chunks of btrfs: logical addresses are places on the device, and only whole stretches are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addSystemChunks, chunkMap } from "./chunks.ts";

function chunkItem(length: number, start: number, profile = 0, stripes = 1): Buffer {
  const item = Buffer.alloc(48 + 32 * stripes);
  item.writeBigUInt64LE(BigInt(length), 0);
  item.writeUInt32LE(profile, 24);
  item.writeUInt16LE(stripes, 44);
  item.writeBigUInt64LE(BigInt(start), 48 + 8);
  return item;
}

test("an address is as far into its chunk as its place is", () => {
  const chunks = chunkMap();
  chunks.add(1000, chunkItem(100, 5000));
  chunks.add(1100, chunkItem(50, 9000));
  assert.deepEqual([chunks.place(1000, 100), chunks.place(1099, 1), chunks.place(1100, 50)], [5000, 5099, 9000]);
  for (const [logical, length] of [
    [999, 1],
    [1000, 101],
    [1099, 2],
    [1150, 1],
  ] as const) {
    assert.throws(() => chunks.place(logical, length), { kind: "corrupt", message: new RegExp(`address ${logical}`) });
  }
});

test("copies on one device are read, stripes over several are not", () => {
  for (const profile of [8, 64, 128, 256]) {
    assert.throws(() => chunkMap().add(0, chunkItem(1, 0, profile, 2)), { kind: "unsupported" }, String(profile));
    chunkMap().add(0, chunkItem(1, 0, profile, 1));
  }
  for (const profile of [1, 2, 4, 16, 32]) chunkMap().add(0, chunkItem(1, 0, profile, 2));
  assert.throws(() => chunkMap().add(0, chunkItem(1, 0).subarray(0, 79)), { kind: "corrupt" });
});

test("the chunks of the superblock follow each other, each behind its key", () => {
  const key = (offset: number) => {
    const bytes = Buffer.alloc(17);
    bytes.writeBigUInt64LE(BigInt(offset), 9);
    return bytes;
  };
  const bytes = Buffer.concat([key(100), chunkItem(10, 1000, 32, 2), key(200), chunkItem(10, 2000)]);
  const chunks = chunkMap();
  addSystemChunks(chunks, bytes);
  assert.deepEqual([chunks.place(105, 5), chunks.place(200, 10)], [1005, 2000]);
  assert.throws(() => addSystemChunks(chunkMap(), bytes.subarray(0, -1)), { kind: "corrupt", message: /truncated/ });
});
