// Inodes of erofs in both forms, and the extended attributes beside them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { byteWriter } from "../bytes/byte-writer.ts";
import { inodePosition, NO_BLOCK, readInode } from "./inode.ts";
import type { Superblock } from "./superblock.ts";
import { readOwnPrefixes, readXattrs } from "./xattrs.ts";

const superblock: Superblock = {
  ...{
    magic: 0xe0f5e1e2,
    checksum: 0,
    compatible: 0,
    blockLog: 9,
    blockSize: 512,
    extensions: 0,
    root: 1,
    rootNumber: 1,
  },
  ...{ inodes: 1, epoch: 1_000_000, blocks: 100, metadataBlock: 1, xattrBlock: 2, incompatible: 0, devices: 0 },
  ...{ compressions: [], xattrPrefixCount: 0, xattrPrefixStart: 0, packed: 0, created: 0, wideRoot: 0 },
};

/** An image with an inode of number 2, which stands at 576. */
const imageOf = (inode: Uint8Array, room = 64) => byteWriter().zeros(576).bytes(inode).zeros(room).view().slice();
const read = (inode: Uint8Array, room?: number) => readInode(memorySource(imageOf(inode, room)), superblock, 2);

const compact = (format: number, mode: number, xattrs = 0, nlink = 7) =>
  byteWriter()
    .u16(format)
    .u16(xattrs)
    .u16(mode)
    .u16(nlink)
    .u32(1234)
    .u32(50)
    .u32(9)
    .u32(0)
    .u16(1)
    .u16(2)
    .u32(0)
    .view()
    .slice();

function extended(format: number, { xattrs = 0, placeHigh = 0, place = 9, mtime = 0n } = {}): Uint8Array {
  const bytes = byteWriter()
    .u16(format)
    .u16(xattrs)
    .u16(0o100_644)
    .u16(placeHigh)
    .u64(2 ** 33)
    .u32(place)
    .u32(0);
  bytes
    .u32(70_000)
    .u32(80_000)
    .u32(Number(mtime & 0xffff_ffffn))
    .u32(Number((mtime >> 32n) & 0xffff_ffffn));
  return bytes.u32(0).u32(70_001).zeros(16).view().slice();
}

const common = { number: 2, xattrSize: 0, dataPlace: 9 };

test("compact inodes count their time from the epoch of the image", async () => {
  assert.deepEqual(await read(compact(0, 0o104_755), 0), {
    ...{
      ...common,
      type: "file",
      mode: 0o4755,
      uid: 1,
      gid: 2,
      size: 1234,
      mtime: 1_000_050,
      nlink: 7,
      layout: "plain",
    },
    ...{ xattrStart: 576 + 32, end: 576 + 32 },
  });
  assert.equal((await read(compact(0x10, 0o100_644))).nlink, 1);
  assert.equal((await read(compact(0x10, 0o040_755))).nlink, 7);
});

test("extended inodes have wide numbers and a time of their own", async () => {
  assert.deepEqual(await read(extended(1, { mtime: 1_600_000_000n }), 0), {
    ...{ ...common, type: "file", mode: 0o644, uid: 70_000, gid: 80_000, size: 2 ** 33, mtime: 1_600_000_000 },
    ...{ nlink: 70_001, layout: "plain", xattrStart: 576 + 64, end: 576 + 64 },
  });
  assert.equal((await read(extended(1, { mtime: -5n }))).mtime, -5);
  assert.equal((await read(extended(1, { placeHigh: 2 }))).dataPlace, 2 * 2 ** 32 + 9);
  assert.equal((await read(extended(1, { placeHigh: 0xffff, place: 0xffff_ffff }))).dataPlace, NO_BLOCK);
});

test("the format tells the layout of data, and attributes stand between inode and data", async () => {
  const layouts = await Promise.all(
    [0, 1, 2, 3, 4].map(async (layout) => (await read(compact(layout << 1, 0o100_644))).layout),
  );
  assert.deepEqual(layouts, ["plain", "compressed-full", "inline", "compressed-compact", "chunks"]);
  const sizeOf = async (count: number) => {
    const { xattrSize, end, xattrStart } = await read(compact(0, 0o100_644, count));
    assert.equal(end, xattrStart + xattrSize);
    return xattrSize;
  };
  assert.deepEqual([await sizeOf(0), await sizeOf(1), await sizeOf(4)], [0, 12, 24]);
});

