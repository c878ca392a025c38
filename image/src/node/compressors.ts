// The compressors that the writer offers, by node's own zlib; synchronous, for worker threads and for metadata.
import zlib from "node:zlib";
import { ImageError } from "../bytes/image-error.ts";
import type { BlockEncoding, CompressSync } from "../codec/block-encoder.ts";

/** zstd's smallest window is 2^10 bytes. */
const smallestWindowLog = 10;

/** A compressor for blocks of at most `blockSize` bytes; undefined for `none`. */
export function createCompressor(
  { compression, level }: Pick<BlockEncoding, "compression" | "level">,
  blockSize: number,
): CompressSync | undefined {
  // Room for the whole result at once: node's 16 KiB pieces cost a trip each.
  const chunkSize = blockSize + 1024;
  switch (compression) {
    case "none":
      return undefined;
    case "gzip":
      return (block) => zlib.deflateSync(block, { level, chunkSize });
    case "zstd": {
      if (typeof zlib.zstdCompressSync !== "function") {
        throw new ImageError(
          "unsupported",
          `Node ${process.versions.node} has no zstd; use Node 22.15 or newer, or gzip`,
        );
      }
      const params = {
        [zlib.constants.ZSTD_c_compressionLevel]: level,
        // The kernel sets aside one block and no more, so no frame may ask for a larger window.
        [zlib.constants.ZSTD_c_windowLog]: Math.max(smallestWindowLog, Math.log2(blockSize)),
      };
      // A frame that does not name its size is refused by the kernel, and costs a context for an endless stream.
      return (block) => zlib.zstdCompressSync(block, { params, chunkSize, pledgedSrcSize: block.length });
    }
  }
}
