// Compressed blocks as kernels read them: zlib streams, and zstd frames that name their size and need one block of memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as zlib from "node:zlib";
import { createCompressor } from "./compressors.ts";

const block = Buffer.from("All work and no play. ".repeat(2000)).subarray(0, 32_768);

test("nothing compresses where none is wanted", () => {
  assert.equal(createCompressor({ compression: "none", level: 6 }, 4096), undefined);
});

test("gzip makes a zlib stream of the wanted level", () => {
  for (const level of [1, 9]) {
    const packed = createCompressor({ compression: "gzip", level }, 32_768)?.(block) ?? assert.fail("gzip is there");
    assert.deepEqual(Buffer.from(packed), zlib.deflateSync(block, { level }));
    assert.ok(zlib.inflateSync(packed).equals(block));
  }
});

test("zstd makes frames that name their size", { skip: typeof zlib.zstdCompressSync !== "function" }, () => {
  for (const [blockSize, length] of [
    [32_768, 32_768],
    [4096, 4096],
    [4096, 300],
    [512, 512],
  ] as const) {
    const content = block.subarray(0, length);
    const packed =
      createCompressor({ compression: "zstd", level: 15 }, blockSize)?.(content) ?? assert.fail("zstd is there");
    assert.ok(zlib.zstdDecompressSync(packed).equals(content));
    const [, , , , descriptor = 0] = packed;
    // All of the content is one segment, so that its size is the memory that it takes.
    assert.equal(descriptor & 0x20, 0x20);
    assert.ok((descriptor & 0xc0) !== 0 || length < 256);
  }
  const packed = (level: number) =>
    createCompressor({ compression: "zstd", level }, 32_768)?.(block) ?? new Uint8Array(0);
  assert.deepEqual(
    Buffer.from(packed(19)),
    zlib.zstdCompressSync(block, { params: paramsOf(19), pledgedSrcSize: block.length }),
  );
});

function paramsOf(level: number) {
  return { [zlib.constants.ZSTD_c_compressionLevel]: level, [zlib.constants.ZSTD_c_windowLog]: 15 };
}
