// Inodes in all of their forms, from the bytes that the specification gives them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { byteWriter } from "../bytes/byte-writer.ts";
import { fileTypeOf, readInode, readInodeNow } from "./inode-reader.ts";
import { metadataBlocks, metadataReader } from "./metadata-reader.ts";

const place = { block: 0, offset: 4 };

/** A table whose first inode stands at 4: a header with these numbers, then `rest`. */
function tableOf(type: number, rest: readonly (readonly [size: 2 | 4 | 8, value: number])[], text = "") {
  const inode = byteWriter().zeros(4).u16(type).u16(0o107_644).u16(3).u16(4).u32(1_600_000_000).u32(9);
  for (const [size, value] of rest) (size === 2 ? inode.u16 : size === 4 ? inode.u32 : inode.u64)(value);
  inode.bytes(Buffer.from(text)).zeros(8);
  const bytes = byteWriter()
    .zeros(50)
    .u16(inode.length | 0x8000)
    .bytes(inode.view())
    .view()
    .slice();
  const load = metadataBlocks(memorySource(bytes), async () => assert.fail("nothing is compressed"));
  return metadataReader(load, 50, bytes.length);
}

const read = (...table: Parameters<typeof tableOf>) => readInode(tableOf(...table), place);
const facts = { place, mode: 0o7644, uidIndex: 3, gidIndex: 4, mtime: 1_600_000_000, nlink: 1, xattrs: undefined };

test("folders tell where their listing is and how long it is", async () => {
  assert.deepEqual(
    await read(1, [
      [4, 77],
      [4, 5],
      [2, 103],
      [2, 6],
      [4, 2],
    ]),
    {
      type: "directory",
      facts: { ...facts, nlink: 5 },
      listing: { block: 77, offset: 6 },
      listingSize: 100,
      index: { block: 0, offset: 4 + 32 },
      indexCount: 0,
    },
  );
  assert.deepEqual(
    await read(8, [
      [4, 5],
      [4, 100_003],
      [4, 77],
      [4, 2],
      [2, 8],
      [2, 6],
      [4, 11],
    ]),
    {
      type: "directory",
      facts: { ...facts, nlink: 5, xattrs: 11 },
      listing: { block: 77, offset: 6 },
      listingSize: 100_000,
      index: { block: 0, offset: 4 + 40 },
      indexCount: 8,
    },
  );
  const empty = await read(1, [
    [4, 77],
    [4, 5],
    [2, 2],
    [2, 6],
    [4, 2],
  ]);
  assert.equal(empty.type === "directory" && empty.listingSize, 0);
});

test("files tell their size, their first block and their fragment", async () => {
  assert.deepEqual(
    await read(2, [
      [4, 500],
      [4, 7],
      [4, 8],
      [4, 9000],
    ]),
    {
      type: "file",
      facts,
      size: 9000,
      start: 500,
      fragment: 7,
      fragmentOffset: 8,
      blockList: { block: 0, offset: 4 + 32 },
    },
  );
  assert.deepEqual(
    await read(9, [
      [8, 2 ** 40],
      [8, 2 ** 41],
      [8, 0],
      [4, 3],
      [4, 0xffff_ffff],
      [4, 0],
      [4, 0xffff_ffff],
    ]),
    {
      type: "file",
      facts: { ...facts, nlink: 3 },
      size: 2 ** 41,
      start: 2 ** 40,
      fragment: undefined,
      fragmentOffset: 0,
      blockList: { block: 0, offset: 4 + 56 },
    },
  );
  await assert.rejects(
    read(9, [
      [8, 0],
      [8, 2 ** 53],
      [8, 0],
      [4, 1],
      [4, 0],
      [4, 0],
      [4, 0],
    ]),
    {
      kind: "corrupt",
      offset: 50,
      message: /impossible size/,
    },
  );
});

test("symlinks have their target, and attributes behind it", async () => {
  const target = new Uint8Array(Buffer.from("target"));
  assert.deepEqual(
    await read(
      3,
      [
        [4, 2],
        [4, 6],
      ],
      "target",
    ),
    {
      type: "symlink",
      facts: { ...facts, nlink: 2 },
      target,
    },
  );
  assert.deepEqual(
    await read(
      10,
      [
        [4, 2],
        [4, 6],
      ],
      "target\x05\0\0\0",
    ),
    {
      type: "symlink",
      facts: { ...facts, nlink: 2, xattrs: 5 },
      target,
    },
  );
  const long = "x".repeat(8000);
  const inode = await read(
    3,
    [
      [4, 1],
      [4, 8000],
    ],
    long,
  );
  assert.equal(inode.type === "symlink" && inode.target.length, 8000);
  await assert.rejects(
    read(3, [
      [4, 1],
      [4, 65_536],
    ]),
    { message: /target of a symlink has 65536 bytes/, offset: 50 },
  );
  await assert.rejects(
    read(3, [
      [4, 1],
      [4, 65_535],
    ]),
    { message: /outside of their table/ },
  );
});

test("devices have their number; fifos and sockets have none", async () => {
  for (const [type, name] of [
    [4, "block"],
    [5, "char"],
  ] as const) {
    const own = { type: name, rdev: 0x803, facts: { ...facts, nlink: 2 } };
    assert.deepEqual(
      await read(type, [
        [4, 2],
        [4, 0x803],
      ]),
      own,
    );
    assert.deepEqual(
      await read(type + 7, [
        [4, 2],
        [4, 0x803],
        [4, 6],
      ]),
      { ...own, facts: { ...own.facts, xattrs: 6 } },
    );
  }
  for (const [type, name] of [
    [6, "fifo"],
    [7, "socket"],
  ] as const) {
    const own = { type: name, facts: { ...facts, nlink: 2 } };
    assert.deepEqual(await read(type, [[4, 2]]), own);
    assert.deepEqual(
      await read(type + 7, [
        [4, 2],
        [4, 6],
      ]),
      { ...own, facts: { ...own.facts, xattrs: 6 } },
    );
  }
});

test("other types are damage", async () => {
  for (const type of [0, 15]) {
    await assert.rejects(read(type, []), { kind: "corrupt", offset: 50, message: RegExp(`type ${type}$`) });
  }
  assert.deepEqual([fileTypeOf(1), fileTypeOf(7), fileTypeOf(8)], ["directory", "socket", undefined]);
});

test("an inode is told at once when its block is there", async () => {
  const table = tableOf(6, [[4, 1]]);
  assert.equal(readInodeNow(table, place), undefined);
  const inode = await readInode(table, place);
  assert.deepEqual(readInodeNow(table, place), inode);
});
