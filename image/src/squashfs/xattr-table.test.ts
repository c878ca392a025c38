// Extended attributes of squashfs: lists that files share, values that lists share, and lists that are damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { byteWriter } from "../bytes/byte-writer.ts";
import type { ScannedNode } from "../tree/scan.ts";
import { metadataBlocks } from "./metadata-reader.ts";
import { lookupTable, metadataWriter } from "./metadata-writer.ts";
import { NO_TABLE, parseSuperblock, superblockLayout } from "./superblock.ts";
import { xattrTable } from "./xattr-table.ts";
import { xattrWriter } from "./xattr-writer.ts";

const encode = (block: Uint8Array) => ({ bytes: block.slice(), length: -block.length });
const start = 200;

/** Reads the lists of an image whose attributes stand at 200 and are described at `header`. */
function readerOf(table: Uint8Array, header: number) {
  const image = new Uint8Array(start + table.length);
  image.set(table, start);
  const none = { inodeTable: 96, directoryTable: 96, fragmentTable: NO_TABLE, exportTable: NO_TABLE, idTable: 96 };
  const fields = {
    ...{ magic: 0x73717368, inodeCount: 1, created: 0, blockSize: 4096, fragmentCount: 0, compressor: 1, blockLog: 12 },
    ...{ flags: 0, idCount: 1, versionMajor: 4, versionMinor: 0, rootInode: 0, bytesUsed: image.length },
  };
  const superblock = byteWriter()
    .record(superblockLayout, { ...fields, ...none, xattrTable: header })
    .view();
  const source = memorySource(image);
  const load = metadataBlocks(source, async () => assert.fail("nothing is compressed"));
  return xattrTable(source, load, parseSuperblock(superblock, image.length));
}

function nodeOf(xattrs: Readonly<Record<string, string>>): ScannedNode {
  const values = Object.entries(xattrs).map(([name, value]) => [name, new Uint8Array(Buffer.from(value))] as const);
  const facts = { parent: undefined, name: "file", type: "file", mode: 0, size: 0, mtime: 0, rdev: 0 } as const;
  return { ...facts, names: 1, target: "", entries: [], xattrs: new Map(values) };
}

const textOf = (found: ReadonlyMap<string, Uint8Array>) =>
  Array.from(found, ([name, value]) => `${name}=${Buffer.from(value)}`).join(" ");

test("equal attributes are one list, whatever their order, and all are read again", async () => {
  const writer = xattrWriter(encode);
  const numbers = [
    nodeOf({ "user.b": "1", "security.a": "22" }),
    nodeOf({ "trusted.empty": "" }),
    nodeOf({ "security.a": "22", "user.b": "1" }),
    nodeOf({}),
    nodeOf({ "user.b": "2" }),
  ].map(writer.add);
  assert.deepEqual(numbers, [0, 1, 0, 0xffff_ffff, 2]);
  const { bytes, header } = writer.finish(start) ?? assert.fail("there is a table");
  const read = readerOf(bytes, header);
  assert.deepEqual(await Promise.all([0, 1, 2].map(async (list) => textOf(await read(list)))), [
    "security.a=22 user.b=1",
    "trusted.empty=",
    "user.b=2",
  ]);
  await assert.rejects(read(3), { kind: "corrupt", message: /attribute list 3 is used, and there are 3/ });
});

test("a table is names and values, the lists, the header, and where the lists are", () => {
  const writer = xattrWriter(encode);
  writer.add(nodeOf({ "security.a": "xyz", "user.bc": "" }));
  const { bytes, header } = writer.finish(start) ?? assert.fail("there is a table");
  const parts = [
    ["1680", "0200 0100 61 03000000 78797a", "0000 0200 6263 00000000"],
    ["1080", "0000000000000000 02000000 16000000"],
    ["c800000000000000 01000000 00000000", "e000000000000000"],
  ];
  assert.equal(Buffer.from(bytes).toString("hex"), parts.flat().join("").replaceAll(" ", ""));
  assert.equal(header, start + 24 + 18);
});

test("nobody has attributes, or one that squashfs cannot hold", () => {
  assert.equal(xattrWriter(encode).finish(start), undefined);
  assert.throws(() => xattrWriter(encode).add(nodeOf({ "system.x": "1" })), {
    kind: "unsupported",
    message: 'squashfs cannot hold the attribute "system.x" of "file", only those of "user.", "trusted.", "security."',
  });
});

interface Pair {
  readonly type?: number;
  readonly name?: string;
  readonly nameLength?: number;
  readonly value?: Uint8Array;
  readonly valueLength?: number;
}

/** Reads the only list of a table of such pairs. */
function listOf(pairs: readonly Pair[], count = pairs.length) {
  const record = byteWriter();
  for (const { type = 0, name = "a", nameLength = name.length, value = new Uint8Array(0), valueLength } of pairs) {
    record.u16(type).u16(nameLength).bytes(Buffer.from(name));
    record.u32(valueLength ?? value.length).bytes(value);
  }
  const writer = metadataWriter(encode);
  writer.write(record.view());
  const stored = writer.finish().bytes;
  const at = start + stored.length;
  const { bytes, index } = lookupTable(byteWriter().u64(0).u32(count).u32(1).view(), at, encode);
  const blocks = bytes.subarray(0, index - at);
  const header = byteWriter()
    .u64(start)
    .u32(1)
    .u32(0)
    .bytes(bytes.subarray(index - at))
    .view();
  return readerOf(Buffer.concat([stored, blocks, header]), index)(0);
}

test("a value may stand elsewhere", async () => {
  const value = Buffer.alloc(8);
  value.writeUInt32LE(5);
  const first = { name: "a", value: Buffer.from("shared") };
  assert.equal(textOf(await listOf([first, { type: 0x101, name: "b", value }])), "user.a=shared trusted.b=shared");
});

test("attributes that no file can have are damage", async () => {
  assert.equal((await listOf([{ name: "n".repeat(255), value: new Uint8Array(65_536) }])).size, 1);
  for (const [message, pairs, count] of [
    [/the kind 3/, [{ type: 3 }]],
    [/name of an extended attribute/, [{ name: "" }]],
    [/name of an extended attribute/, [{ name: "n".repeat(256) }]],
    [/has 65537 bytes/, [{ valueLength: 65_537 }]],
    [/has 10923 extended attributes/, [], 10_923],
    [/name of an extended attribute is too long/, [], 10_922],
  ] as const) {
    await assert.rejects(listOf(pairs, count), { kind: "corrupt", message });
  }
  await assert.rejects(readerOf(new Uint8Array(10), NO_TABLE)(0), { kind: "corrupt", message: /no table/ });
});

test("a file has at most 16 MiB of attributes", async () => {
  const all = (count: number) =>
    listOf(Array.from({ length: count }, (_, i) => ({ name: `a${i}`, value: new Uint8Array(65_536) })));
  assert.equal((await all(256)).size, 256);
  await assert.rejects(all(257), { kind: "unsupported", message: /more than 16 MiB/ });
});
