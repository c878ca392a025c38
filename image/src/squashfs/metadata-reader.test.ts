// Metadata blocks: how streams of records are cut into them, and how records are read across their borders.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync, inflateSync } from "node:zlib";
import { type ByteSource, memorySource } from "../bytes/byte-source.ts";
import { storeBlock } from "../codec/block-encoder.ts";
import type { UnpackBlock } from "./block-unpacker.ts";
import { type LookupTable, readTableRecord } from "./lookup-table.ts";
import { bytesOf, metadataBlocks, metadataReader, positionAfter, positionKey } from "./metadata-reader.ts";
import { lookupTable, type MetadataWriter, metadataWriter, packPosition } from "./metadata-writer.ts";
import { metadataPosition } from "./xattr-table.ts";

const plain = (block: Uint8Array) => storeBlock(block.slice(), undefined);
const packed = (block: Uint8Array) => storeBlock(block.slice(), (bytes) => deflateSync(bytes));
const unpack: UnpackBlock = async (stored) => Uint8Array.from(inflateSync(stored));
const content = Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

function written(writer: MetadataWriter, bytes: Uint8Array, step: number): Uint8Array {
  for (let at = 0; at < bytes.length; at += step) writer.write(bytes.subarray(at, at + step));
  return writer.finish().bytes;
}

/** A reader of a table that begins at 100 in its image and is `bytes`. */
function readerOf(bytes: Uint8Array, end = 100 + bytes.length) {
  const image = new Uint8Array(100 + bytes.length);
  image.set(bytes, 100);
  return metadataReader(metadataBlocks(memorySource(image), unpack), 100, end);
}

test("a block ends after 8 KiB, and its header tells its stored size and whether it is as it was", () => {
  const writer = metadataWriter(plain);
  writer.write(content.subarray(0, 8191));
  assert.deepEqual(writer.position(), { block: 0, offset: 8191 });
  writer.write(content.subarray(8191, 8192));
  assert.deepEqual(writer.position(), { block: 8194, offset: 0 });
  writer.write(content.subarray(8192, 8200));
  assert.deepEqual(writer.position(), { block: 8194, offset: 8 });
  const { bytes, blocks } = writer.finish();
  assert.deepEqual(blocks, [0, 8194]);
  assert.equal(bytes.length, 2 + 8192 + 2 + 8);
  assert.deepEqual([bytes[0], bytes[1], bytes[8194], bytes[8195]], [0x00, 0xa0, 8, 0x80]);
  assert.deepEqual(metadataWriter(plain).finish(), { bytes: new Uint8Array(0), blocks: [] });
  const small = written(metadataWriter(packed), new Uint8Array(8192), 8192);
  assert.deepEqual([small.length, small[1]], [2 + (small[0] ?? 0), 0]);
});

test("what was written is read across the borders of blocks, compressed or not", async () => {
  for (const encode of [plain, packed]) {
    const table = readerOf(written(metadataWriter(encode), content, 777));
    for (const [offset, length] of [
      [0, 10],
      [8190, 4],
      [8192, 1],
      [8191, 1],
      [5, 19_000],
      [16_384, 3616],
    ] as const) {
      const { bytes, next } = await table.read({ block: 0, offset }, length);
      assert.deepEqual(bytes, content.subarray(offset, offset + length));
      if (offset + length === content.length) continue;
      assert.deepEqual((await table.read(next, 1)).bytes, content.subarray(offset + length, offset + length + 1));
    }
  }
});

test("the position behind a record is in the last block in which it can be", async () => {
  const table = readerOf(written(metadataWriter(plain), content, 999));
  const nextOf = async (offset: number, length: number) => (await table.read({ block: 0, offset }, length)).next;
  assert.deepEqual(await nextOf(0, 8192), { block: 0, offset: 8192 });
  assert.deepEqual(await nextOf(0, 8193), { block: 8194, offset: 1 });
  assert.deepEqual(await nextOf(0, 16_386), { block: 16_388, offset: 2 });
  assert.deepEqual(await nextOf(9000, 0), { block: 0, offset: 9000 });
  assert.equal(table.imageOffset({ block: 8194, offset: 3 }), 8294);
});

