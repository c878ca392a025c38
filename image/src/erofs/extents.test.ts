// Indexes of compressed files of erofs: full, compact and encoded ones, and what in them is damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { byteWriter } from "../bytes/byte-writer.ts";
import { readExtents } from "./extents.ts";
import type { InodeFacts } from "./inode.ts";
import { incompatibleFeatures, type Superblock } from "./superblock.ts";

const blockSize = 4096;

const superblock: Superblock = {
  ...{ magic: 0xe0f5e1e2, checksum: 0, compatible: 0, blockLog: 12, blockSize, extensions: 0, root: 1, rootNumber: 1 },
  ...{
    inodes: 1,
    epoch: 0,
    blocks: 100,
    metadataBlock: 0,
    xattrBlock: 0,
    incompatible: incompatibleFeatures.fragments,
  },
  ...{
    compressions: ["lz4"],
    devices: 0,
    xattrPrefixCount: 0,
    xattrPrefixStart: 0,
    packed: 77,
    created: 0,
    wideRoot: 0,
  },
};

interface Header {
  readonly fragmentOffset?: number;
  readonly inlineSize?: number;
  readonly advise?: number;
  readonly algorithms?: number;
  readonly clusterLog?: number;
}

interface File extends Header {
  readonly layout?: InodeFacts["layout"];
  readonly size: number;
  /** Where the inode ends. */
  readonly end?: number;
  readonly number?: number;
}

/** Reads the index of a file whose entries behind the header are `entries`. */
function extentsOf({ layout = "compressed-full", size, end = 93, number = 5, ...header }: File, entries: Uint8Array) {
  const { fragmentOffset = 0, inlineSize = 0, advise = 0, algorithms = 0x21, clusterLog = 0 } = header;
  const start = Math.ceil(end / 8) * 8;
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, fragmentOffset, true);
  if (inlineSize > 0) head.setUint16(2, inlineSize, true);
  head.setUint16(4, advise, true);
  head.setUint8(6, algorithms);
  head.setUint8(7, clusterLog);
  const image = byteWriter().zeros(start).bytes(new Uint8Array(head.buffer)).bytes(entries).zeros(64).view().slice();
  const facts = { type: "file", mode: 0, uid: 0, gid: 0, mtime: 0, nlink: 1, dataPlace: 0 } as const;
  const inode: InodeFacts = { ...facts, number, layout, size, xattrStart: end, xattrSize: 0, end };
  return readExtents(memorySource(image), superblock, inode);
}

const PLAIN = 0;
const HEAD1 = 1;
const NONHEAD = 2;
const HEAD2 = 3;

type FullEntry = readonly [kind: number, value: number, block: number];

/** Entries of the full form, behind the 8 bytes that nobody uses. */
function full(...entries: readonly FullEntry[]): Uint8Array {
  const bytes = byteWriter().zeros(8);
  for (const [kind, value, block] of entries) bytes.u16(kind).u16(value).u32(block);
  return bytes.view().slice();
}

test("a full index has an extent for each head, with the compression of its kind", async () => {
  const map = await extentsOf(
    { size: 5 * blockSize - 1 },
    full([HEAD1, 0, 10], [NONHEAD, 0, 1], [HEAD2, 100, 20], [PLAIN, 4095, 30], [HEAD1, blockSize - 1, 40]),
  );
  assert.deepEqual(map, {
    interlaced: false,
    extents: [
      { offset: 0, start: 10 * blockSize, stored: blockSize, algorithm: 1 },
      { offset: 2 * blockSize + 100, start: 20 * blockSize, stored: blockSize, algorithm: 2 },
      { offset: 3 * blockSize + 4095, start: 30 * blockSize, stored: blockSize, algorithm: undefined },
    ],
  });
});

test("what continues a head of big clusters may tell how many blocks are stored", async () => {
  for (const [advise, stored] of [
    [2, 3],
    [4, 1],
    [6, 3],
    [0, 1],
  ] as const) {
    const map = await extentsOf(
      { size: 4 * blockSize, advise },
      full([HEAD1, 0, 10], [NONHEAD, 0, 0x803], [NONHEAD, 0, 0x809], [HEAD1, 5, 20]),
    );
    assert.deepEqual(
      map.extents.map((extent) => extent.stored / blockSize),
      [stored, 1],
      `advise ${advise}`,
    );
  }
  const second = await extentsOf({ size: 2 * blockSize, advise: 4 }, full([HEAD2, 0, 10], [NONHEAD, 0, 0x802]));
  assert.equal(second.extents[0]?.stored, 2 * blockSize);
});

