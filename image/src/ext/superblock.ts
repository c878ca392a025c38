// The superblock of ext2, ext3 and ext4: 1024 bytes behind the first 1024, and what its features say.
import { damaged, ImageError } from "../bytes/image-error.ts";
import { type RecordLayout, type RecordOf, readRecord } from "../bytes/record.ts";

export const SUPERBLOCK_OFFSET = 1024;
export const SUPERBLOCK_SIZE = 1024;
const EXT_MAGIC = 0xef53;

const superblockLayout = {
  inodes: { offset: 0, size: 4 },
  blocksLow: { offset: 4, size: 4 },
  freeInodes: { offset: 16, size: 4 },
  /** The block that the first group begins with. */
  firstBlock: { offset: 20, size: 4 },
  /** Logarithm of the block size, less 10. */
  blockLog: { offset: 24, size: 4 },
  blocksPerGroup: { offset: 32, size: 4 },
  inodesPerGroup: { offset: 40, size: 4 },
  magic: { offset: 56, size: 2 },
  revision: { offset: 76, size: 4 },
  inodeSize: { offset: 88, size: 2 },
  compatible: { offset: 92, size: 4 },
  incompatible: { offset: 96, size: 4 },
  readOnlyCompatible: { offset: 100, size: 4 },
  /** Bytes of a group's descriptor, with 64-bit block numbers. */
  descriptorSize: { offset: 254, size: 2 },
  created: { offset: 264, size: 4 },
  firstMetaGroup: { offset: 260, size: 4 },
  blocksHigh: { offset: 336, size: 4 },
} as const satisfies RecordLayout;

export const features = {
  /** Of those that others may pass over. */
  journal: 0x4,
  fileType: 0x2,
  needsRecovery: 0x4,
  metaGroups: 0x10,
  extents: 0x40,
  wide: 0x80,
  inlineData: 0x8000,
} as const;

/** Of those without which nothing can be read: file types, recovery, meta groups and so on up to case folding. */
const readable =
  0x2 | 0x4 | 0x10 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x10000 | 0x20000;

const maxBlockLog = 6;
const minInodeSize = 128;

export interface Superblock extends RecordOf<typeof superblockLayout> {
  readonly blockSize: number;
  readonly blocks: number;
  readonly groupDescriptorSize: number;
  readonly bytesPerInode: number;
  /** The journal has changes that were not made yet, so that what is read may be older, or half of something. */
  readonly needsRecovery: boolean;
  readonly version: "ext2" | "ext3" | "ext4";
}

/** Reads and checks the superblock. Throws `corrupt` or `unsupported`. */
export function parseSuperblock(bytes: Uint8Array, size: number): Superblock {
  const fields = readRecord(superblockLayout, bytes, 0, SUPERBLOCK_OFFSET);
  if (fields.magic !== EXT_MAGIC) throw broken("it has no ext4 superblock", "magic");
  const { blockLog, incompatible, revision, blocksPerGroup, inodesPerGroup } = fields;
  if (blockLog > maxBlockLog) throw broken(`the superblock has blocks of 2^${blockLog + 10} bytes`, "blockLog");
  const unknown = incompatible & ~readable;
  if (unknown !== 0) {
    const what = `features that cannot be read (0x${(unknown >>> 0).toString(16)})`;
    throw new ImageError(
      "unsupported",
      `it is an ext4 file system with ${what}`,
      SUPERBLOCK_OFFSET + superblockLayout.incompatible.offset,
    );
  }
  const bytesPerInode = revision === 0 ? minInodeSize : fields.inodeSize;
  const blockSize = 1024 * 2 ** blockLog;
  const isWide = (incompatible & features.wide) !== 0;
  const groupDescriptorSize = isWide ? fields.descriptorSize : 32;
  if (bytesPerInode < minInodeSize || bytesPerInode > blockSize || blocksPerGroup === 0 || inodesPerGroup === 0) {
    throw broken("the superblock has sizes that are not valid", "inodeSize");
  }
  if (groupDescriptorSize < 32 || groupDescriptorSize > blockSize) {
    throw broken(`a group descriptor has ${groupDescriptorSize} bytes`, "descriptorSize");
  }
  const blocks = fields.blocksLow + (isWide ? fields.blocksHigh * 2 ** 32 : 0);
  if (blocks * blockSize > size) {
    throw broken(
      `it should have ${blocks * blockSize} bytes and ends after ${size}; copy or download it again`,
      "blocksLow",
    );
  }
  const hasJournal = (fields.compatible & features.journal) !== 0;
  return {
    ...fields,
    blockSize,
    blocks,
    groupDescriptorSize,
    bytesPerInode,
    needsRecovery: (incompatible & features.needsRecovery) !== 0,
    version: (incompatible & ~0x1f) !== 0 ? "ext4" : hasJournal ? "ext3" : "ext2",
  };
}

function broken(message: string, field: keyof typeof superblockLayout): ImageError {
  return damaged(message, SUPERBLOCK_OFFSET + superblockLayout[field].offset);
}
