// Reads the contents of files: blocks, holes, and ends that share a fragment block with others.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { loadCache } from "../bytes/load-cache.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type BlockList, type BlockPlace, blockList, blockPlace } from "./block-list.ts";
import type { UnpackBlock } from "./block-unpacker.ts";
import type { ReadFragment } from "./fragment-table.ts";
import type { FileInode } from "./inode-reader.ts";
import { type MetadataReader, positionKey } from "./metadata-reader.ts";

export interface DataReaderParts {
  readonly source: ByteSource;
  readonly unpack: UnpackBlock;
  readonly inodes: MetadataReader;
  readonly readFragment: ReadFragment;
  readonly fragmentCount: number;
  readonly blockSize: number;
}

export interface DataReader {
  /** Reads `length` bytes of a file from `offset` on; both lie in the file. */
  read(inode: FileInode, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array>;
  /** As `FileTree.storedSize`. */
  storedSize(inode: FileInode, signal?: CancelSignal): Promise<number>;
}

/** Unpacked blocks that are kept: those of which only a part was asked for. */
const keptBytes = 16 * 1024 * 1024;
const keptLists = 64;
/** Blocks that are read and unpacked at a time: as many as keep node's four threads busy. */
const blocksAtATime = 8;

export function dataReader(parts: DataReaderParts): DataReader {
  const { source, unpack, inodes, readFragment, fragmentCount, blockSize } = parts;
  const blocks = loadCache<number, Uint8Array>(keptBytes, (block) => block.length);
  const lists = loadCache<string, BlockList>(keptLists, () => 1);

  async function loadBlock(place: BlockPlace, signal?: CancelSignal): Promise<Uint8Array> {
    if (place.size > blockSize) throw damaged(`a block of data has the stored size ${place.size}`, place.start);
    const stored = await readExact(source, place.start, place.size, signal);
    return place.isPlain ? stored : unpack(stored, blockSize, place.start);
  }

  function keepBlock(place: BlockPlace): Promise<Uint8Array> {
    // Without a signal, as others may be waiting for the same block.
    return blocks.get(place.start, () => loadBlock(place));
  }

  /** Copies to `target` what of block `number` lies between `from` and `to`, both offsets in the file. */
  async function copyBlock(list: BlockList, number: number, target: Uint8Array, from: number, signal?: CancelSignal) {
    const place = await list.locate(number);
    if (place.size === 0) return; // a hole; `target` is all zeros
    const blockStart = number * blockSize;
    const start = Math.max(from, blockStart);
    const end = Math.min(from + target.length, blockStart + blockSize);
    const isWhole = end - start === blockSize;
    const block = await (isWhole ? (blocks.peek(place.start) ?? loadBlock(place, signal)) : keepBlock(place));
    // A block may be shorter than its part of the file; the rest is zeros.
    target.set(block.subarray(start - blockStart, end - blockStart), start - from);
  }

  async function copyFragment(inode: FileInode, fragment: number, target: Uint8Array, from: number) {
    const tailStart = Math.floor(inode.size / blockSize) * blockSize;
    const end = from + target.length;
    if (end <= tailStart) return;
    const { start, size } = await readFragment(fragment);
    const block = await keepBlock(blockPlace(start, size));
    if (inode.fragmentOffset + (inode.size - tailStart) > block.length) {
      throw damaged("a file extends beyond the end of its fragment", start);
    }
    const first = Math.max(from, tailStart);
    const part = block.subarray(inode.fragmentOffset + first - tailStart, inode.fragmentOffset + end - tailStart);
    target.set(part, first - from);
  }

  function listOf(inode: FileInode): Promise<BlockList> {
    return lists.get(positionKey(inode.facts.place), async () => blockList(inodes, inode, blockSize));
  }

  async function read(inode: FileInode, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array> {
    const end = offset + length;
    const list = await listOf(inode);
    const first = Math.floor(offset / blockSize);
    const behind = Math.min(list.count, Math.ceil(end / blockSize));
    // Before memory is taken: a file whose size is a lie has no blocks for it.
    if (behind > first) await list.locate(behind - 1);
    if (length === blockSize && offset === first * blockSize && behind === first + 1) {
      const { start, size, isPlain } = await list.locate(first);
      const block = size === 0 ? undefined : await loadBlock({ start, size, isPlain }, signal);
      if (block?.length === blockSize) return block; // as nearly all of a file that is copied: nothing to put together
    }
    const target = new Uint8Array(length);
    for (let group = first; group < behind; group += blocksAtATime) {
      signal?.throwIfAborted();
      const copies: Promise<void>[] = [];
      for (let number = group; number < Math.min(behind, group + blocksAtATime); number++) {
        copies.push(copyBlock(list, number, target, offset, signal));
      }
      await Promise.all(copies);
    }
    if (inode.fragment !== undefined) await copyFragment(inode, inode.fragment, target, offset);
    return target;
  }

  /** A fragment block's content is as long as a block, or little shorter; only the last one may be much shorter. */
  async function fragmentShare({ size }: FileInode, fragment: number): Promise<number> {
    const place = await readFragment(fragment);
    const stored = blockPlace(place.start, place.size);
    const isLast = fragment === fragmentCount - 1;
    const whole = isLast ? (await keepBlock(stored)).length : blockSize;
    return whole === 0 ? 0 : Math.round(stored.size * Math.min(1, (size % blockSize) / whole));
  }

  return {
    read,
    async storedSize(inode, signal) {
      const blocks = await (await listOf(inode)).storedBytes(signal);
      return inode.fragment === undefined ? blocks : blocks + (await fragmentShare(inode, inode.fragment));
    },
  };
}