test("entries may be for several blocks of content", async () => {
  const { extents } = await extentsOf(
    { size: 40_000, clusterLog: 2 },
    full([HEAD1, 0, 1], [HEAD1, 16_383, 2], [HEAD1, 1, 3]),
  );
  assert.deepEqual(
    extents.map(({ offset }) => offset),
    [0, 2 * 16_384 - 1, 2 * 16_384 + 1],
  );
});

test("an index that contradicts itself is damage", async () => {
  for (const [message, entries] of [
    [/begins inside an extent/, full([NONHEAD, 0, 1], [HEAD1, 0, 1])],
    [/outside of its cluster/, full([HEAD1, 0, 1], [HEAD1, blockSize, 1])],
    [/does not begin with an extent/, full([HEAD1, 1, 1], [HEAD1, 5, 2])],
  ] as const) {
    await assert.rejects(extentsOf({ size: 2 * blockSize }, entries), { kind: "corrupt", offset: 96, message });
  }
  await assert.rejects(extentsOf({ size: 2 ** 44 }, full()), { kind: "unsupported", message: /too large/ });
});

test("a file's end may stand behind its index or in the packed inode", async () => {
  const index = full([HEAD1, 0, 10], [HEAD1, 5, 20]);
  const inline = await extentsOf({ size: 2 * blockSize, advise: 8, inlineSize: 300 }, index);
  assert.deepEqual(inline.extents[1], { offset: blockSize + 5, start: 96 + 8 + 8 + 16, stored: 300, algorithm: 1 });
  const fragment = await extentsOf({ size: 2 * blockSize, advise: 0x20, fragmentOffset: 0x1234 }, index);
  assert.equal(fragment.extents.length, 1);
  assert.deepEqual(fragment.fragment, { offset: 20 * 2 ** 32 + 0x1234, from: blockSize + 5 });
  const packed = await extentsOf({ size: 2 * blockSize, advise: 0x20, number: 77 }, index);
  assert.deepEqual([packed.extents.length, packed.fragment], [2, undefined]);
  const whole = await extentsOf({ size: 10, clusterLog: 0x80, algorithms: 3, advise: 2, fragmentOffset: 9 }, full());
  assert.deepEqual(whole, { extents: [], interlaced: false, fragment: { offset: 0x3_0002 * 2 ** 32 + 9, from: 0 } });
  assert.equal((await extentsOf({ size: 2 * blockSize, advise: 0x10 }, index)).interlaced, true);
});

/** Packs of the compact form: so many entries of kind and value in `bytes` bytes, the last four of which are the base. */
function pack(
  bytes: number,
  base: number,
  ...entries: readonly (readonly [kind: number, value: number])[]
): Uint8Array {
  const bits = ((bytes - 4) * 8) / entries.length;
  let all = 0n;
  for (const [i, [kind, value]] of entries.entries()) all |= BigInt(value | (kind << 12)) << BigInt(i * bits);
  const packed = Uint8Array.from({ length: bytes - 4 }, (_, i) => Number((all >> BigInt(8 * i)) & 0xffn));
  return byteWriter().bytes(packed).u32(base).view().slice();
}

const compact = { layout: "compressed-compact" } as const;
const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const placesOf = async (...given: Parameters<typeof extentsOf>) =>
  (await extentsOf(...given)).extents.map(({ offset, start }) => [offset, start / blockSize]);

test("compact packs count the blocks of their heads from a base", async () => {
  const index = joined(
    pack(8, 9, [HEAD1, 0], [NONHEAD, 1]),
    pack(8, 19, [HEAD1, 5], [HEAD2, 6]),
    pack(8, 29, [PLAIN, 7], [HEAD1, 0]),
  );
  assert.deepEqual(await placesOf({ ...compact, size: 5 * blockSize }, index), [
    [0, 10],
    [2 * blockSize + 5, 20],
    [3 * blockSize + 6, 21],
    [4 * blockSize + 7, 30],
  ]);
});

test("in packs of big clusters what continues a head tells its blocks, and a head without that has one", async () => {
  const index = joined(
    pack(8, 10, [HEAD1, 0], [NONHEAD, 0x803]),
    pack(8, 20, [HEAD1, 0], [HEAD1, 1]),
    pack(8, 30, [NONHEAD, 0x802], [HEAD1, 2]),
  );
  assert.deepEqual(await placesOf({ ...compact, size: 6 * blockSize, advise: 2 }, index), [
    [0, 10],
    [2 * blockSize, 20],
    [3 * blockSize + 1, 21],
    [5 * blockSize + 2, 32],
  ]);
});

