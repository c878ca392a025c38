// What stands around the compressed bytes of xz, field by field.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { blockHeaderSize, readBlockHeader, readNumber } from "./xz-format.ts";

/** A block header with these fields, padding and checksum. */
function header(flags: number, fields: readonly number[], size = Math.ceil((fields.length + 6) / 4) * 4): Buffer {
  const bytes = Buffer.alloc(size);
  bytes[0] = size / 4 - 1;
  bytes[1] = flags;
  bytes.set(fields, 2);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, size - 4)), size - 4);
  return bytes;
}

const lzma2 = [0x21, 1, 0] as const;

test("numbers have seven bits a byte, the lowest first, in up to nine bytes", () => {
  assert.deepEqual(readNumber(Uint8Array.of(0x7f, 1)), { value: 127, length: 1 });
  assert.deepEqual(readNumber(Uint8Array.of(0x80, 1)), { value: 128, length: 2 });
  assert.deepEqual(readNumber(Uint8Array.of(0xff, 0xff, 3)), { value: 65_535, length: 3 });
  assert.equal(readNumber(Uint8Array.of(...Array(8).fill(0x80), 1)).length, 9);
  assert.throws(() => readNumber(Uint8Array.of(...Array(9).fill(0x80), 1)), { kind: "corrupt" });
  assert.throws(() => readNumber(Uint8Array.of(0x80)), { kind: "corrupt" });
});

test("a header tells sizes where its flags say so", () => {
  assert.deepEqual([blockHeaderSize(1), blockHeaderSize(255)], [8, 1024]);
  const plain = { headerSize: 12, dictionarySize: 4096, filters: [] };
  assert.deepEqual(readBlockHeader(header(0, lzma2)), plain);
  assert.deepEqual(readBlockHeader(header(0x40, [5, ...lzma2])), { ...plain, stored: 5 });
  assert.deepEqual(readBlockHeader(header(0x80, [6, ...lzma2])), { ...plain, unpacked: 6 });
  assert.deepEqual(readBlockHeader(header(0xc0, [5, 0x86, 1, ...lzma2], 16)), {
    ...plain,
    headerSize: 16,
    stored: 5,
    unpacked: 134,
  });
});

test("the dictionary is a power of two or half as much more, up to 4 GiB less one", () => {
  const size = (byte: number) => readBlockHeader(header(0, [0x21, 1, byte])).dictionarySize;
  assert.deepEqual([0, 1, 2, 3, 22, 39, 40].map(size), [4096, 6144, 8192, 12_288, 8 << 20, 3 * 2 ** 30, 2 ** 32 - 1]);
  assert.throws(() => size(41), { kind: "corrupt" });
});

test("filters come in the order in which they are taken back, and delta adds the byte so far before", () => {
  const { filters } = readBlockHeader(header(2, [3, 1, 1, 7, 4, 0, 1, 0, 0, ...lzma2]));
  assert.deepEqual(
    filters.map(({ start }) => start),
    [256, 0],
  );
  const delta = filters[1]?.filter;
  const bytes = Uint8Array.of(1, 2, 3, 4, 250, 10);
  assert.equal(delta?.(bytes, 0), 6);
  assert.deepEqual([...bytes], [1, 2, 4, 6, 254, 16]);
});

test("a wrong checksum, unknown flags and filters, and filters in a wrong place are refused", () => {
  const wrong = header(0, lzma2);
  wrong[1] = 0x80;
  assert.throws(() => readBlockHeader(wrong), { kind: "corrupt", message: /checksum/ });
  for (const flag of [0x04, 0x08, 0x10, 0x20]) {
    assert.throws(() => readBlockHeader(header(flag, lzma2)), { kind: "corrupt", message: /unknown flags/ });
  }
  assert.throws(() => readBlockHeader(header(1, [0x55, 0, ...lzma2])), { kind: "unsupported", message: /filter 85/ });
  assert.throws(() => readBlockHeader(header(1, [...lzma2, ...lzma2])), { kind: "corrupt", message: /LZMA2/ });
  assert.throws(() => readBlockHeader(header(0, [3, 1, 0])), { kind: "corrupt", message: /LZMA2/ });
  assert.throws(() => readBlockHeader(header(0, [0x21, 9, 0])), { kind: "corrupt", message: /too short/ });
});
