// Listings of folders: what is written is read again, long ones have an index, and what no folder can hold is damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { type ByteWriter, byteWriter } from "../bytes/byte-writer.ts";
import { findEntry, readDirectory } from "./directory.ts";
import { type ListingEntry, writeListing } from "./directory-writer.ts";
import type { DirectoryInode } from "./inode-reader.ts";
import { metadataBlocks, metadataReader } from "./metadata-reader.ts";
import { metadataWriter } from "./metadata-writer.ts";

const tables = () => metadataWriter((block) => ({ bytes: block.slice(), length: -block.length }));

function readerOf(writer: ReturnType<typeof tables>) {
  const { bytes } = writer.finish();
  const load = metadataBlocks(memorySource(bytes), async () => assert.fail("nothing is compressed"));
  return metadataReader(load, 0, bytes.length);
}

const start = { block: 0, offset: 0 };
const noFacts = { place: start, mode: 0, uidIndex: 0, gidIndex: 0, mtime: 0, nlink: 2, xattrs: undefined };

function folderOf(listingSize: number, fields: Partial<DirectoryInode> = {}): DirectoryInode {
  return { type: "directory", facts: noFacts, listing: start, listingSize, index: start, indexCount: 0, ...fields };
}

function entryOf(name: string, number: number, fields: Partial<ListingEntry> = {}): ListingEntry {
  return { name, type: 2, inode: { block: 0, offset: number * 8 }, inodeNumber: number, ...fields };
}

/** The runs of a listing as numbers: how many entries, the block of their inodes, and the first one's number. */
async function runsOf(entries: readonly ListingEntry[]) {
  const writer = tables();
  const { length } = writeListing(writer, entries);
  const { bytes } = await readerOf(writer).read(start, length);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const runs: number[][] = [];
  for (let at = 0; at < length; ) {
    const count = view.getUint32(at, true) + 1;
    runs.push([count, view.getUint32(at + 4, true), view.getUint32(at + 8, true)]);
    at += 12;
    for (let i = 0; i < count; i++) at += 8 + view.getUint16(at + 6, true) + 1;
  }
  return runs;
}

test("a listing is runs of entries, each with its inode and the number of its type", async () => {
  const writer = tables();
  writer.write(new Uint8Array(5));
  const { at, length, index } = writeListing(writer, [
    entryOf("a", 7),
    entryOf("bc", 5, { type: 1, inode: { block: 0, offset: 0x1234 } }),
  ]);
  assert.deepEqual([at, length, index], [{ block: 0, offset: 5 }, 12 + 9 + 10, []]);
  const { bytes } = await readerOf(writer).read(at, length);
  const expected = ["01000000 00000000 07000000", "3800 0000 0200 0000 61", "3412 feff 0100 0100 6263"];
  assert.equal(Buffer.from(bytes).toString("hex"), expected.join("").replaceAll(" ", ""));
});

test("a run ends after 256 entries, with the block of its inodes, and where numbers are too far from its first", async () => {
  const many = Array.from({ length: 600 }, (_, i) => entryOf(`${i}`.padStart(3, "0"), i + 1));
  assert.deepEqual(await runsOf(many), [
    [256, 0, 1],
    [256, 0, 257],
    [88, 0, 513],
  ]);
  const other = { inode: { block: 8194, offset: 0 } };
  assert.deepEqual(await runsOf([entryOf("a", 1), entryOf("b", 2, other), entryOf("c", 3, other)]), [
    [1, 0, 1],
    [2, 8194, 2],
  ]);
  const far = (number: number) => runsOf([entryOf("a", 40_000), entryOf("b", number)]);
  assert.deepEqual(await far(40_000 + 0x7fff), [[2, 0, 40_000]]);
  assert.deepEqual(await far(40_000 - 0x7fff), [[2, 0, 40_000]]);
  assert.equal((await far(40_000 + 0x8000)).length, 2);
  assert.equal((await far(40_000 - 0x8000)).length, 2);
});

test("names have up to 256 bytes", async () => {
  const written = (name: string) => {
    const writer = tables();
    const { length } = writeListing(writer, [entryOf(name, 1)]);
    return readDirectory(readerOf(writer), folderOf(length));
  };
  assert.ok((await written("ü".repeat(128))).has("ü".repeat(128)));
  assert.throws(() => writeListing(tables(), [entryOf("x".repeat(257), 1)]), {
    kind: "unsupported",
    message: /longer than the 256 bytes/,
  });
});

const names = Array.from({ length: 1500 }, (_, i) => `name-${String(i).padStart(4, "0")}-of-a-folder`);

/** A long folder in whose table something else comes first, and the table with its index. */
function longFolder() {
  const directories = tables();
  directories.write(new Uint8Array(1000));
  const listing = writeListing(
    directories,
    names.map((name, i) => entryOf(name, i + 1)),
  );
  const inodes = tables();
  for (const { listingOffset, block, firstName } of listing.index) {
    const { u32 } = byteWriter();
    inodes.write(
      u32(listingOffset)
        .u32(block)
        .u32(firstName.length - 1)
        .bytes(firstName)
        .view()
        .slice(),
    );
  }
  const folder = folderOf(listing.length, { listing: listing.at, indexCount: listing.index.length });
  return { listing, folder, directories: readerOf(directories), inodes: readerOf(inodes) };
}

