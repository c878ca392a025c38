// Inodes of ext file systems: where the table of a group lies, and what each field means.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { inodeFlags, readInode, refuseEncrypted } from "./inode.ts";
import { features, parseSuperblock, type Superblock } from "./superblock.ts";

const blockSize = 1024;
const blocks = 400;

const parsed = (() => {
  const bytes = Buffer.alloc(1024);
  for (const [at, value] of [
    [0, 99],
    [4, blocks],
    [32, 8192],
    [40, 64],
    [76, 1],
    [96, 0x42],
  ] as const) {
    bytes.writeUInt32LE(value, at);
  }
  bytes.writeUInt16LE(0xef53, 56);
  bytes.writeUInt16LE(256, 88);
  return parseSuperblock(bytes, blocks * blockSize);
})();
/** Ten inodes a group, of which the descriptors begin in block 2. */
const superblock: Superblock = {
  ...parsed,
  ...{ inodes: 1000, inodesPerGroup: 10, bytesPerInode: 256, blockSize, groupDescriptorSize: 32, firstBlock: 1 },
  ...{ incompatible: 0, readOnlyCompatible: 1, blocksPerGroup: 8, firstMetaGroup: 1 },
};

type Fields = readonly (readonly [at: number, size: 2 | 4, value: number])[];

const usual: Fields = [
  [0, 2, 0o104_755],
  [2, 2, 1000],
  [4, 4, 5000],
  [16, 4, 1_600_000_000],
  [24, 2, 1001],
  [26, 2, 3],
  [28, 4, 16],
  [32, 4, 0x8_0000],
  [40, 4, 0x1234],
  [104, 4, 77],
];

/** Reads an inode whose table the descriptor at `descriptor` names to be in block 50, where it has such fields. */
function read(
  fields: Fields,
  {
    number = 3,
    descriptor = 2048,
    table = 50,
    at = 50 * blockSize + 512,
    ...changed
  }: Partial<Superblock> & { number?: number; descriptor?: number; table?: number; at?: number } = {},
) {
  const image = Buffer.alloc(blocks * blockSize);
  image.writeUInt32LE(table, descriptor + 8);
  for (const [offset, size, value] of fields) {
    if (size === 2) image.writeUInt16LE(value, at + offset);
    else image.writeUInt32LE(value, at + offset);
  }
  return readInode(memorySource(image), { ...superblock, ...changed }, number);
}

test("an inode is read field by field", async () => {
  const { map, ownXattrs, ...facts } = await read(usual);
  assert.deepEqual(facts, {
    ...{ number: 3, type: "file", mode: 0o4755, uid: 1000, gid: 1001, size: 5000, mtime: 1_600_000_000, nlink: 3 },
    ...{ flags: inodeFlags.extents, stored: 16 * 512, xattrBlock: 77, position: 50 * blockSize + 512 },
  });
  assert.deepEqual([map.length, map[0], map[1], ownXattrs.length], [60, 0x34, 0x12, 128]);
});

test("high halves stand apart, and a size has one in files and folders only", async () => {
  const high: Fields = [
    [108, 4, 2],
    [116, 2, 1],
    [118, 2, 3],
    [120, 2, 4],
    [122, 2, 5],
  ];
  const facts = await read([...usual, ...high]);
  assert.deepEqual(
    [facts.size, facts.stored, facts.xattrBlock, facts.uid, facts.gid],
    [2 * 2 ** 32 + 5000, (2 ** 32 + 16) * 512, 3 * 2 ** 32 + 77, 4 * 65_536 + 1000, 5 * 65_536 + 1001],
  );
  assert.equal((await read([...usual, ...high, [0, 2, 0o040_755]])).size, 2 * 2 ** 32 + 5000);
  assert.equal((await read([...usual, ...high, [0, 2, 0o120_777]])).size, 5000);
  assert.equal((await read([...usual, [32, 4, inodeFlags.huge]])).stored, 16 * blockSize);
});

test("times go on behind 2038 where the inode has room for it", async () => {
  const before: Fields = [...usual, [16, 4, 0xffff_ffff], [136, 4, 0xffff_fffd]];
  const after = (size: number) => read([...before, [128, 2, size]]);
  assert.equal((await after(12)).mtime, -1 + 2 ** 32);
  assert.equal((await after(11)).mtime, -1);
  assert.equal((await read([...before, [128, 2, 12]], { bytesPerInode: 128, at: 50 * blockSize + 256 })).mtime, -1);
  assert.equal((await after(32)).ownXattrs.length, 96);
  assert.equal((await after(500)).ownXattrs.length, 0);
});

test("each group has its table", async () => {
  const first = { table: 60, at: 60 * blockSize };
  assert.equal((await read(usual, { ...first, number: 11, descriptor: 2048 + 32 })).number, 11);
  assert.equal((await read(usual, { ...first, number: 331, descriptor: 3072 + 32 })).position, 60 * blockSize);
  const wide = { groupDescriptorSize: 64 };
  assert.equal((await read(usual, { ...first, ...wide, number: 171, descriptor: 3072 + 64 })).number, 171);
  const at = (number: number) => read(usual, { number });
  await assert.rejects(at(0), { kind: "corrupt", message: /no inode 0$/ });
  await assert.rejects(at(1001), { kind: "corrupt", message: /no inode 1001$/ });
  await assert.rejects(read(usual, { table: blocks }), {
    kind: "corrupt",
    offset: 2048,
    message: /outside of the image/,
  });
  await assert.rejects(read(usual, { table: blocks - 1 }), { kind: "corrupt", message: /^(?!.*inode table)/ });
});

test("groups of groups hold their descriptors themselves, behind a copy of the superblock where there is one", async () => {
  const metaGroups = { incompatible: features.metaGroups, table: 60, at: 60 * blockSize };
  const groups = { ...metaGroups, inodes: 10_000 };
  // 32 descriptors are a block; the group of the first one has `blocksPerGroup` blocks.
  const inGroup = (group: number, descriptor: number, more: Partial<Superblock> = {}) =>
    read(usual, { ...groups, number: group * 10 + 1, descriptor, ...more });
  assert.equal((await inGroup(1, 2048 + 32)).nlink, 3);
  assert.equal((await inGroup(32, (32 * 8 + 1) * blockSize)).nlink, 3);
  assert.equal((await inGroup(33, (32 * 8 + 1) * blockSize + 32)).nlink, 3);
  assert.equal((await inGroup(32, (32 * 8 + 2) * blockSize, { readOnlyCompatible: 0 })).nlink, 3);
  assert.equal((await inGroup(32, 3072, { firstMetaGroup: 2 })).nlink, 3);
  // Of a descriptor a block each group is a group of groups: 9 is a power of 3, 25 of 5, 15 of none.
  const single = { groupDescriptorSize: blockSize, blocksPerGroup: 8 };
  for (const [group, copies] of [
    [1, 1],
    [3, 1],
    [9, 1],
    [25, 1],
    [7, 1],
    [15, 0],
    [8, 0],
    [2, 0],
  ] as const) {
    assert.equal((await inGroup(group, (group * 8 + 1 + copies) * blockSize, single)).nlink, 3, `group ${group}`);
  }
});

test("encrypted files are refused", async () => {
  const plain = await read(usual);
  refuseEncrypted(plain);
  assert.throws(() => refuseEncrypted({ ...plain, flags: inodeFlags.encrypted }), {
    kind: "unsupported",
    offset: plain.position,
  });
});
