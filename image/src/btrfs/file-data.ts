// Contents of files in btrfs: extents by their offset in the file, inline, as they are, or compressed.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { lastAtOrBefore } from "../bytes/last-at-or-before.ts";
import { loadCache } from "../bytes/load-cache.ts";
import { readExact } from "../bytes/read-exact.ts";
import { readUint64 } from "../bytes/record.ts";
import type { Decompressors } from "../codec/codec.ts";
import { unpackLzo } from "../codec/lzo.ts";
import { zstdFrameLength } from "../codec/zstd-frame.ts";
import type { ChunkMap } from "./chunks.ts";
import { type Inode, itemsOf } from "./inode.ts";
import { itemTypes } from "./key.ts";
import type { TreeReader } from "./tree.ts";

const at = {
  unpacked: 8,
  compression: 16,
  encryption: 17,
  kind: 20,
  inline: 21,
  disk: 21,
  stored: 29,
  offset: 37,
  length: 45,
} as const;
const regularSize = 53;
const kinds = { inline: 0, regular: 1, allocated: 2 } as const;
const compressions = ["none", "gzip", "lzo", "zstd"] as const;
/** A compressed extent holds no more; the kernel makes them of 128 KiB. */
const maxExtentSize = 1 << 20;
const keptBytes = 16 << 20;
const keptExtents = 65_536;

/** A stretch of a file. */
interface Extent {
  /** Offset in the file, and bytes from there on. */
  readonly offset: number;
  readonly length: number;
  readonly compression: (typeof compressions)[number];
  /** What an inline extent has. */
  readonly inline?: Uint8Array;
  /** Logical address of what is stored; undefined for zeros. */
  readonly disk?: number;
  readonly stored: number;
  readonly unpacked: number;
  /** Where in the unpacked content this stretch begins. */
  readonly from: number;
}

interface Extents {
  readonly list: readonly Extent[];
}

export interface DataParts {
  readonly source: ByteSource;
  readonly trees: TreeReader;
  readonly chunks: ChunkMap;
  readonly sectorSize: number;
  readonly decompressors: Decompressors;
}

