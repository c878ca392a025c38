// The superblock of erofs: 128 bytes behind the first 1024 of an image, and what its features say.
import { crc32c } from "../bytes/crc32.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { type RecordLayout, type RecordOf, readRecord, recordSize } from "../bytes/record.ts";

const SUPERBLOCK_OFFSET = 1024;

const superblockLayout = {
  magic: { offset: 0, size: 4 },
  /** CRC-32C of all from the superblock to the end of the first block, with this field zero. */
  checksum: { offset: 4, size: 4 },
  compatible: { offset: 8, size: 4 },
  /** Logarithm of the block size. */
  blockLog: { offset: 12, size: 1 },
  /** Further 16 bytes each that the superblock has. */
  extensions: { offset: 13, size: 1 },
  /** Number of the root's inode; with 48-bit block numbers the high bits of the block count. */
  root: { offset: 14, size: 2 },
  inodes: { offset: 16, size: 8 },
  /** Seconds since 1970 that times of compact inodes count from. */
  epoch: { offset: 24, size: 8, signed: true },
  blocks: { offset: 36, size: 4 },
  /** Block from which inode numbers count. */
  metadataBlock: { offset: 40, size: 4 },
  /** Block from which shared attributes count. */
  xattrBlock: { offset: 44, size: 4 },
  incompatible: { offset: 80, size: 4 },
  /** A bit for each compression that occurs, where the feature for it is set; else what lz4 looks back. */
  compressions: { offset: 84, size: 2 },
  devices: { offset: 86, size: 2 },
  xattrPrefixCount: { offset: 91, size: 1 },
  /** In units of four bytes. */
  xattrPrefixStart: { offset: 92, size: 4 },
  /** Number of the inode that holds the ends of other files. */
  packed: { offset: 96, size: 8 },
  /** Seconds behind the epoch at which the image was made. */
  created: { offset: 108, size: 4 },
  /** Number of the root's inode with 48-bit block numbers. */
  wideRoot: { offset: 112, size: 8 },
} as const satisfies RecordLayout;

const EROFS_MAGIC = 0xe0f5e1e2;
/** Inode numbers count in units of this many bytes. */
export const INODE_UNIT = 32;

export const compatibleFeatures = { checksum: 0x1, plainXattrPrefixes: 0x10 } as const;

export const incompatibleFeatures = {
  lz4Padding: 0x1,
  compressionConfigs: 0x2,
  chunks: 0x4,
  devices: 0x8,
  tailPacking: 0x10,
  fragments: 0x20,
  xattrPrefixes: 0x40,
  wideAddresses: 0x80,
  compressedMetadata: 0x100,
} as const;

/** Features that this reader knows. The bit of a device table also stands for a second compression. */
const readable = 0xff;

const minBlockLog = 9;
const maxBlockLog = 16;
const compressionBits: readonly string[] = ["lz4", "lzma", "deflate", "zstd"];

export interface Superblock extends Omit<RecordOf<typeof superblockLayout>, "compressions"> {
  readonly blockSize: number;
  /** Number of the root's inode. */
  readonly rootNumber: number;
  /** Names of those that occur in the image. */
  readonly compressions: readonly string[];
}

/** Reads and checks the superblock; `start` has the image's first block. Throws `corrupt` or `unsupported`. */
export function parseSuperblock(start: Uint8Array, size: number): Superblock {
  const fields = readRecord(superblockLayout, start, SUPERBLOCK_OFFSET, SUPERBLOCK_OFFSET);
  if (fields.magic !== EROFS_MAGIC) throw broken("it does not begin with an erofs superblock", "magic");
  const { blockLog, incompatible, blocks, devices } = fields;
  if (blockLog < minBlockLog || blockLog > maxBlockLog) {
    throw broken(`the superblock has blocks of 2^${blockLog} bytes`, "blockLog");
  }
  const unknown = incompatible & ~readable;
  if (unknown !== 0) {
    const what =
      unknown === incompatibleFeatures.compressedMetadata
        ? "compressed metadata"
        : `unknown features (0x${(unknown >>> 0).toString(16)})`;
    throw unsupported(`it is an erofs image with ${what}, which cannot be read`, "incompatible");
  }
  if (devices > 0) throw unsupported("its content is on several devices, and only one of them was opened", "devices");
  const blockSize = 2 ** blockLog;
  checkChecksum(fields, start, blockSize);
  if (blocks * blockSize > size) {
    throw broken(
      `it should have ${blocks * blockSize} bytes and ends after ${size}; copy or download it again`,
      "blocks",
    );
  }
  const isWide = (incompatible & incompatibleFeatures.wideAddresses) !== 0;
  return {
    ...fields,
    blockSize,
    rootNumber: isWide && fields.wideRoot !== 0 ? fields.wideRoot : fields.root,
    compressions: compressionsOf(fields),
  };
}

function checkChecksum(
  { compatible, checksum }: RecordOf<typeof superblockLayout>,
  start: Uint8Array,
  blockSize: number,
): void {
  if ((compatible & compatibleFeatures.checksum) === 0) return;
  // To the end of the block that it is in, which is the next one where blocks are as small as what comes before.
  const length = blockSize > SUPERBLOCK_OFFSET ? blockSize - SUPERBLOCK_OFFSET : blockSize;
  const area = start.slice(SUPERBLOCK_OFFSET, SUPERBLOCK_OFFSET + length);
  area.fill(0, superblockLayout.checksum.offset, superblockLayout.checksum.offset + 4);
  if (crc32c(area) !== checksum) throw broken("the checksum of the superblock does not match", "checksum");
}

function compressionsOf({ incompatible, compressions }: RecordOf<typeof superblockLayout>): string[] {
  if ((incompatible & incompatibleFeatures.compressionConfigs) === 0) {
    // Images for Linux before 5.4 have no feature for lz4: only how far it looks back tells of it, which is 0 without it.
    return (incompatible & incompatibleFeatures.lz4Padding) === 0 && compressions === 0 ? [] : ["lz4"];
  }
  return compressionBits.filter((_, bit) => ((compressions >> bit) & 1) === 1);
}

/** Bytes of the image that hold the superblock, and all that its checksum is over. */
export const SUPERBLOCK_END = 2 ** maxBlockLog;

function broken(message: string, field: keyof typeof superblockLayout): ImageError {
  return damaged(message, SUPERBLOCK_OFFSET + superblockLayout[field].offset);
}

function unsupported(message: string, field: keyof typeof superblockLayout): ImageError {
  return new ImageError("unsupported", message, SUPERBLOCK_OFFSET + superblockLayout[field].offset);
}

/** Bytes of the fields that are read. */
export const minImageSize = SUPERBLOCK_OFFSET + recordSize(superblockLayout);
