// Files of zstd frames: each form of header, frames that follow one another, and what is damaged or takes too much memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as zlib from "node:zlib";
import { memorySource } from "../bytes/byte-source.ts";
import { sequentialReader } from "../bytes/sequential-reader.ts";
import { unpackZstd } from "./unpack-zstd.ts";

const hasZstd = typeof zlib.zstdCompressSync === "function";
const magic = [0x28, 0xb5, 0x2f, 0xfd];

type Part = Uint8Array | readonly number[];

async function unpack(...parts: Part[]): Promise<string> {
  const reader = sequentialReader(memorySource(Buffer.concat(parts.map((part) => Uint8Array.from(part)))));
  const taken: Uint8Array[] = [];
  await unpackZstd(reader, async (content) => {
    for await (const piece of content) taken.push(Uint8Array.from(piece));
  });
  assert.ok(reader.atEnd);
  return Buffer.concat(taken).toString("latin1");
}

/** A block of plain bytes, or of one byte many times. */
const rawBlock = (text: string, isLast = true) => {
  const header = (text.length << 3) | (isLast ? 1 : 0);
  return [header & 0xff, (header >> 8) & 0xff, header >> 16, ...Buffer.from(text)];
};
const repeatedBlock = (byte: string, length: number) => {
  const header = (length << 3) | 2 | 1;
  return [header & 0xff, (header >> 8) & 0xff, header >> 16, byte.charCodeAt(0)];
};

test("each form of a header leads to its blocks", { skip: !hasZstd }, async () => {
  assert.equal(await unpack(magic, [0x00, 0x00], rawBlock("window")), "window");
  assert.equal(await unpack(magic, [0x20, 6], rawBlock("single")), "single");
  assert.equal(await unpack(magic, [0x60, 44, 0], rawBlock("x".repeat(300))), "x".repeat(300));
  assert.equal(await unpack(magic, [0x40, 0, 44, 0], rawBlock("x".repeat(300))), "x".repeat(300));
  assert.equal(await unpack(magic, [0xa0, 3, 0, 0, 0], rawBlock("abc")), "abc");
  assert.equal(await unpack(magic, [0xe0, 3, 0, 0, 0, 0, 0, 0, 0], rawBlock("abc")), "abc");
  assert.equal(await unpack(magic, [0x20, 3, ...rawBlock("ab", false), ...rawBlock("c")]), "abc");
  assert.equal(await unpack(magic, [0x00, 0x00], repeatedBlock("y", 500)), "y".repeat(500));
  assert.equal(await unpack(magic, [0x20, 0], rawBlock("")), "");
});

test("frames follow one another, with checksums and skipped ones between them", { skip: !hasZstd }, async () => {
  const params = { [zlib.constants.ZSTD_c_checksumFlag]: 1 };
  const long = Buffer.from("0123456789".repeat(40_000));
  const withChecksum = zlib.zstdCompressSync(long, { params });
  const skipped = (low: number, length: number) => [
    0x50 | low,
    0x2a,
    0x4d,
    0x18,
    length,
    0,
    0,
    0,
    ...Buffer.alloc(length),
  ];
  const frames = [skipped(0, 5), withChecksum, skipped(15, 0), magic, [0x20, 3], rawBlock("end"), withChecksum];
  assert.equal(await unpack(...frames), `${long}end${long}`);
  assert.equal(await unpack(), "");
});

test("a file that is cut off or goes on with something else is corrupt", { skip: !hasZstd }, async () => {
  const corrupt = (message: RegExp, ...parts: Part[]) => assert.rejects(unpack(...parts), { kind: "corrupt", message });
  await corrupt(/followed by other data/, magic, [0x20, 3], rawBlock("abc"), [1, 2, 3, 4]);
  await corrupt(/followed by other data/, magic, [0x20, 3], rawBlock("abc"), [0x28]);
  await corrupt(/truncated/, magic, [0x20]);
  await corrupt(/truncated/, magic, [0xe0, 3, 0, 0, 0, 0, 0, 0]);
  await corrupt(/truncated/, magic, [0x20, 3], rawBlock("ab", false), [1, 0]);
  await corrupt(/truncated/, magic, [0x20, 3], rawBlock("abc").slice(0, -1));
  await corrupt(/truncated/, magic, [0x24, 3], rawBlock("abc"), [1, 2, 3]);
  await corrupt(/truncated/, [0x50, 0x2a, 0x4d, 0x18, 9, 0, 0, 0]);
});

test("a frame may take 128 MiB of memory, and no more", { skip: !hasZstd }, async () => {
  const refused = (megabytes: number, ...parts: Part[]) =>
    assert.rejects(unpack(...parts), {
      kind: "unsupported",
      message: `unpacking it takes ${megabytes} MB of memory; unpack it with "zstd -d --long=31"`,
    });
  // 2^(10+17) bytes, and an eighth of that more.
  assert.equal(await unpack(magic, [0x00, 17 << 3], rawBlock("abc")), "abc");
  await refused(144, magic, [0x00, (17 << 3) | 1], rawBlock("abc"));
  await refused(256, magic, [0x00, 18 << 3], rawBlock("abc"));
  await refused(129, magic, [0xa0, 1, 0, 0, 8], rawBlock("abc"));
  // The size of a dictionary's number stands in front of that of the content.
  await refused(129, magic, [0xa1, 0, 1, 0, 0, 8], rawBlock("abc"));
  await refused(129, magic, [0xa2, 0, 0, 1, 0, 0, 8], rawBlock("abc"));
  await refused(129, magic, [0xa3, 0, 0, 0, 0, 1, 0, 0, 8], rawBlock("abc"));
});
