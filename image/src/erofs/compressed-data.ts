// Files of erofs that are compressed: finds the pieces that a read needs, unpacks them, and keeps what is read again soon.
import type { CancelSignal } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { lastAtOrBefore } from "../bytes/last-at-or-before.ts";
import { loadCache } from "../bytes/load-cache.ts";
import { readExact } from "../bytes/read-exact.ts";
import type { Compression, Decompressors } from "../codec/codec.ts";
import type { Extent, ExtentMap } from "./extent-map.ts";
import { readExtents } from "./extents.ts";
import type { InodeFacts } from "./inode.ts";
import type { PlainParts } from "./plain-data.ts";
import { incompatibleFeatures } from "./superblock.ts";

/** Reads `length` bytes of a file from `offset` on; both lie in the file. */
export type ReadData = (
  inode: InodeFacts,
  offset: number,
  length: number,
  signal?: CancelSignal,
) => Promise<Uint8Array>;

/** Reads `length` bytes from `offset` on of the inode that holds the ends of other files. */
export type ReadPacked = (offset: number, length: number, signal?: CancelSignal) => Promise<Uint8Array>;

/** Compressions by their number in an index. */
const algorithms: readonly Compression[] = ["lz4", "micro-lzma", "deflate", "zstd"];
/** The most that a piece may unpack to (Linux, Z_EROFS_PCLUSTER_MAX_DSIZE), and that may be stored of it. */
const maxExtentSize = 12 << 20;
const maxStoredSize = 1 << 20;
/** Bytes of unpacked pieces that are kept: those that hold the ends of many files are wanted again. */
const keptBytes = 16 << 20;
/** Pieces whose places are kept. */
const keptExtents = 262_144;

export interface CompressedData {
  readonly read: ReadData;
  /** Where the pieces of a file lie. */
  extentsOf(inode: InodeFacts): Promise<ExtentMap>;
}

export function compressedData(
  parts: PlainParts,
  decompressors: Decompressors,
  readPacked: ReadPacked,
): CompressedData {
  const { source, paged, superblock } = parts;
  const { blockSize } = superblock;
  const maps = loadCache<number, ExtentMap>(keptExtents, ({ extents }) => extents.length + 1);
  const pieces = loadCache<string, Uint8Array>(keptBytes, ({ length }) => length);

  async function unpack(
    extent: Extent,
    length: number,
    interlaced: boolean,
    signal?: CancelSignal,
  ): Promise<Uint8Array> {
    const { start, stored, algorithm, offset } = extent;
    if (length > maxExtentSize || stored > Math.max(maxStoredSize, blockSize)) {
      throw damaged("an extent of a compressed file is longer than the format allows", start);
    }
    if (algorithm === undefined) {
      const bytes = await readExact(source, start, interlaced ? stored : Math.min(stored, length), signal);
      if (bytes.length < length) throw damaged("an extent of a file is truncated", start);
      return interlaced ? rotate(bytes, offset % blockSize, length) : bytes;
    }
    const name = algorithms[algorithm];
    if (name === undefined) {
      throw new ImageError(
        "unsupported",
        `a file is compressed with an unknown algorithm (number ${algorithm})`,
        start,
      );
    }
    const decompress = decompressors[name];
    if (decompress === undefined) {
      throw new ImageError(
        "unsupported",
        `it is compressed with ${name}, which this version of node cannot unpack; use node 22.15 or newer`,
      );
    }
    const bytes = await readExact(source, start, stored, signal);
    const content = await decompress(withoutPadding(bytes), length, "first");
    if (content.length < length) throw damaged("an extent of a compressed file is truncated", start);
    return content;
  }

  /** What is compressed stands at the end of its blocks; before Linux 5.4 lz4 stood at their beginning. */
  function withoutPadding(bytes: Uint8Array): Uint8Array {
    if ((superblock.incompatible & incompatibleFeatures.lz4Padding) === 0) return bytes;
    let from = 0;
    while (from < bytes.length && bytes[from] === 0) from += 1;
    return bytes.subarray(from);
  }

  const extentsOf = (inode: InodeFacts): Promise<ExtentMap> =>
    maps.get(inode.number, () => readExtents(paged, superblock, inode));

  const read: ReadData = async (inode, offset, length, signal) => {
    const { extents, fragment, interlaced } = await extentsOf(inode);
    const out = new Uint8Array(length);
    const end = offset + length;
    const extentEnd = fragment?.from ?? inode.size;
    const first = lastAtOrBefore(extents.length, (i) => extents[i]?.offset ?? 0, offset);
    for (let i = Math.max(0, first); i < extents.length; i++) {
      signal?.throwIfAborted();
      const extent = extents[i];
      if (extent === undefined || extent.offset >= end) break;
      const pieceEnd = Math.min(extents[i + 1]?.offset ?? extentEnd, extentEnd);
      const key = `${inode.number}:${i}`;
      const content = await pieces.get(key, () => unpack(extent, pieceEnd - extent.offset, interlaced));
      const from = Math.max(offset, extent.offset);
      out.set(content.subarray(from - extent.offset, Math.min(end, pieceEnd) - extent.offset), from - offset);
    }
    if (fragment !== undefined && end > fragment.from) {
      if (inode.number === superblock.packed) throw damaged("the packed inode refers to itself", inode.end);
      const from = Math.max(offset, fragment.from);
      const bytes = await readPacked(fragment.offset + from - fragment.from, end - from, signal);
      out.set(bytes, from - offset);
    }
    return out;
  };
  return { read, extentsOf };
}

/** What begins within its block where it does in the file, and goes on at the block's beginning. */
function rotate(bytes: Uint8Array, first: number, length: number): Uint8Array {
  const out = new Uint8Array(length);
  const head = bytes.subarray(first, first + length);
  out.set(head);
  out.set(bytes.subarray(0, length - head.length), head.length);
  return out;
}
