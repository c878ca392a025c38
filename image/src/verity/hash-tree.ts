// The shape of a dm-verity hash tree: which hash lies where (the kernel's Documentation/admin-guide/device-mapper/verity.rst).
import { ImageError } from "../bytes/image-error.ts";
import { superblockSize, type VeritySuperblock } from "./superblock.ts";
import type { HashFunction } from "./verity-crypto.ts";

/** A level of the tree; the lowest has the hashes of the data, each other one those of the level below. */
export interface HashLevel {
  /** Bytes from the beginning of the partition or file, superblock included. */
  readonly start: number;
  /** Blocks of hashes. */
  readonly blocks: number;
}

export interface HashTree {
  readonly superblock: VeritySuperblock;
  /** Bytes of a hash, and from one to the next in a block. */
  readonly digestSize: number;
  readonly digestStride: number;
  /** A power of two. */
  readonly digestsPerBlock: number;
  /** The lowest first, which is stored last; none over a single block, whose hash is the root hash. */
  readonly levels: readonly HashLevel[];
  /** Bytes of superblock and tree. */
  readonly size: number;
  /** The hash of a block of data or hashes, with the salt. */
  digest(block: Uint8Array): Uint8Array;
}

/** The tree that a superblock tells of. Throws `unsupported` for an algorithm that is not there. */
export function hashTreeOf(superblock: VeritySuperblock, hash: HashFunction): HashTree {
  const { algorithm, hashType, hashBlockSize, dataBlocks } = superblock;
  const digestSize = hash(algorithm, new Uint8Array(0))?.length ?? 0;
  const digestsPerBlock = digestSize === 0 ? 0 : powerBelow(hashBlockSize / digestSize);
  if (digestsPerBlock < 2) {
    throw new ImageError("unsupported", `its hash tree uses "${algorithm}", which this program cannot compute`);
  }
  const counts: number[] = [];
  for (let count = dataBlocks; count > 1; ) {
    count = Math.ceil(count / digestsPerBlock);
    counts.push(count);
  }
  let start = Math.ceil(superblockSize / hashBlockSize) * hashBlockSize;
  const levels: HashLevel[] = [];
  for (const blocks of counts.reverse()) {
    levels.unshift({ start, blocks });
    start += blocks * hashBlockSize;
  }
  return {
    superblock,
    digestSize,
    digestStride: hashType === 0 ? digestSize : hashBlockSize / digestsPerBlock,
    digestsPerBlock,
    levels,
    size: start,
    digest: digestFunction(superblock, hash),
  };
}

/** The salt is hashed in front of a block, by type 0 behind it. One buffer serves all blocks of a size. */
function digestFunction({ algorithm, hashType, salt }: VeritySuperblock, hash: HashFunction) {
  let buffer = new Uint8Array(0);
  return (block: Uint8Array): Uint8Array => {
    if (buffer.length !== salt.length + block.length) {
      buffer = new Uint8Array(salt.length + block.length);
      buffer.set(salt, hashType === 0 ? block.length : 0);
    }
    buffer.set(block, hashType === 0 ? 0 : salt.length);
    return hash(algorithm, buffer) ?? new Uint8Array(0);
  };
}

function powerBelow(count: number): number {
  return count < 1 ? 0 : 2 ** Math.floor(Math.log2(count));
}