test("a listing gets an entry of an index for each 8 KiB", () => {
  const { listing } = longFolder();
  const found = listing.index.map(({ listingOffset, block, firstName }) => [
    listingOffset,
    block,
    Buffer.from(firstName).toString(),
  ]);
  const run = 12 + 256 * (8 + 21);
  assert.deepEqual(found, [
    [2 * run, 8194, names[512]],
    [4 * run, 3 * 8194, names[1024]],
  ]);
});

test("a run that begins right behind 8 KiB is in the index", () => {
  const lengths = [12, ...Array.from({ length: 255 }, () => 24), 5];
  const entries = lengths.map((length, i) => entryOf(String(i).padStart(4, "0").padEnd(length, "x"), i + 1));
  const { index } = writeListing(tables(), entries);
  assert.deepEqual(
    index.map(({ listingOffset }) => listingOffset),
    [8192],
  );
});

test("long folders are read whole, in order, and searched through their index", async () => {
  const { folder, directories, inodes } = longFolder();
  const all = await readDirectory(directories, folder);
  assert.deepEqual([...all.keys()], names);
  for (const i of [0, 1, 255, 256, 511, 512, 513, 1024, 1499]) {
    const expected = { name: names[i], type: "file", inode: { block: 0, offset: (i + 1) * 8 } };
    assert.deepEqual(await findEntry(inodes, directories, folder, names[i] ?? ""), expected);
    assert.deepEqual(all.get(names[i] ?? ""), expected);
  }
  for (const missing of ["a", `${names[512]}x`, "z", "name-0512"]) {
    assert.equal(await findEntry(inodes, directories, folder, missing), undefined);
  }
});

test("a search reads nothing of the listing before the place that the index names", async () => {
  const { folder, inodes } = longFolder();
  const asked: number[] = [];
  const { directories } = longFolder();
  const counting = {
    ...directories,
    read(...[position, length]: Parameters<typeof directories.read>) {
      asked.push(position.block);
      return directories.read(position, length);
    },
  };
  await findEntry(inodes, counting, folder, names[1024] ?? "");
  assert.equal(Math.min(...asked), 3 * 8194);
});

test("an index that leads out of its folder is damage", async () => {
  const { directories, folder } = longFolder();
  const search = (listingOffset: number, nameLength: number) => {
    const inodes = tables();
    inodes.write(byteWriter().u32(listingOffset).u32(0).u32(nameLength).zeros(300).view().slice());
    return findEntry(readerOf(inodes), directories, { ...folder, indexCount: 1 }, "zzz");
  };
  await assert.rejects(search(folder.listingSize + 1, 3), { kind: "corrupt", message: /index of a folder/, offset: 0 });
  await assert.rejects(search(0, 256), { kind: "corrupt", message: /index of a folder/ });
  assert.equal(await search(folder.listingSize, 3), undefined);
});

/** Reads a listing that `write` writes byte by byte. */
function listed(write: (bytes: ByteWriter) => ByteWriter, size?: number) {
  const bytes = write(byteWriter()).view().slice();
  const writer = tables();
  writer.write(Buffer.concat([bytes, Buffer.alloc(20)]));
  return readDirectory(readerOf(writer), folderOf(size ?? bytes.length));
}

const run = (bytes: ByteWriter, count: number) => bytes.u32(count).u32(0).u32(1);
const entry = (bytes: ByteWriter, name: string, type = 2, length = name.length - 1) =>
  bytes.u16(0).u16(0).u16(type).u16(length).bytes(Buffer.from(name));

test("what no folder can hold is damage that says what", async () => {
  assert.deepEqual([...(await listed((bytes) => entry(run(bytes, 0), "a"))).keys()], ["a"]);
  assert.equal((await listed((bytes) => bytes)).size, 0);
  for (const [message, listing] of [
    [/run of a folder has 257 entries/, (bytes) => run(bytes, 256)],
    [/ends inside an entry/, (bytes) => run(bytes, 0).zeros(7)],
    [/name in a folder is too long/, (bytes) => entry(run(bytes, 0), "a", 2, 1)],
    [/name in a folder is too long/, (bytes) => entry(run(bytes, 0), "a".repeat(257))],
    [/the name "a" twice/, (bytes) => entry(entry(run(bytes, 1), "a"), "a")],
    [/not sorted at "a"/, (bytes) => entry(entry(run(bytes, 1), "b"), "a")],
    [/not sorted at "a"/, (bytes) => entry(run(entry(run(bytes, 0), "b"), 0), "a")],
    [/entry of a folder has the type 8/, (bytes) => entry(run(bytes, 0), "a", 8)],
    [/"\.\."/, (bytes) => entry(run(bytes, 0), "..")],
    [/"a\/b"/, (bytes) => entry(run(bytes, 0), "a/b")],
  ] as const satisfies readonly (readonly [RegExp, (bytes: ByteWriter) => ByteWriter])[]) {
    await assert.rejects(listed(listing), { kind: "corrupt", message, offset: 0 });
  }
});