test("inodes that are not there, or in unknown forms, are told", async () => {
  for (const format of [0x20, 5 << 1]) {
    await assert.rejects(read(compact(format, 0o100_644)), {
      kind: "unsupported",
      offset: 576,
      message: `an inode has the unknown format 0x${format.toString(16)}`,
    });
  }
  const source = memorySource(imageOf(compact(0, 0o100_644), 0));
  await assert.rejects(readInode(source, superblock, 3), { kind: "corrupt", message: /no inode 3$/ });
  await assert.rejects(readInode(source, superblock, 2 ** 60), { kind: "corrupt", message: /no inode/ });
  assert.equal(inodePosition(superblock, 3), 512 + 96);
});

const pairOf = (prefix: number, name: string, value: string) =>
  byteWriter()
    .u16(name.length | (prefix << 8))
    .u16(value.length)
    .bytes(Buffer.from(name + value))
    .view()
    .slice();
const padded = (bytes: Uint8Array) =>
  byteWriter()
    .bytes(bytes)
    .zeros(-bytes.length & 3)
    .view()
    .slice();

/** The attributes of an inode with these beside it and those shared, which stand from block 2 on. */
async function xattrsOf(
  own: readonly Uint8Array[],
  shared: readonly [place: number, pair: Uint8Array][] = [],
  size?: number,
) {
  const area = byteWriter().u32(0).u16(shared.length).zeros(6);
  for (const [place] of shared) area.u32(place);
  for (const pair of own) area.bytes(padded(pair));
  const image = new Uint8Array(2048);
  image.set(area.view(), 100);
  for (const [place, pair] of shared) image.set(pair, 1024 + place * 4);
  const facts = { ...(await read(compact(0, 0o100_644))), xattrStart: 100, xattrSize: size ?? area.length };
  const found = await readXattrs(memorySource(image), superblock, facts, async () => ["user.own.", "trusted.own."]);
  return Object.fromEntries(Array.from(found, ([name, value]) => [name, Buffer.from(value).toString()]));
}

test("attributes stand beside the inode and in the shared table, with prefixes by number", async () => {
  const own = [1, 4, 5, 6].map((prefix) => pairOf(prefix, `n${prefix}`, "v"));
  const found = await xattrsOf(
    [...own, pairOf(2, "", "acl"), pairOf(3, "", "d"), pairOf(0x81, "x", "12345")],
    [
      [0, pairOf(1, "shared", "first")],
      [7, pairOf(0x80, "", "second")],
    ],
  );
  assert.deepEqual(found, {
    "user.shared": "first",
    "user.own.": "second",
    "user.n1": "v",
    "trusted.n4": "v",
    "lustre.n5": "v",
    "security.n6": "v",
    "system.posix_acl_access": "acl",
    "system.posix_acl_default": "d",
    "trusted.own.x": "12345",
  });
  assert.deepEqual(await xattrsOf([], [], 0), {});
  assert.deepEqual(await xattrsOf([pairOf(1, "a", "1"), Uint8Array.of(0, 0, 0, 0), pairOf(1, "b", "2")]), {
    "user.a": "1",
  });
});

test("attributes without room or with an unknown prefix are damage", async () => {
  await assert.rejects(xattrsOf([], [[0, pairOf(1, "a", "")]], 15), {
    kind: "corrupt",
    offset: 100,
    message: /more extended/,
  });
  await assert.rejects(xattrsOf([pairOf(1, "a", "12345")], [], 20), {
    kind: "corrupt",
    offset: 112,
    message: /longer than/,
  });
  for (const prefix of [7, 0x82]) {
    const message = RegExp(`unknown name prefix ${prefix}$`);
    await assert.rejects(xattrsOf([pairOf(prefix, "a", "1")]), { kind: "corrupt", offset: 112, message });
  }
});

test("an image's own prefixes are a base and what follows it", async () => {
  const table = byteWriter().zeros(10);
  for (const [base, rest] of [
    [1, "first."],
    [4, ""],
    [6, "abc"],
  ] as const) {
    table.bytes(
      padded(
        byteWriter()
          .u16(rest.length + 1)
          .bytes(Buffer.from([base, ...Buffer.from(rest)]))
          .view()
          .slice(),
      ),
    );
  }
  const bytes = table.view().slice();
  const prefixes = (count: number, of = bytes) =>
    readOwnPrefixes(count, 10, async (offset, length) => of.subarray(offset, offset + length));
  assert.deepEqual(await prefixes(3), ["user.first.", "trusted.", "security.abc"]);
  assert.deepEqual(await prefixes(0), []);
  await assert.rejects(prefixes(1, bytes.slice().fill(0, 10, 11)), { kind: "corrupt", offset: 10, message: /empty/ });
  await assert.rejects(prefixes(1, bytes.slice().fill(9, 12, 13)), {
    kind: "corrupt",
    offset: 10,
    message: /unknown base/,
  });
});
