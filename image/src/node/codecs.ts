// The decompressors that node brings, beside those of our own.
import * as zlib from "node:zlib";
import { damaged, type ImageError } from "../bytes/image-error.ts";
import type { Decompress, Decompressors } from "../codec/codec.ts";
import { ownDecompressors } from "../codec/own-decompressors.ts";

/** node's smallest buffer for output. */
const minChunkSize = 64;

type Callback = (error: Error | null, content: Buffer) => void;
type Unpack = (block: Uint8Array, options: { maxOutputLength: number; chunkSize: number }, done: Callback) => void;

/** All decompressors; node has no zstd before 22.15. */
export function nodeDecompressors(): Decompressors {
  return {
    ...ownDecompressors,
    gzip: decompressor(zlib.inflate),
    ...(typeof zlib.zstdDecompress === "function" ? { zstd: decompressor(zlib.zstdDecompress) } : {}),
  };
}

function decompressor(unpack: Unpack): Decompress {
  return (block, maxLength) =>
    new Promise((resolve, reject) => {
      // One chunk as large as the content may get: fewer steps, and never more memory than that.
      unpack(block, { maxOutputLength: maxLength, chunkSize: Math.max(minChunkSize, maxLength) }, (error, content) => {
        if (error === null) resolve(new Uint8Array(content.buffer, content.byteOffset, content.length));
        else reject(unpackError(error));
      });
    });
}

function unpackError(error: Error): ImageError {
  const failure = damaged("a compressed block cannot be unpacked");
  failure.cause = error;
  return failure;
}
