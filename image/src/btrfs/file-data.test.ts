// Contents of files in btrfs: inline, as they are, compressed, holes, and pieces that are damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as zlib from "node:zlib";
import { memorySource } from "../bytes/byte-source.ts";
import { byteWriter } from "../bytes/byte-writer.ts";
import { nodeDecompressors } from "../node/codecs.ts";
import { fileData } from "./file-data.ts";
import type { Inode } from "./inode.ts";
import type { Item } from "./tree.ts";

const disk = Uint8Array.from({ length: 60_000 }, (_, i) => (i * 3 + (i >> 8)) & 0xff);
const place = { tree: 5, root: 0, number: 257 };
const inode: Inode = {
  ...{ place, type: "file", mode: 0o644, uid: 0, gid: 0, size: 100_000, mtime: 0, nlink: 1, rdev: 0 },
};

type Piece = readonly [offset: number, data: Uint8Array];

const header = (unpacked: number, compression: number, kind: number, encryption = 0) =>
  byteWriter()
    .u64(0)
    .u64(unpacked)
    .u16(compression | (encryption << 8))
    .u16(0)
    .bytes(Uint8Array.of(kind));
const inline = (content: Uint8Array, unpacked = content.length, compression = 0) =>
  header(unpacked, compression, 0).bytes(content).view().slice();

interface Stored {
  readonly at: number;
  readonly stored: number;
  readonly from?: number;
  readonly length: number;
  readonly unpacked?: number;
  readonly compression?: number;
  readonly kind?: number;
}

/** A piece whose content lies in the image at a logical address, which is 1000 more than its position. */
function regular({ at, stored, from = 0, length, unpacked = stored, compression = 0, kind = 1 }: Stored): Uint8Array {
  return header(unpacked, compression, kind).u64(at).u64(stored).u64(from).u64(length).view().slice();
}

function fileOf(pieces: readonly Piece[], image: Uint8Array = disk) {
  const keys: unknown[] = [];
  async function* range(...given: unknown[]): AsyncGenerator<Item> {
    keys.push(given);
    for (const [offset, data] of pieces) yield { key: { object: 257, type: 108, offset }, data };
  }
  const data = fileData({
    source: memorySource(image),
    trees: { range, first: async () => undefined },
    chunks: { add: () => undefined, place: (logical) => logical - 1000 },
    sectorSize: 4096,
    decompressors: nodeDecompressors(),
  });
  return { ...data, keys };
}

const readAll = async (pieces: readonly Piece[], offset: number, length: number, image?: Uint8Array) =>
  await fileOf(pieces, image).read(inode, offset, length);

test("pieces are put together, and what is between them or was never written is zeros", async () => {
  const pieces: Piece[] = [
    [0, inline(Buffer.from("inline"), 6)],
    [10, regular({ at: 2000, stored: 5000, from: 100, length: 20 })],
    [30, regular({ at: 0, stored: 0, length: 10 })],
    [40, regular({ at: 3000, stored: 100, length: 10, kind: 2 })],
    [60, regular({ at: 4000, stored: 10, length: 10 })],
  ];
  const whole = new Uint8Array(80);
  whole.set(Buffer.from("inline"));
  whole.set(disk.subarray(1100, 1120), 10);
  whole.set(disk.subarray(3000, 3010), 60);
  for (const [offset, length] of [
    [0, 80],
    [0, 6],
    [3, 10],
    [15, 5],
    [29, 2],
    [60, 10],
    [69, 5],
    [35, 30],
    [70, 10],
  ] as const) {
    assert.deepEqual(await readAll(pieces, offset, length), whole.subarray(offset, offset + length));
  }
  const file = fileOf(pieces);
  await file.read(inode, 0, 10);
  await file.read(inode, 5, 10);
  assert.deepEqual(file.keys, [[0, { object: 257, type: 108, offset: 0 }, { object: 257, type: 109, offset: 0 }]]);
  await assert.rejects(file.read(inode, 0, 10, AbortSignal.abort()), { name: "AbortError" });
});

const text = Buffer.from("All work and no play. ".repeat(500));