export interface FileData {
  /** Reads `length` bytes of a file from `offset` on; both lie in the file. */
  read(inode: Inode, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array>;
  /** As `FileTree.storedSize`. */
  storedSize(inode: Inode): Promise<number>;
}

export function fileData({ source, trees, chunks, sectorSize, decompressors }: DataParts): FileData {
  const known = loadCache<string, Extents>(keptExtents, ({ list }) => list.length + 1);
  const unpacked = loadCache<number, Uint8Array>(keptBytes, ({ length }) => length);

  async function readExtents(inode: Inode): Promise<Extents> {
    const list: Extent[] = [];
    for await (const { key, data } of itemsOf(trees, inode.place, itemTypes.extent)) {
      const extent = parseExtent(data, key.offset);
      const before = list.at(-1);
      if (before !== undefined && before.offset + before.length > extent.offset) {
        throw damaged("the pieces of a file overlap");
      }
      list.push(extent);
    }
    return { list };
  }

  async function contentOf(extent: Extent, signal?: CancelSignal): Promise<Uint8Array> {
    const { inline, disk = 0, stored, compression } = extent;
    if (compression === "none") {
      if (inline !== undefined) return inline;
      return await readExact(source, chunks.place(disk, stored), stored, signal);
    }
    if (inline !== undefined) return await unpack(inline, extent);
    return await unpacked.get(disk, async () => {
      if (stored > maxExtentSize) throw damaged("a compressed piece of a file is longer than pieces may be");
      return await unpack(await readExact(source, chunks.place(disk, stored), stored), extent);
    });
  }

  async function unpack(bytes: Uint8Array, { compression, unpacked: length }: Extent): Promise<Uint8Array> {
    if (length > maxExtentSize) throw damaged("a compressed piece of a file is longer than pieces may be");
    if (compression === "lzo") return unpackSegments(bytes, length, sectorSize);
    const decompress = compression === "none" ? undefined : decompressors[compression];
    if (decompress === undefined) {
      throw new ImageError(
        "unsupported",
        `it is compressed with ${compression}, which this version of node cannot unpack; use node 22.15 or newer`,
      );
    }
    // Behind what is compressed the last sector is filled up.
    const exact = compression === "zstd" ? bytes.subarray(0, zstdFrameLength(bytes)) : bytes;
    return await decompress(exact, length, "first");
  }

  function extentsOf(inode: Inode): Promise<Extents> {
    const { tree, number } = inode.place;
    return known.get(`${tree}:${number}`, () => readExtents(inode));
  }

  async function read(inode: Inode, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array> {
    const { list } = await extentsOf(inode);
    const out = new Uint8Array(length);
    const end = offset + length;
    const first = lastAtOrBefore(list.length, (i) => list[i]?.offset ?? 0, offset);
    for (let i = Math.max(0, first); i < list.length; i++) {
      signal?.throwIfAborted();
      const extent = list[i];
      if (extent === undefined || extent.offset >= end) break;
      if (extent.disk === undefined && extent.inline === undefined) continue;
      const from = Math.max(offset, extent.offset);
      const to = Math.min(end, extent.offset + extent.length);
      if (from >= to) continue;
      const start = extent.from + from - extent.offset;
      if (extent.compression === "none" && extent.inline === undefined && extent.disk !== undefined) {
        const bytes = await readExact(source, chunks.place(extent.disk + start, to - from), to - from, signal);
        out.set(bytes, from - offset);
        continue;
      }
      const content = await contentOf(extent, signal);
      out.set(content.subarray(start, start + to - from), from - offset);
    }
    return out;
  }

  return {
    read,
    async storedSize(inode) {
      const { list } = await extentsOf(inode);
      return list.reduce((sum, extent) => sum + storedOf(extent), 0);
    },
  };
}

/** Of an extent that other files use as well, or of which a part is not used any more, the part that this stretch is. */
function storedOf({ inline, disk, stored, unpacked, length }: Extent): number {
  if (inline !== undefined) return stored;
  if (disk === undefined || unpacked === 0) return 0;
  return Math.round(stored * Math.min(1, length / unpacked));
}

function parseExtent(data: Uint8Array, offset: number): Extent {
  if (data.length < at.inline) throw damaged("a piece of a file is cut off");
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const compression = compressions[view.getUint8(at.compression)];
  if (compression === undefined || view.getUint8(at.encryption) !== 0) {
    throw new ImageError("unsupported", "a file is compressed or encrypted with a method that is not known");
  }
  const kind = view.getUint8(at.kind);
  const unpacked = readUint64(view, at.unpacked);
  if (kind === kinds.inline) {
    const inline = data.slice(at.inline);
    return { offset, length: unpacked, compression, inline, stored: inline.length, unpacked, from: 0 };
  }
  if (data.length < regularSize || (kind !== kinds.regular && kind !== kinds.allocated)) {
    throw damaged("a piece of a file is cut off");
  }
  const disk = readUint64(view, at.disk);
  const isHole = disk === 0 || kind === kinds.allocated;
  return {
    offset,
    length: readUint64(view, at.length),
    compression,
    ...(isHole ? {} : { disk }),
    stored: readUint64(view, at.stored),
    unpacked,
    from: readUint64(view, at.offset),
  };
}

/** LZO in segments of a sector of content each, whose lengths never cross the border of a sector. */
function unpackSegments(bytes: Uint8Array, length: number, sectorSize: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const out = new Uint8Array(length);
  if (bytes.length < 4) throw damaged("an extent of a compressed file is truncated");
  const total = Math.min(view.getUint32(0, true), bytes.length);
  let to = 0;
  for (let from = 4; from + 4 <= total && to < length; ) {
    const left = sectorSize - (from % sectorSize);
    if (left < 4) {
      from += left;
      continue;
    }
    const size = view.getUint32(from, true);
    from += 4;
    if (size > total - from) throw damaged("an extent of a compressed file is truncated");
    const content = unpackLzo(bytes.subarray(from, from + size), sectorSize);
    out.set(content.subarray(0, length - to), to);
    to += content.length;
    from += size;
  }
  return out;
}
