// Compression as image/ sees it: functions by name that a platform provides; image/ itself knows no codec.

/** Compressions that occur in images; a platform may lack some. */
export type Compression = "gzip" | "zstd" | "xz" | "lz4" | "lzo" | "lzma" | "deflate" | "micro-lzma";

/** Compressions that writers offer; `none` stores every block as it is. */
export type BuildCompression = "gzip" | "zstd" | "none";

/** The highest level of each; they begin at 1, and `none` has no levels. */
export const maxLevel = { gzip: 9, zstd: 22, none: 0 } as const satisfies Record<BuildCompression, number>;

/** Whether a block may unpack to more than is wanted of it, which is then left out. */
export type Wanted = "whole" | "first";

/**
 * Decompresses one block (gzip: a zlib stream, zstd: one frame, lzma: with its header, micro-lzma: as erofs stores it, lz4,
 * lzo and deflate: without any frame). Throws an ImageError of kind `corrupt` when the bytes are no such block or, where the
 * whole is wanted, unpack to more than `maxLength` bytes.
 */
export type Decompress = (block: Uint8Array, maxLength: number, wanted?: Wanted) => Promise<Uint8Array>;

/** The decompressors of a platform; a missing one means that images with it cannot be read here. */
export type Decompressors = { readonly [Name in Compression]?: Decompress };
