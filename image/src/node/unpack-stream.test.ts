// Compressed files from their beginning to their end: content, progress, damage, and compressions that are refused.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import * as zlib from "node:zlib";
import { memorySource } from "../bytes/byte-source.ts";
import type { FileCompression } from "../content.ts";
import { type UnpackStreamOptions, unpackStream } from "./unpack-stream.ts";

const content = Buffer.concat([randomBytes(700_000), Buffer.alloc(300_000, "x")]);
/** `printf hello | xz`. */
const hello =
  "fd377a585a000004e6d6b4460200210116000000742fe5a301000468656c6c6f00000000b137b9dbe5da1e9b00011d05b82d80af1fb6f37d010000000004595a";

async function unpack(bytes: Uint8Array, compression: FileCompression, options?: UnpackStreamOptions): Promise<Buffer> {
  const taken: Uint8Array[] = [];
  const take = async (pieces: AsyncIterable<Uint8Array>) => {
    for await (const piece of pieces) taken.push(Uint8Array.from(piece));
  };
  await unpackStream(memorySource(bytes), compression, take, options);
  return Buffer.concat(taken);
}

test("gzip, zstd and xz are unpacked", async () => {
  assert.ok((await unpack(zlib.gzipSync(content), "gzip")).equals(content));
  const two = Buffer.concat([zlib.gzipSync("one "), zlib.gzipSync("two")]);
  assert.equal((await unpack(two, "gzip")).toString(), "one two");
  if (typeof zlib.zstdCompressSync === "function") {
    assert.ok((await unpack(zlib.zstdCompressSync(content), "zstd")).equals(content));
  }
  assert.equal((await unpack(Buffer.from(hello, "hex"), "xz")).toString(), "hello");
});

test("progress goes from the first read to the whole file", async () => {
  const packed = zlib.gzipSync(content);
  const told: (readonly [number, number])[] = [];
  await unpack(packed, "gzip", { progress: (...report) => void told.push(report) });
  const read = told.map(([done]) => done);
  assert.deepEqual(
    read,
    read.toSorted((a, b) => a - b),
  );
  assert.ok(read.length > 2);
  assert.deepEqual(told.at(-1), [packed.length, packed.length]);
});

test("what is damaged is corrupt, and keeps the cause", async () => {
  const message = "the image is damaged: its compressed content cannot be unpacked; copy or download it again";
  const hasCause = (error: unknown) => error instanceof Error && error.cause instanceof Error;
  const cut = zlib.gzipSync(content).subarray(0, 500_000);
  await assert.rejects(unpack(cut, "gzip"), { kind: "corrupt", message });
  await assert.rejects(unpack(Buffer.from("no gzip at all"), "gzip"), hasCause);
  if (typeof zlib.zstdCompressSync === "function") {
    const wrong = zlib.zstdCompressSync(content, { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } });
    wrong.writeUInt8((wrong.at(-1) ?? 0) ^ 1, wrong.length - 1);
    await assert.rejects(unpack(wrong, "zstd"), { kind: "corrupt", message });
  }
  const xz = Buffer.from(hello, "hex");
  await assert.rejects(unpack(xz.subarray(0, -1), "xz"), { kind: "corrupt" });
});

test("other compressions are named with the program that unpacks them", async () => {
  await assert.rejects(unpack(content, "bzip2"), {
    kind: "unsupported",
    message: 'it is compressed with bzip2; unpack it with "bunzip2" and open the image that comes out',
  });
});

test("an abort ends with its reason, and an error of whoever takes the content is theirs", async () => {
  const packed = zlib.gzipSync(content);
  await assert.rejects(unpack(packed, "gzip", { signal: AbortSignal.abort() }), { name: "AbortError" });
  const abort = new AbortController();
  const options = { signal: abort.signal, progress: () => abort.abort(new RangeError("own")) };
  await assert.rejects(unpack(packed, "gzip", options), RangeError);
  const take = async () => {
    throw new TypeError("own");
  };
  await assert.rejects(unpackStream(memorySource(packed), "gzip", take), TypeError);
});
