// The decompressors that node brings, beside those of our own.
import * as zlib from "node:zlib";
import { damaged, type ImageError } from "../bytes/image-error.ts";
import type { Decompress, Decompressors } from "../codec/codec.ts";
import { ownDecompressors } from "../codec/own-decompressors.ts";

/** node's smallest buffer for output. */
const minChunkSize = 64;

type Callback = (error: Error | null, content: Buffer) => void;
interface UnpackOptions {
  readonly maxOutputLength: number;
  readonly chunkSize: number;
  readonly finishFlush?: number;
}
type Unpack = (block: Uint8Array, options: UnpackOptions, done: Callback) => void;
type UnpackNow = (block: Uint8Array, options: UnpackOptions) => Buffer;

/** The most that a block unpacks to of which only the first bytes are wanted; erofs allows no longer ones. */
const maxWholeOutput = 12 << 20;

/**
 * All decompressors; node has no zstd before 22.15. Content of up to `maxSyncLength` bytes is unpacked by the thread that asks,
 * which a thread with nothing else to do wants for all.
 */
export function nodeDecompressors(maxSyncLength = smallContent): Decompressors {
  const decompressor = (...both: readonly [Unpack, UnpackNow]) => decompressorOf(maxSyncLength, ...both);
  return {
    ...ownDecompressors,
    gzip: decompressor(zlib.inflate, zlib.inflateSync),
    // The first part of a stream may be all that is stored of it.
    deflate: decompressorOf(maxSyncLength, zlib.inflateRaw, zlib.inflateRawSync, {
      finishFlush: zlib.constants.Z_SYNC_FLUSH,
    }),
    ...(typeof zlib.zstdDecompress === "function"
      ? { zstd: decompressor(zlib.zstdDecompress, zlib.zstdDecompressSync) }
      : {}),
  };
}

/** Content that is unpacked sooner than another thread could be asked for it, as that of metadata is; bytes. */
const smallContent = 8192;

function decompressorOf(
  maxSyncLength: number,
  unpack: Unpack,
  unpackNow: UnpackNow,
  more: Pick<UnpackOptions, "finishFlush"> = {},
): Decompress {
  return (block, maxLength, wanted) =>
    new Promise((resolve, reject) => {
      // One chunk as large as the content may get: fewer steps, and never more memory than that.
      const chunkSize = Math.max(minChunkSize, maxLength);
      const maxOutputLength = wanted === "first" ? Math.max(maxWholeOutput, maxLength) : maxLength;
      const options = { ...more, maxOutputLength, chunkSize };
      const settle: Callback = (error, content) => {
        if (error !== null) reject(unpackError(error));
        else resolve(new Uint8Array(content.buffer, content.byteOffset, Math.min(content.length, maxLength)));
      };
      if (maxLength > maxSyncLength) return unpack(block, options, settle);
      try {
        settle(null, unpackNow(block, options));
      } catch (error) {
        reject(unpackError(error));
      }
    });
}

function unpackError(error: unknown): ImageError {
  const failure = damaged("a compressed block cannot be unpacked");
  failure.cause = error;
  return failure;
}