test("compressed pieces are unpacked, inline or not, and a part of one is what lies there", async () => {
  const packed = zlib.deflateSync(text);
  const image = Buffer.concat([disk.subarray(0, 1000), packed, Buffer.alloc(-packed.length & 4095)]);
  const stored = image.length - 1000;
  const piece = regular({ at: 2000, stored, from: 50, length: 200, unpacked: text.length, compression: 1 });
  const expected = (from: number, to: number) => new Uint8Array(text.subarray(from, to));
  assert.deepEqual(await readAll([[0, piece]], 0, 200, image), expected(50, 250));
  assert.deepEqual(await readAll([[7, piece]], 20, 30, image), expected(63, 93));
  assert.deepEqual(await readAll([[0, inline(packed, text.length, 1)]], 5, 20), expected(5, 25));
  if (typeof zlib.zstdCompressSync !== "function") return;
  const frame = Buffer.concat([zlib.zstdCompressSync(text), Buffer.alloc(50)]);
  assert.deepEqual(await readAll([[0, inline(frame, text.length, 3)]], 0, text.length), expected(0, text.length));
});

/** LZO that only copies: a run of up to 238 bytes, and the end. */
const lzo = (bytes: Uint8Array) => joined([bytes.length + 17], bytes, [0x11, 0, 0]);
const joined = (...parts: readonly (Uint8Array | readonly number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
const u32 = (value: number) => byteWriter().u32(value).view().slice();

test("LZO comes in segments, each with its length", async () => {
  const [first, second] = [lzo(text.subarray(0, 200)), lzo(text.subarray(200, 230))];
  const stream = joined(
    u32(8 + first.length + 4 + second.length),
    u32(first.length),
    first,
    u32(second.length),
    second,
  );
  assert.deepEqual(await readAll([[0, inline(stream, 230, 2)]], 0, 230), new Uint8Array(text.subarray(0, 230)));
  const cut = (bytes: Uint8Array) =>
    assert.rejects(readAll([[0, inline(bytes, 230, 2)]], 0, 230), { kind: "corrupt", message: /truncated/ });
  await cut(stream.subarray(0, 3));
  await cut(stream.subarray(0, -1));
});

test("pieces that overlap, are too short or unknown are refused", async () => {
  const piece = regular({ at: 2000, stored: 10, length: 10 });
  const refused = (kind: string, message: RegExp, ...pieces: readonly Piece[]) =>
    assert.rejects(readAll(pieces, 0, 10), { kind, message });
  assert.equal(
    (
      await readAll(
        [
          [0, piece],
          [10, piece],
        ],
        0,
        10,
      )
    ).length,
    10,
  );
  await refused("corrupt", /overlap/, [0, piece], [9, piece]);
  await refused("corrupt", /cut off/, [0, piece.subarray(0, 52)]);
  await refused("corrupt", /cut off/, [0, inline(new Uint8Array(0)).subarray(0, 20)]);
  await refused("corrupt", /cut off/, [0, regular({ at: 2000, stored: 10, length: 10, kind: 3 })]);
  await refused("unsupported", /not known/, [0, inline(new Uint8Array(9), 9, 4)]);
  await refused("unsupported", /not known/, [0, header(9, 0, 0, 1).zeros(9).view().slice()]);
  const large = { at: 2000, length: 10, compression: 1 };
  await refused("corrupt", /longer than pieces/, [0, regular({ ...large, stored: (1 << 20) + 1, unpacked: 10 })]);
  await refused("corrupt", /longer than pieces/, [0, regular({ ...large, stored: 10, unpacked: (1 << 20) + 1 })]);
});

test("a file takes what is stored of it, in proportion where it uses a part", async () => {
  const stored = async (...data: readonly Uint8Array[]) =>
    await fileOf(data.map((one, i): Piece => [i * 1000, one])).storedSize(inode);
  assert.equal(await stored(inline(new Uint8Array(30), 50, 1)), 30);
  assert.equal(await stored(regular({ at: 2000, stored: 400, length: 250, unpacked: 1000 })), 100);
  assert.equal(await stored(regular({ at: 2000, stored: 400, length: 2000, unpacked: 1000 })), 400);
  assert.equal(await stored(regular({ at: 0, stored: 400, length: 10 })), 0);
  assert.equal(await stored(regular({ at: 2000, stored: 400, length: 10, unpacked: 0 })), 0);
  assert.equal(await stored(inline(new Uint8Array(3)), regular({ at: 2000, stored: 4, length: 4 })), 7);
});