test("short packs begin where they are aligned, and long ones hold the rest", async () => {
  // The index begins at 104, 24 bytes before the next multiple of 32: three long packs.
  const long = (base: number) => pack(8, base, [HEAD1, 0], [NONHEAD, 1]);
  const sixteen = Array.from({ length: 16 }, (_, i) => [i % 2 === 0 ? HEAD1 : NONHEAD, i % 2] as const);
  const index = joined(long(0), long(1), long(2), pack(32, 3, ...sixteen), long(11));
  assert.deepEqual(
    await placesOf({ ...compact, size: 24 * blockSize, advise: 1 }, index),
    Array.from({ length: 12 }, (_, i) => [2 * i * blockSize, i + 1]),
  );
});

/** Records of the encoded form, in a file whose index begins at 96. */
const encoded = (recordLog: number) => ({ layout: "compressed-full", advise: 1 | (recordLog << 1) }) as const;

test("encoded records of four bytes lie one behind the other", async () => {
  const index = byteWriter()
    .u64(50_000)
    .u32(4000 | (1 << 28))
    .u32(300 | (2 << 28))
    .u32(100)
    .view()
    .slice();
  const { extents } = await extentsOf({ ...encoded(0), size: 2 * blockSize + 1 }, index);
  assert.deepEqual(
    extents.map(({ offset, start, stored, algorithm }) => [offset, start, stored, algorithm]),
    [
      [0, 50_000, 4000, 0],
      [blockSize, 54_000, 300, 1],
      [2 * blockSize, 54_300, 100, undefined],
    ],
  );
});

test("encoded records of eight bytes name their places, those of sixteen their offsets as well", async () => {
  const eight = byteWriter()
    .u32(4000 | (1 << 28))
    .u32(70_000)
    .u32(5)
    .u32(60_000)
    .view()
    .slice();
  const short = await extentsOf({ ...encoded(1), size: blockSize + 1 }, eight);
  assert.deepEqual(
    short.extents.map(({ offset, start, stored }) => [offset, start, stored]),
    [
      [0, 70_000, 4000],
      [blockSize, 60_000, 5],
    ],
  );
  const sixteen = byteWriter().zeros(8);
  for (const [stored, low, high, offset] of [
    [4096, 8192, 1, 0],
    [8192, 4096, 0, 9999],
  ] as const) {
    sixteen.u32(stored).u32(low).u32(high).u32(offset);
  }
  const file = { ...encoded(2), size: 20_000, fragmentOffset: 2, algorithms: 0 };
  const long = await extentsOf(file, sixteen.view().slice());
  assert.deepEqual(
    long.extents.map(({ offset, start, stored }) => [offset, start, stored]),
    [
      [0, 2 ** 32 + 8192, 4096],
      [9999, 4096, 8192],
    ],
  );
});

test("encoded records out of order are damage, and too many are not read", async () => {
  const records = (first: number, second: number) => {
    const bytes = byteWriter().zeros(8);
    for (const offset of [first, second]) bytes.u32(1).u32(0).u32(0).u32(offset);
    return bytes.view().slice();
  };
  const file = { ...encoded(2), size: 20_000, fragmentOffset: 2, algorithms: 0 };
  assert.equal((await extentsOf(file, records(0, 1))).extents.length, 2);
  for (const wrong of [records(1, 2), records(0, 0)]) {
    await assert.rejects(extentsOf(file, wrong), { kind: "corrupt", offset: 96, message: /overlap/ });
  }
  assert.equal((await extentsOf(file, records(0, 20_000))).extents.length, 1);
  const many = { ...file, fragmentOffset: (64 << 20) / 16 + 1 };
  for (const file of [many, { ...many, fragmentOffset: 2, algorithms: 1 }]) {
    await assert.rejects(extentsOf(file, records(0, 1)), { kind: "unsupported", message: /too many extents/ });
  }
});

test("encoded extents are interlaced in whole blocks only, and the last one may be a fragment", async () => {
  const index = (stored: number) => byteWriter().u32(stored).u32(8192).u32(77).u32(3).view().slice();
  const file = { ...encoded(1), size: blockSize + 1 };
  const interlaced = async (stored: number) =>
    (await extentsOf({ ...file, size: blockSize, advise: file.advise | 0x10 }, index(stored))).interlaced;
  assert.deepEqual([await interlaced(4096), await interlaced(4095)], [true, false]);
  const { extents, fragment } = await extentsOf({ ...file, advise: file.advise | 0x20 }, index(4096));
  assert.deepEqual([extents.length, fragment], [1, { offset: 77 + 3 * 2 ** 32, from: blockSize }]);
  const own = await extentsOf({ ...file, advise: file.advise | 0x20, number: 77 }, index(4096));
  assert.deepEqual([own.extents.length, own.fragment], [2, undefined]);
});