test("a look without waiting gives nothing until the block was loaded", async () => {
  const table = readerOf(written(metadataWriter(plain), content, 999));
  const look = () => table.useNow((view) => bytesOf(view({ block: 8194, offset: 1 }, 2), 2));
  assert.equal(look(), undefined);
  await table.read({ block: 8194, offset: 0 }, 1);
  assert.deepEqual(look(), content.subarray(8193, 8195));
  assert.throws(
    () =>
      table.useNow(() => {
        throw new TypeError("own");
      }),
    TypeError,
  );
  await assert.rejects(
    table.use(() => {
      throw new TypeError("own");
    }),
    TypeError,
  );
});

test("a block is loaded once", async () => {
  let reads = 0;
  const bytes = written(metadataWriter(plain), content, 999);
  const { size, read } = memorySource(bytes);
  const source: ByteSource = {
    size,
    read(...range) {
      reads += 1;
      return read(...range);
    },
  };
  const load = metadataBlocks(source, unpack);
  const table = metadataReader(load, 0, bytes.length);
  for (let i = 0; i < 3; i++) await table.read({ block: 0, offset: i }, 3);
  assert.equal(reads, 2);
  assert.equal((await load(0)).next, 8194);
});

test("blocks without a valid size or outside of their table are damage that names its place", async () => {
  const wrong = (head: readonly number[], offset: number) => {
    const bytes = new Uint8Array(9000);
    bytes.set(head);
    return assert.rejects(readerOf(bytes).read({ block: 0, offset: 0 }, 1), { kind: "corrupt", offset });
  };
  await wrong([0, 0x80], 100);
  await wrong([1, 0xa0], 100);
  const bytes = written(metadataWriter(plain), content.subarray(0, 8192), 999);
  const outside = (end: number, block: number) => readerOf(bytes, end).read({ block, offset: 0 }, 1);
  assert.equal((await outside(101, 0)).bytes.length, 1);
  await assert.rejects(outside(100, 0), { kind: "corrupt", offset: 100, message: /outside of their table/ });
  await assert.rejects(outside(9000, -1), { kind: "corrupt", offset: 99, message: /outside of their table/ });
  const empty = metadataBlocks(memorySource(Uint8Array.of(1, 0, 7)), async () => new Uint8Array(0));
  await assert.rejects(async () => empty(0), { kind: "corrupt", offset: 0, message: /empty/ });
});

test("positions are packed into 64 bits, and back", () => {
  assert.equal(packPosition({ block: 0x12_3456, offset: 0x789a }), 0x12_3456_789a);
  assert.deepEqual(metadataPosition(0x12_3456_789a), { block: 0x12_3456, offset: 0x789a });
  assert.deepEqual(positionAfter({ block: 5, offset: 6 }, 7), { block: 5, offset: 13 });
  assert.notEqual(positionKey({ block: 1, offset: 12 }), positionKey({ block: 11, offset: 2 }));
});

test("a lookup table finds each record by its number, and tells those that are not there", async () => {
  const { bytes, index } = lookupTable(content, 100, plain);
  const image = new Uint8Array(100 + bytes.length);
  image.set(bytes, 100);
  assert.equal(index, 100 + content.length + 3 * 2);
  const source = memorySource(image);
  const load = metadataBlocks(source, unpack);
  const table: LookupTable = { of: "owner", index, count: 1250, recordSize: 16 };
  for (const number of [0, 1, 511, 512, 1024, 1249]) {
    const record = await readTableRecord(source, load, table, number);
    assert.deepEqual(record, content.subarray(number * 16, number * 16 + 16));
  }
  await assert.rejects(readTableRecord(source, load, table, 1250), {
    kind: "corrupt",
    offset: index,
    message: /owner 1250 is used, and there are 1250/,
  });
  await assert.rejects(readTableRecord(source, load, { ...table, count: 2000 }, 1250), {
    kind: "corrupt",
    offset: 100 + 2 * 8194,
    message: /table of owners is too short/,
  });
});
