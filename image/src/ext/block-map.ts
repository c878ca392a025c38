// Where the blocks of a file lie in ext4: a tree of extents, or lists of blocks that lead to further lists.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { lastAtOrBefore } from "../bytes/last-at-or-before.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import { type InodeFacts, inodeFlags } from "./inode.ts";
import type { Superblock } from "./superblock.ts";

/** A run of blocks of a file. */
export interface Run {
  /** Position in the image; undefined where the file has zeros. */
  readonly start: number | undefined;
  /** Bytes from there on. */
  readonly length: number;
}

const extentHeaderLayout = {
  magic: { offset: 0, size: 2 },
  entries: { offset: 2, size: 2 },
  depth: { offset: 6, size: 2 },
} as const satisfies RecordLayout;

const extentLayout = {
  block: { offset: 0, size: 4 },
  length: { offset: 4, size: 2 },
  startHigh: { offset: 6, size: 2 },
  start: { offset: 8, size: 4 },
} as const satisfies RecordLayout;

const branchLayout = {
  block: { offset: 0, size: 4 },
  leaf: { offset: 4, size: 4 },
  leafHigh: { offset: 8, size: 2 },
} as const satisfies RecordLayout;

const extentMagic = 0xf30a;
const entrySize = 12;
const deepest = 5;
/** A longer extent is one that was never written: it has this many blocks less. */
const maxInitializedLength = 32_768;
const directBlocks = 12;
const pointerSize = 4;

export interface MapParts {
  /** Through a cache. */
  readonly paged: ByteSource;
  readonly superblock: Superblock;
}

/** The run that the byte at `offset` of a file is in, from there on to its end or the file's. */
export async function runAt(parts: MapParts, inode: InodeFacts, offset: number): Promise<Run> {
  const { blockSize } = parts.superblock;
  const block = Math.floor(offset / blockSize);
  const within = offset - block * blockSize;
  const found =
    (inode.flags & inodeFlags.extents) !== 0
      ? await findExtent(parts, inode, block)
      : await findBlock(parts, inode, block);
  const length = Math.min(found.count * blockSize - within, inode.size - offset);
  return { start: found.start === undefined ? undefined : found.start * blockSize + within, length };
}

/** The block that a block of a file is, and how many follow it. */
interface Blocks {
  readonly start: number | undefined;
  readonly count: number;
}

async function findExtent({ paged, superblock }: MapParts, inode: InodeFacts, block: number): Promise<Blocks> {
  let node: Uint8Array = inode.map;
  let position = inode.position;
  /** The first block behind what this node is for. */
  let end = Math.ceil(inode.size / superblock.blockSize);
  let depth: number | undefined;
  for (let level = 0; level <= deepest; level++) {
    const header = readRecord(extentHeaderLayout, node, 0, position);
    const fits = (header.entries + 1) * entrySize <= node.length;
    if (header.magic !== extentMagic || !fits || (depth !== undefined && header.depth !== depth - 1)) {
      throw damaged("the extents of a file are not in order", position);
    }
    depth = header.depth;
    const view = new DataView(node.buffer, node.byteOffset, node.length);
    const index = lastAtOrBefore(header.entries, (i) => view.getUint32((i + 1) * entrySize, true), block);
    const following =
      index + 1 < header.entries ? readRecord(extentLayout, node, (index + 2) * entrySize, position).block : end;
    end = Math.min(end, following);
    if (index < 0) return { start: undefined, count: Math.max(1, end - block) };
    const at = (index + 1) * entrySize;
    if (depth === 0) {
      const extent = readRecord(extentLayout, node, at, position);
      const isInitialized = extent.length <= maxInitializedLength;
      const length = isInitialized ? extent.length : extent.length - maxInitializedLength;
      const skipped = block - extent.block;
      if (skipped >= length) return { start: undefined, count: Math.max(1, end - block) };
      const start = extent.start + extent.startHigh * 2 ** 32 + skipped;
      return { start: isInitialized ? start : undefined, count: length - skipped };
    }
    const { leaf, leafHigh } = readRecord(branchLayout, node, at, position);
    position = (leaf + leafHigh * 2 ** 32) * superblock.blockSize;
    node = await readBlock(paged, superblock, position);
  }
  throw damaged("the extent tree of a file is too deep", inode.position);
}

async function findBlock({ paged, superblock }: MapParts, inode: InodeFacts, block: number): Promise<Blocks> {
  const { blockSize } = superblock;
  const perBlock = blockSize / pointerSize;
  const view = new DataView(inode.map.buffer, inode.map.byteOffset, inode.map.length);
  if (block < directBlocks) return runOfPointers(view, block, directBlocks);
  let left = block - directBlocks;
  let covered = perBlock;
  for (let level = 1; level <= 3; level++, covered *= perBlock) {
    if (left >= covered) {
      left -= covered;
      continue;
    }
    let pointer = view.getUint32((directBlocks + level - 1) * pointerSize, true);
    for (let step = covered / perBlock; ; step /= perBlock) {
      if (pointer === 0) return { start: undefined, count: step * perBlock - (left % (step * perBlock)) };
      const bytes = await readBlock(paged, superblock, pointer * blockSize);
      const list = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const index = Math.floor(left / step) % perBlock;
      if (step === 1) return runOfPointers(list, index, perBlock);
      pointer = list.getUint32(index * pointerSize, true);
    }
  }
  throw damaged("a file has more blocks than the format allows", inode.position);
}

/** The pointers from `index` on that name one block behind the other, or none. */
function runOfPointers(list: DataView, index: number, end: number): Blocks {
  const first = list.getUint32(index * pointerSize, true);
  let count = 1;
  while (
    index + count < end &&
    list.getUint32((index + count) * pointerSize, true) === (first === 0 ? 0 : first + count)
  ) {
    count += 1;
  }
  return { start: first === 0 ? undefined : first, count };
}

async function readBlock(source: ByteSource, { blockSize }: Superblock, position: number): Promise<Uint8Array> {
  if (position + blockSize > source.size) throw damaged("a block is outside of the image", position);
  return await readExact(source, position, blockSize);
}

/** Reads `length` bytes of a file's blocks from `offset` on; both lie in the file. `source` is not cached. */
export async function readBlocks(
  parts: MapParts & { readonly source: ByteSource },
  inode: InodeFacts,
  offset: number,
  length: number,
  signal?: CancelSignal,
): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    signal?.throwIfAborted();
    const run = await runAt(parts, inode, offset + at);
    const part = Math.min(length - at, run.length);
    if (run.start !== undefined) {
      if (run.start + part > parts.source.size) throw damaged("a file has blocks outside of the image", inode.position);
      out.set(await readExact(parts.source, run.start, part, signal), at);
    }
    at += part;
  }
  return out;
}
