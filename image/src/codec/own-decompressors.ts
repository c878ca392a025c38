// The decompressors that node lacks, in our own code: they run anywhere, and unpack in one go.
import type { Decompress, Decompressors } from "./codec.ts";
import { unpackLz4 } from "./lz4.ts";
import { unpackLzma } from "./lzma.ts";
import { unpackLzo } from "./lzo.ts";
import { unpackXz } from "./xz.ts";

type Unpack = (block: Uint8Array, maxLength: number) => Uint8Array;

function decompressor(unpack: Unpack): Decompress {
  return async (block, maxLength) => unpack(block, maxLength);
}

export const ownDecompressors = {
  lz4: decompressor(unpackLz4),
  lzo: decompressor(unpackLzo),
  lzma: decompressor(unpackLzma),
  xz: decompressor(unpackXz),
} as const satisfies Decompressors;
