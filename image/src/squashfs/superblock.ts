// The superblock of squashfs 4.0: the first 96 bytes of an image, and the constants that all of its structures share.
import { damaged, ImageError } from "../bytes/image-error.ts";
import { ALL_ONES_64, type RecordOf, readRecord } from "../bytes/record.ts";
import type { Compression } from "../codec/codec.ts";

export const superblockLayout = {
  magic: { offset: 0, size: 4 },
  inodeCount: { offset: 4, size: 4 },
  /** Seconds since 1970. */
  created: { offset: 8, size: 4 },
  blockSize: { offset: 12, size: 4 },
  fragmentCount: { offset: 16, size: 4 },
  compressor: { offset: 20, size: 2 },
  /** Logarithm of the block size. */
  blockLog: { offset: 22, size: 2 },
  flags: { offset: 24, size: 2 },
  idCount: { offset: 26, size: 2 },
  versionMajor: { offset: 28, size: 2 },
  versionMinor: { offset: 30, size: 2 },
  /** Block in the inode table in the upper 48 bits, offset in its content in the lower 16. */
  rootInode: { offset: 32, size: 8 },
  /** Bytes of the file system; what the file holds behind them is padding. */
  bytesUsed: { offset: 40, size: 8 },
  idTable: { offset: 48, size: 8 },
  xattrTable: { offset: 56, size: 8 },
  inodeTable: { offset: 64, size: 8 },
  directoryTable: { offset: 72, size: 8 },
  fragmentTable: { offset: 80, size: 8 },
  exportTable: { offset: 88, size: 8 },
} as const;

export const SUPERBLOCK_SIZE = 96;
/** `hsqs`. */
export const SQUASHFS_MAGIC = 0x73717368;
export const VERSION_MAJOR = 4;
export const VERSION_MINOR = 0;

export const MIN_BLOCK_SIZE = 4096;
export const MAX_BLOCK_SIZE = 1 << 20;

/** Bytes of a whole metadata block before compression. */
export const METADATA_BLOCK_SIZE = 8192;
/** Bit of a metadata block's header: the block is stored as it is. */
export const METADATA_UNCOMPRESSED = 0x8000;
/** Bit of a data or fragment block's size: the block is stored as it is. */
export const BLOCK_UNCOMPRESSED = 0x100_0000;
/** Fragment index of a file without a fragment. */
export const NO_FRAGMENT = 0xffff_ffff;
/** Xattr index of an inode without extended attributes. */
export const NO_XATTRS = 0xffff_ffff;
/** Position of a table that is not there; as a number it is rounded up to 2^64. */
export const NO_TABLE = ALL_ONES_64;

/** A folder's size counts 3 bytes more than its listing has. */
export const EMPTY_LISTING_SIZE = 3;
/** Name spaces of extended attributes by their number. */
export const XATTR_PREFIXES = ["user.", "trusted.", "security."] as const;

export const superblockFlags = {
  inodesUncompressed: 0x1,
  dataUncompressed: 0x2,
  fragmentsUncompressed: 0x8,
  noFragments: 0x10,
  alwaysFragments: 0x20,
  duplicatesRemoved: 0x40,
  exportable: 0x80,
  xattrsUncompressed: 0x100,
  noXattrs: 0x200,
  compressorOptions: 0x400,
  idsUncompressed: 0x800,
} as const;

/** Numbers of the compressors in the superblock. */
export const compressorIds = { gzip: 1, lzma: 2, lzo: 3, xz: 4, lz4: 5, zstd: 6 } as const satisfies {
  readonly [Name in Compression]?: number;
};

type SquashfsCompression = keyof typeof compressorIds;

export interface Superblock extends RecordOf<typeof superblockLayout> {
  readonly compression: SquashfsCompression;
}

/** Reads and checks the superblock; `size` is the length of the image. Throws `corrupt` or `unsupported`. */
export function parseSuperblock(bytes: Uint8Array, size: number): Superblock {
  const fields = readRecord(superblockLayout, bytes, 0, 0);
  if (fields.magic !== SQUASHFS_MAGIC) throw broken("it does not begin as a squashfs image does", "magic");
  if (fields.versionMajor !== VERSION_MAJOR || fields.versionMinor !== VERSION_MINOR) {
    const version = `${fields.versionMajor}.${fields.versionMinor}`;
    throw new ImageError(
      "unsupported",
      `it is a squashfs image of version ${version}, and only version 4.0 can be read; recreate it with a current mksquashfs`,
      superblockLayout.versionMajor.offset,
    );
  }
  const { blockSize, blockLog, bytesUsed } = fields;
  if (blockSize < MIN_BLOCK_SIZE || blockSize > MAX_BLOCK_SIZE || blockSize !== 2 ** blockLog) {
    throw broken(`the superblock has the block size ${blockSize} with the logarithm ${blockLog}`, "blockSize");
  }
  if (bytesUsed > size) {
    throw broken(`it should have ${bytesUsed} bytes and ends after ${size}; copy or download it again`, "bytesUsed");
  }
  if (fields.idCount === 0) throw broken("the superblock counts no owners", "idCount");
  checkTables(fields);
  return { ...fields, compression: compressionOf(fields.compressor) };
}

function compressionOf(id: number): SquashfsCompression {
  for (const name in compressorIds) {
    if (isCompression(name) && compressorIds[name] === id) return name;
  }
  throw new ImageError(
    "unsupported",
    `it is compressed with a method that squashfs does not know (number ${id})`,
    superblockLayout.compressor.offset,
  );
}

function isCompression(name: string): name is SquashfsCompression {
  return name in compressorIds;
}

/** The tables lie in the order of this list; an empty one takes no room, and some may be missing. */
function checkTables(fields: RecordOf<typeof superblockLayout>): void {
  let least = SUPERBLOCK_SIZE;
  const order = ["inodeTable", "directoryTable", "fragmentTable", "exportTable", "idTable", "xattrTable"] as const;
  for (const name of order) {
    const position = fields[name];
    if (position === NO_TABLE && name !== "inodeTable" && name !== "directoryTable" && name !== "idTable") continue;
    if (position < least || position > fields.bytesUsed) {
      throw broken(`a table begins at ${position}, outside of its place in the image`, name);
    }
    least = position;
  }
}

function broken(message: string, field: keyof typeof superblockLayout): ImageError {
  return damaged(message, superblockLayout[field].offset);
}
