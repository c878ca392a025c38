// The blocks of one file: where each is stored, found by adding up the sizes of those before it.
import type { CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import type { FileInode } from "./inode-reader.ts";
import type { MetadataReader } from "./metadata-reader.ts";
import type { MetadataPosition } from "./metadata-writer.ts";
import { BLOCK_UNCOMPRESSED } from "./superblock.ts";

export interface BlockPlace {
  /** Position in the image. */
  readonly start: number;
  /** Stored bytes; 0 is a hole. */
  readonly size: number;
  readonly isPlain: boolean;
}

export interface BlockList {
  /** How many blocks the file has, besides what lies in a fragment. */
  readonly count: number;
  /** Where block `number` (below `count`) is stored. */
  locate(number: number): Promise<BlockPlace>;
  /** Bytes that all blocks take in the image. */
  storedBytes(signal?: CancelSignal): Promise<number>;
}

const wordSize = 4;
/** Blocks whose sizes are read at a time. A file of many terabytes may be all holes, and its list is not held whole. */
const segmentBlocks = 2048;

/** Where the sizes of a segment stand, and where its first block is stored. */
interface SegmentStart {
  readonly position: MetadataPosition;
  readonly start: number;
}

interface Segment {
  readonly number: number;
  readonly words: DataView;
  readonly starts: Float64Array;
}

export function blockList(inodes: MetadataReader, inode: FileInode, blockSize: number): BlockList {
  const whole = inode.size / blockSize;
  const count = inode.fragment === undefined ? Math.ceil(whole) : Math.floor(whole);
  const known: SegmentStart[] = [{ position: inode.blockList, start: inode.start }];
  let last: Segment | undefined;

  async function readSegment(number: number, { position, start }: SegmentStart): Promise<Segment> {
    const blocks = Math.min(segmentBlocks, count - number * segmentBlocks);
    const { bytes, next } = await inodes.read(position, blocks * wordSize);
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const starts = new Float64Array(blocks);
    let at = start;
    for (let i = 0; i < blocks; i++) {
      starts[i] = at;
      at += storedSize(words.getUint32(i * wordSize, true), blockSize, inodes.imageOffset(position));
    }
    known[number + 1] = { position: next, start: at };
    return { number, words, starts };
  }

  async function segmentAt(number: number): Promise<Segment> {
    if (last?.number === number) return last;
    let nearest = Math.min(number, known.length - 1);
    for (;;) {
      const start = known[nearest];
      if (start === undefined) throw damaged("the list of a file's blocks has a gap");
      const segment = await readSegment(nearest, start);
      if (nearest === number) {
        last = segment;
        return segment;
      }
      nearest += 1;
    }
  }

  return {
    count,
    async locate(number) {
      const segment = await segmentAt(Math.floor(number / segmentBlocks));
      const i = number % segmentBlocks;
      const word = segment.words.getUint32(i * wordSize, true);
      return blockPlace(segment.starts[i] ?? 0, word);
    },
    async storedBytes(signal) {
      const segments = Math.ceil(count / segmentBlocks);
      for (let number = known.length - 1; number < segments; number++) {
        signal?.throwIfAborted();
        await segmentAt(number);
      }
      return (known[segments]?.start ?? inode.start) - inode.start;
    },
  };
}

/** The place of a block from its position and its size word. */
export function blockPlace(start: number, word: number): BlockPlace {
  return { start, size: word & ~BLOCK_UNCOMPRESSED, isPlain: (word & BLOCK_UNCOMPRESSED) !== 0 };
}

function storedSize(word: number, blockSize: number, place: number): number {
  const size = word & ~BLOCK_UNCOMPRESSED;
  if (size < 0 || size > blockSize) throw damaged(`a block of a file has the stored size ${size >>> 0}`, place);
  return size;
}
