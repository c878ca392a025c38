// Reads a table that is stored as metadata blocks: records that run across the borders of compressed 8 KiB pieces.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { loadCache } from "../bytes/load-cache.ts";
import { readExact } from "../bytes/read-exact.ts";
import type { UnpackBlock } from "./block-unpacker.ts";
import type { MetadataPosition } from "./metadata-writer.ts";
import { METADATA_BLOCK_SIZE, METADATA_UNCOMPRESSED } from "./superblock.ts";

/** The content of one metadata block, and the position in the image of the block behind it. */
interface MetadataBlock {
  readonly bytes: Uint8Array;
  /** Of the same bytes. */
  readonly data: DataView;
  readonly next: number;
}

/** Metadata blocks by their position in the image. */
export type LoadMetadataBlock = (position: number) => MetadataBlock | Promise<MetadataBlock>;

const headerSize = 2;
const keptBytes = 8 * 1024 * 1024;

/** All tables of an image share one loader, and with it one cache. */
export function metadataBlocks(source: ByteSource, unpack: UnpackBlock): LoadMetadataBlock {
  const blocks = loadCache<number, MetadataBlock>(keptBytes, ({ bytes }) => bytes.length);

  async function load(position: number): Promise<MetadataBlock> {
    const [low = 0, high = 0] = await readExact(source, position, headerSize);
    const header = low | (high << 8);
    const size = header & ~METADATA_UNCOMPRESSED;
    if (size === 0 || size > METADATA_BLOCK_SIZE) {
      throw damaged(`a block of metadata has the size ${size}`, position);
    }
    const stored = await readExact(source, position + headerSize, size);
    const isPlain = (header & METADATA_UNCOMPRESSED) !== 0;
    const bytes = isPlain ? stored : await unpack(stored, METADATA_BLOCK_SIZE, position);
    if (bytes.length === 0) throw damaged("a block of metadata is empty", position);
    return { bytes, data: viewOf(bytes), next: position + headerSize + size };
  }

  return (position) => blocks.peek(position) ?? blocks.get(position, () => load(position));
}

export interface MetadataRead {
  readonly bytes: Uint8Array;
  /** Where the bytes behind these begin. */
  readonly next: MetadataPosition;
}

/** Bytes of a table where they lie: from `at` in `data` on. */
export interface MetadataView {
  readonly data: DataView;
  readonly at: number;
}

/**
 * Shows bytes of a table that are loaded already; for as long as a task of `MetadataReader.use` runs. The offset of a position
 * may lie behind the content of its block, and means the blocks that follow then.
 */
export type ViewNow = (position: MetadataPosition, length: number) => MetadataView;

/** One table. */
export interface MetadataReader {
  /** Reads `length` bytes (what fits in memory: the caller checks) from a position in the table on. */
  read(position: MetadataPosition, length: number): Promise<MetadataRead>;
  /** What `task` makes of bytes that it reads without waiting; it runs again each time that a block had to be loaded for it. */
  use<Result>(task: (view: ViewNow) => Result): Promise<Result>;
  /** The same when nothing has to be loaded; undefined otherwise. */
  useNow<Result>(task: (view: ViewNow) => Result): Result | undefined;
  /** Where a position lies in the image, for messages. */
  imageOffset(position: MetadataPosition): number;
}

/** Ends a task for which a block has to be loaded first. */
class BlockNeeded {
  readonly block: Promise<MetadataBlock>;

  constructor(block: Promise<MetadataBlock>) {
    this.block = block;
  }
}

/** The table from `start` on; all of it lies before `end`. */
export function metadataReader(load: LoadMetadataBlock, start: number, end: number): MetadataReader {
  function blockAt(position: number): MetadataBlock {
    if (position < start || position >= end) throw damaged("it refers to metadata outside of their table", position);
    const block = load(position);
    if (block instanceof Promise) throw new BlockNeeded(block);
    return block;
  }

  const viewNow: ViewNow = (from, length) => {
    if (length === 0) return nothing;
    let position = start + from.block;
    let { offset } = from;
    let block = blockAt(position);
    while (offset >= block.bytes.length) {
      offset -= block.bytes.length;
      position = block.next;
      block = blockAt(position);
    }
    if (offset + length <= block.bytes.length) return { data: block.data, at: offset };
    const bytes = new Uint8Array(length);
    for (let at = 0; ; offset = 0) {
      const part = block.bytes.subarray(offset, offset + length - at);
      bytes.set(part, at);
      at += part.length;
      if (at === length) return { data: viewOf(bytes), at: 0 };
      position = block.next;
      block = blockAt(position);
    }
  };

  /** The same position in the last block in which it can be, so that the next look at it need not pass the others. */
  function lastBlockOf({ block, offset }: MetadataPosition): MetadataPosition {
    let position = start + block;
    let left = offset;
    for (let { bytes, next } = blockAt(position); left > bytes.length; { bytes, next } = blockAt(position)) {
      left -= bytes.length;
      position = next;
    }
    return { block: position - start, offset: left };
  }

  async function use<Result>(task: (view: ViewNow) => Result): Promise<Result> {
    for (;;) {
      try {
        return task(viewNow);
      } catch (error) {
        if (!(error instanceof BlockNeeded)) throw error;
        await error.block;
      }
    }
  }

  return {
    imageOffset: ({ block }) => start + block,
    use,
    useNow(task) {
      try {
        return task(viewNow);
      } catch (error) {
        if (!(error instanceof BlockNeeded)) throw error;
        error.block.catch(() => undefined); // whoever waits for it is told
        return undefined;
      }
    },
    read(position, length) {
      return use((viewAt) => ({
        bytes: bytesOf(viewAt(position, length), length),
        next: length === 0 ? position : lastBlockOf(positionAfter(position, length)),
      }));
    },
  };
}

/** The `length` bytes of a view, which are not copied. */
export function bytesOf({ data, at }: MetadataView, length: number): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset + at, length);
}

/** The position `length` bytes behind another. */
export function positionAfter({ block, offset }: MetadataPosition, length: number): MetadataPosition {
  return { block, offset: offset + length };
}

/** Different for two positions, where each is written down one way, as those of inodes are. */
export function positionKey({ block, offset }: MetadataPosition): string {
  return `${block}:${offset}`;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const nothing: MetadataView = { data: new DataView(new ArrayBuffer(0)), at: 0 };
