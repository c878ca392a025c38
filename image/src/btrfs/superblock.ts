// The superblock of btrfs, 64 KiB behind the beginning.
import { damaged, ImageError } from "../bytes/image-error.ts";
import { type RecordLayout, type RecordOf, readRecord } from "../bytes/record.ts";

export const SUPERBLOCK_OFFSET = 65_536;
export const SUPERBLOCK_SIZE = 4096;

const superblockLayout = {
  /** `_BHRfS_M`, in two halves. */
  magicLow: { offset: 64, size: 4 },
  magicHigh: { offset: 68, size: 4 },
  /** Logical address of the tree of trees' root. */
  rootTree: { offset: 80, size: 8 },
  chunkTree: { offset: 88, size: 8 },
  /** Changes that a crash has left behind. */
  logTree: { offset: 96, size: 8 },
  totalBytes: { offset: 112, size: 8 },
  usedBytes: { offset: 120, size: 8 },
  devices: { offset: 136, size: 8 },
  sectorSize: { offset: 144, size: 4 },
  nodeSize: { offset: 148, size: 4 },
  /** Bytes of the first chunks' places, which stand in the superblock. */
  systemChunks: { offset: 160, size: 4 },
  incompatible: { offset: 188, size: 8 },
} as const satisfies RecordLayout;

const magic = [0x5248425f, 0x4d5f5366] as const;
export const SYSTEM_CHUNKS_OFFSET = 811;
const maxSystemChunkBytes = 2048;
/** Features that change nothing for a reader of one device: up to those of Linux 6.7, without zoned ones and stripe trees. */
const readable = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x20 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800 | 0x2000 | 0x10000;

export interface Superblock extends RecordOf<typeof superblockLayout> {
  /** The places of the first chunks, as the superblock has them. */
  readonly chunkBytes: Uint8Array;
}

/** Reads and checks the superblock. Throws `corrupt` or `unsupported`. */
export function parseSuperblock(bytes: Uint8Array, size: number): Superblock {
  const fields = readRecord(superblockLayout, bytes, 0, SUPERBLOCK_OFFSET);
  if (fields.magicLow !== magic[0] || fields.magicHigh !== magic[1]) {
    throw broken("it has no btrfs superblock", "magicLow");
  }
  const { sectorSize, nodeSize, systemChunks, devices, totalBytes } = fields;
  const isPower = (value: number) => value >= 512 && value <= 65_536 && (value & (value - 1)) === 0;
  if (!isPower(sectorSize) || !isPower(nodeSize) || nodeSize < 4096 || systemChunks > maxSystemChunkBytes) {
    throw broken("the superblock has sizes that are not valid", "sectorSize");
  }
  const unknown = Math.floor(fields.incompatible / 2 ** 32) !== 0 || (fields.incompatible & ~readable) !== 0;
  if (unknown) {
    const what = `features that cannot be read (0x${fields.incompatible.toString(16)})`;
    throw unsupported(`it is a btrfs file system with ${what}`, "incompatible");
  }
  if (devices !== 1)
    throw unsupported(`it is spread over ${devices} devices, and only one of them was opened`, "devices");
  if (totalBytes > size) {
    throw broken(`it should have ${totalBytes} bytes and ends after ${size}; copy or download it again`, "totalBytes");
  }
  return { ...fields, chunkBytes: bytes.slice(SYSTEM_CHUNKS_OFFSET, SYSTEM_CHUNKS_OFFSET + systemChunks) };
}

function broken(message: string, field: keyof typeof superblockLayout): ImageError {
  return damaged(message, SUPERBLOCK_OFFSET + superblockLayout[field].offset);
}

function unsupported(message: string, field: keyof typeof superblockLayout): ImageError {
  return new ImageError("unsupported", message, SUPERBLOCK_OFFSET + superblockLayout[field].offset);
}
