// Files of erofs that are stored as they are: in one run of blocks, with an end beside the inode, or in chunks.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, readField } from "../bytes/record.ts";
import { type InodeFacts, NO_BLOCK } from "./inode.ts";
import type { Superblock } from "./superblock.ts";

/** Of a chunk with a device; other chunks have the number of their first block only. */
const chunkLayout = {
  blockHigh: { offset: 0, size: 2 },
  device: { offset: 2, size: 2 },
  block: { offset: 4, size: 4 },
} as const satisfies RecordLayout;

/** Of the form of chunks: the logarithm of their blocks, and whether each has a record of its own. */
const chunkLog = 0x1f;
const chunkRecords = 0x20;
const recordBytes = 8;
const numberBytes = 4;

/** A stretch of a file that lies in one piece in the image. */
interface Stretch {
  /** Position in the image; undefined in a hole. */
  readonly start: number | undefined;
  /** Bytes from there to the end of the piece. */
  readonly length: number;
}

export interface PlainParts {
  /** For contents. */
  readonly source: ByteSource;
  /** The same bytes, through a cache, for structures. */
  readonly paged: ByteSource;
  readonly superblock: Superblock;
}

/** Reads `length` bytes of a file from `offset` on, as `FileTree.read`; both lie in the file. */
export async function readPlain(
  parts: PlainParts,
  inode: InodeFacts,
  offset: number,
  length: number,
  signal?: CancelSignal,
): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    signal?.throwIfAborted();
    const stretch = await stretchAt(parts, inode, offset + at);
    const part = Math.min(length - at, stretch.length);
    if (stretch.start !== undefined) out.set(await readExact(parts.source, stretch.start, part, signal), at);
    at += part;
  }
  return out;
}

/** Bytes that a file takes in the image, without its holes. */
export async function storedPlain(parts: PlainParts, inode: InodeFacts, signal?: CancelSignal): Promise<number> {
  if (inode.layout !== "chunks") return inode.dataPlace === NO_BLOCK && inode.layout === "plain" ? 0 : inode.size;
  const { chunkSize, unit, list } = chunksOf(parts, inode);
  // Not to walk to the end of the image for a size that is a lie.
  if (list + Math.ceil(inode.size / chunkSize) * unit > parts.paged.size) {
    throw damaged("the list of a file's chunks goes on after the end of the image", list);
  }
  let stored = 0;
  for (let offset = 0; offset < inode.size; ) {
    signal?.throwIfAborted();
    const { start, length } = await stretchAt(parts, inode, offset);
    if (start !== undefined) stored += length;
    offset += length;
  }
  return stored;
}

async function stretchAt(parts: PlainParts, inode: InodeFacts, offset: number): Promise<Stretch> {
  if (inode.layout === "chunks") return await chunkAt(parts, inode, offset);
  const { blockSize } = parts.superblock;
  const { size, dataPlace, end, layout } = inode;
  const inBlocks = layout === "inline" ? (Math.ceil(size / blockSize) - 1) * blockSize : size;
  if (offset < inBlocks) {
    const start = dataPlace === NO_BLOCK ? undefined : dataPlace * blockSize + offset;
    return { start, length: inBlocks - offset };
  }
  return { start: end + offset - inBlocks, length: size - offset };
}

/** How long the chunks of a file are, and where the list of them lies. */
function chunksOf({ superblock }: PlainParts, { dataPlace, end }: InodeFacts) {
  const chunkSize = superblock.blockSize * 2 ** (dataPlace & chunkLog);
  const hasRecords = (dataPlace & chunkRecords) !== 0;
  const unit = hasRecords ? recordBytes : numberBytes;
  return { chunkSize, hasRecords, unit, list: Math.ceil(end / unit) * unit };
}

async function chunkAt(parts: PlainParts, inode: InodeFacts, offset: number): Promise<Stretch> {
  const { paged, superblock } = parts;
  const { blockSize } = superblock;
  const { chunkSize, hasRecords, unit, list } = chunksOf(parts, inode);
  const index = Math.floor(offset / chunkSize);
  const within = offset - index * chunkSize;
  const place = list + index * unit;
  const bytes = await readExact(paged, place, unit);
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const low = hasRecords ? readField(data, 0, chunkLayout.block) : data.getUint32(0, true);
  const length = Math.min(chunkSize - within, inode.size - offset);
  if (low === NO_BLOCK) return { start: undefined, length };
  if (hasRecords && readField(data, 0, chunkLayout.device) !== 0) {
    throw damaged("a part of a file is on a device that the image does not list", place);
  }
  const block = low + (hasRecords ? readField(data, 0, chunkLayout.blockHigh) * 2 ** 32 : 0);
  return { start: block * blockSize + within, length };
}
