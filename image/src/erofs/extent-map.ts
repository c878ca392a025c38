// What an index of a compressed file says, in whatever form: where the pieces lie, and the header of all forms.
import type { RecordLayout } from "../bytes/record.ts";

/** A piece of a file that is stored by itself. */
export interface Extent {
  /** Offset in the file. */
  readonly offset: number;
  /** Position in the image, and bytes there; those of the file's end may be fewer than blocks hold. */
  readonly start: number;
  readonly stored: number;
  /** Number of the compression in the image; undefined for what is stored as it is. */
  readonly algorithm: number | undefined;
}

export interface ExtentMap {
  /** In the order of the file; each ends where the next one begins, the last one at the file's end. */
  readonly extents: readonly Extent[];
  /** Offset in the packed inode of the file's last piece, which is not in `extents`, and where that begins in the file. */
  readonly fragment?: { readonly offset: number; readonly from: number };
  /** Whether what is stored as it is begins in its block where it would in the file, and goes on at the block's start. */
  readonly interlaced: boolean;
}

/** In front of the index. */
export const indexHeaderLayout = {
  /** The low bits of a fragment's offset; of a file's end that is stored beside the index, the bytes are in the upper half. */
  fragmentOffset: { offset: 0, size: 4 },
  inlineSize: { offset: 2, size: 2 },
  advise: { offset: 4, size: 2 },
  /** The compressions of the two kinds of heads, four bits each. */
  algorithms: { offset: 6, size: 1 },
  /** Logarithm of blocks of content that one entry is for, less that of the block size; the highest bit says fragment. */
  clusterLog: { offset: 7, size: 1 },
} as const satisfies RecordLayout;

export type IndexHeader = { readonly [Name in keyof typeof indexHeaderLayout]: number };

/** Bits of `advise`. */
export const advice = {
  /** Entries of two bytes occur, or, in the full form, extents stand in place of entries. */
  short: 0x1,
  bigCluster1: 0x2,
  bigCluster2: 0x4,
  inlineEnd: 0x8,
  interlaced: 0x10,
  fragment: 0x20,
} as const;
