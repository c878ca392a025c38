// The compressing half of building: from runs of a tree's bytes to blocks as they are stored in an image.
import type { CancelSignal } from "../bytes/byte-source.ts";
import type { BuildCompression } from "./codec.ts";

/** How blocks are compressed; plain data, so that it can be sent to another thread. */
export interface BlockEncoding {
  readonly compression: BuildCompression;
  /** As the compression counts levels; ignored by `none`. */
  readonly level: number;
  /** The largest block of a file's data, in bytes. */
  readonly blockSize: number;
  /** The largest block of metadata, in bytes. */
  readonly metadataBlockSize: number;
}

/** A run of bytes of one file. */
export interface Piece {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  /** Size of the whole file as it was scanned; a file that has another one now changed while the image was built. */
  readonly fileSize: number;
}

/** A block to be stored: its pieces one behind the other. */
export interface BlockRequest {
  readonly pieces: readonly Piece[];
  /** Whether nothing is stored for it when it holds only zeros. */
  readonly mayBeHole: boolean;
}

/** Blocks as they are stored, one behind the other. */
export interface EncodedBlocks {
  /** Good until `release` is called. */
  readonly bytes: Uint8Array;
  /** For each block its stored length: 0 for a hole, negative when it is stored uncompressed. */
  readonly lengths: readonly number[];
  /** Gives the memory of `bytes` back. */
  release(): void;
}

/** Reads and compresses; a platform does so in as many threads as it has. All methods throw ImageErrors. */
export interface BlockEncoder {
  encode(blocks: readonly BlockRequest[], signal?: CancelSignal): Promise<EncodedBlocks>;
  /** For each file a text that only files of equal content share. */
  fingerprints(files: readonly Piece[], signal?: CancelSignal): Promise<string[]>;
  /** Compresses one block of metadata, at once. */
  encodeMetadata(block: Uint8Array): StoredBlock;
}

export interface StoredBlock {
  readonly bytes: Uint8Array;
  /** As in EncodedBlocks. */
  readonly length: number;
}

/** Compresses one block, at once. */
export type CompressSync = (block: Uint8Array) => Uint8Array;

/** A block as it is stored: compressed, or as it is when that is not smaller or there is no compression. */
export function storeBlock(block: Uint8Array, compress: CompressSync | undefined): StoredBlock {
  const packed = compress?.(block);
  if (packed === undefined || packed.length >= block.length) return { bytes: block, length: -block.length };
  return { bytes: packed, length: packed.length };
}

/** Whether a block holds only zeros. */
export function isHole(block: Uint8Array): boolean {
  // Almost every block shows at its ends that it is none.
  if (block[0] !== 0 || block[block.length - 1] !== 0) return false;
  return block.every((byte) => byte === 0);
}
