// The bytes of written images: each field of the superblock, and all bytes of one that is not compressed.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { memorySource } from "../bytes/byte-source.ts";
import { readRecord } from "../bytes/record.ts";
import { compareTrees } from "../tree/compare.ts";
import { type MemoryFiles, memoryTree } from "../tree/memory-tree.ts";
import { openSquashfs } from "./reader.ts";
import { superblockFlags, superblockLayout } from "./superblock.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const superblockOf = (image: Uint8Array) => readRecord(superblockLayout, image, 0, 0);
const bytesOf = (length: number, step = 7) => Uint8Array.from({ length }, (_, i) => (i * step + (i >> 8)) & 0xff);

/** Every type of file in both forms, two metadata blocks of each table, an index in a listing, holes and shared blocks. */
const files: MemoryFiles = {
  usr: { type: "directory", mode: 0o750, mtime: 1_600_000_000 },
  ...Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`usr/many/a-long-name-of-a-file-${i}`, `${i}`])),
  "usr/blocks": { content: bytesOf(9000), mtime: 1_500_000_000 },
  "usr/copy": { content: bytesOf(9000) },
  "usr/one-block": bytesOf(4096, 3),
  "usr/fragment": bytesOf(3000, 11),
  "usr/other-fragment": bytesOf(2500, 13),
  "usr/hole": { content: new Uint8Array(10_000), mode: 0o4755 },
  "usr/link": { target: "blocks" },
  "usr/fifo": { type: "fifo" },
  "usr/socket": { type: "socket" },
  "usr/char": { type: "char", rdev: 0x0103 },
  "usr/block": { type: "block", rdev: 0x0801 },
  ...Object.fromEntries(
    (
      [
        ["file", { content: "x" }],
        ["link", { target: "y" }],
        ["fifo", { type: "fifo" }],
        ["char", { type: "char", rdev: 5 }],
        ["folder", { type: "directory" }],
      ] as const
    ).map(([name, file]) => [
      `usr/with/${name}`,
      { ...file, xattrs: { "user.b": bytesOf(3), "security.a": bytesOf(5), "trusted.c": bytesOf(1) } },
    ]),
  ),
  "usr/with/others": { content: "x", xattrs: { "user.b": bytesOf(4) } },
};

const small: MemoryFiles = { "usr/file": { content: "content", mtime: 1_700_000_000 } };

/** The bytes as the specification has them; only what changes how images are written changes this. */
const golden = "9608fb5c8bb2e02dfcf3de691ab889367a8ce97501acb323f9d56f5a64e6f4de";

test("an image that is not compressed has the same bytes for the same tree, each of them", async () => {
  const image = await buildInMemory(files);
  assert.deepEqual(
    { ...superblockOf(image) },
    {
      magic: 0x73717368,
      inodeCount: 721,
      created: 1_600_000_000,
      blockSize: 4096,
      fragmentCount: 2,
      compressor: 1,
      blockLog: 12,
      flags: 0x84b,
      idCount: 1,
      versionMajor: 4,
      versionMinor: 0,
      rootInode: 1_074_010_732,
      bytesUsed: 67_381,
      idTable: 67_264,
      xattrTable: 67_357,
      inodeTable: 20_683,
      directoryTable: 43_869,
      fragmentTable: 67_250,
      exportTable: 2 ** 64,
    },
  );
  assert.equal(image.length % 4096, 0);
  assert.equal(sha256(image), golden);
});

test("what was written is read again, from each form of inode", async () => {
  const { tree } = await openSquashfs(memorySource(await buildInMemory(files)), {});
  assert.deepEqual(await compareTrees(memoryTree(files), tree, { ignore: ["mtime"] }), []);
  assert.equal((await tree.stat("usr")).mtime, 1_600_000_000);
  assert.equal((await tree.stat("usr/blocks")).mtime, 1_500_000_000);
});

test("a file with several names is stored once, and all of its names lead to it", async () => {
  const tree = memoryTree({ "usr/a": "content", "usr/b": "content", "usr/c": "other" });
  const linked = {
    ...tree,
    stat: async (path: string) => ({ ...(await tree.stat(path)), ...(/[ab]$/.test(path) ? { identity: "1" } : {}) }),
  };
  const found = (await openSquashfs(memorySource(await buildInMemory(linked)), {})).tree;
  const [a, b, c] = await Promise.all(["usr/a", "usr/b", "usr/c"].map((path) => found.stat(path)));
  assert.deepEqual([a?.nlink, b?.nlink, c?.nlink], [2, 2, 1]);
  assert.equal(a?.identity, b?.identity);
});

test("a name of a long folder is found through its index", async () => {
  const names = Array.from({ length: 1800 }, (_, i) => `name-${"x".repeat(40)}-${i}`);
  const image = await buildInMemory(Object.fromEntries(names.map((name) => [`usr/${name}`, name])));
  for (const name of [names[0], names[999], names[1799], names[5]]) {
    const { tree } = await openSquashfs(memorySource(image), {});
    assert.equal(Buffer.from(await tree.read(`usr/${name}`, 0, 99)).toString(), name);
  }
  for (const missing of ["a", "name-", `${names[999]}0`, "zzz"]) {
    const { tree } = await openSquashfs(memorySource(image), {});
    await assert.rejects(tree.stat(`usr/${missing}`), { kind: "io", message: /no such file/ });
  }
});

test("superblocks tell the compression, its options and the size of blocks", async () => {
  const { compressorOptions, duplicatesRemoved, noXattrs } = superblockFlags;
  const { inodesUncompressed, dataUncompressed, fragmentsUncompressed, idsUncompressed } = superblockFlags;
  const plain = inodesUncompressed | dataUncompressed | fragmentsUncompressed | idsUncompressed;
  for (const [plan, compressor, flags] of [
    [{ compression: "none", blockSize: 4096 }, 1, plain],
    [{ compression: "gzip", level: 6, blockSize: 8192 }, 1, compressorOptions],
    [{ compression: "gzip", level: 9, blockSize: 1 << 20 }, 1, 0],
    [{ compression: "zstd", level: 15, blockSize: 131_072 }, 6, 0],
    [{ compression: "zstd", level: 3, blockSize: 65_536 }, 6, compressorOptions],
  ] as const) {
    const found = superblockOf(await buildInMemory(small, plan));
    assert.deepEqual(
      [found.compressor, found.flags, found.blockSize, 2 ** found.blockLog],
      [compressor, flags | duplicatesRemoved | noXattrs, plan.blockSize, plan.blockSize],
    );
  }
});

test("the options of a compressor follow the superblock as a metadata block that is not compressed", async () => {
  const optionsOf = async (compression: "gzip" | "zstd", length: number) =>
    Buffer.from((await buildInMemory(small, { compression, level: 5 })).subarray(96, 96 + length)).toString("hex");
  assert.equal(await optionsOf("gzip", 10), "0880050000000f000000");
  assert.equal(await optionsOf("zstd", 6), "048005000000");
});

test("no time in an image is later than SOURCE_DATE_EPOCH, and the image was created then", async () => {
  const createdWith = async (mtime: number, plan = {}) => {
    const tree = { "usr/file": { content: "", mtime } };
    return superblockOf(await buildInMemory(tree, plan)).created;
  };
  assert.equal(await createdWith(1_700_000_000), 1_700_000_000);
  assert.equal(await createdWith(1_700_000_000, { sourceDateEpoch: 1_800_000_000 }), 1_800_000_000);
  assert.equal(await createdWith(1_700_000_000, { sourceDateEpoch: 1000 }), 1000);
  assert.equal(await createdWith(2 ** 40), 0xffff_ffff);
});
