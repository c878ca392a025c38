// The decompressors that node lacks, in our own code: they run anywhere, and unpack in one go.
import type { Decompress, Decompressors, Wanted } from "./codec.ts";
import { unpackLz4 } from "./lz4.ts";
import { unpackLzma, unpackMicroLzma } from "./lzma.ts";
import { unpackLzo } from "./lzo.ts";
import { unpackXz } from "./xz.ts";

type Unpack = (block: Uint8Array, maxLength: number, wanted?: Wanted) => Uint8Array;

function decompressor(unpack: Unpack): Decompress {
  return async (block, maxLength, wanted) => unpack(block, maxLength, wanted);
}

export const ownDecompressors = {
  lz4: decompressor(unpackLz4),
  lzo: decompressor(unpackLzo),
  lzma: decompressor(unpackLzma),
  "micro-lzma": decompressor(unpackMicroLzma),
  xz: decompressor(unpackXz),
} as const satisfies Decompressors;
