// Inodes of ext4: where the table of a group lies, and what an inode says.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import type { FileType } from "../tree/file-tree.ts";
import { type InodeStat, sizeOfInode, typeOfMode } from "../tree/inode-facts.ts";
import { features, type Superblock } from "./superblock.ts";

const descriptorLayout = { inodeTable: { offset: 8, size: 4 } } as const satisfies RecordLayout;
const wideDescriptorLayout = { inodeTableHigh: { offset: 40, size: 4 } } as const satisfies RecordLayout;

const inodeLayout = {
  mode: { offset: 0, size: 2 },
  uidLow: { offset: 2, size: 2 },
  sizeLow: { offset: 4, size: 4 },
  mtime: { offset: 16, size: 4, signed: true },
  gidLow: { offset: 24, size: 2 },
  nlink: { offset: 26, size: 2 },
  /** What the content takes, and what says where it is. */
  sectorsLow: { offset: 28, size: 4 },
  flags: { offset: 32, size: 4 },
  xattrBlockLow: { offset: 104, size: 4 },
  sizeHigh: { offset: 108, size: 4 },
  sectorsHigh: { offset: 116, size: 2 },
  xattrBlockHigh: { offset: 118, size: 2 },
  uidHigh: { offset: 120, size: 2 },
  gidHigh: { offset: 122, size: 2 },
} as const satisfies RecordLayout;

/** Behind the first 128 bytes, where an inode has more. */
const extraLayout = {
  /** Bytes of these fields. */
  size: { offset: 128, size: 2 },
  mtimeExtra: { offset: 136, size: 4 },
} as const satisfies RecordLayout;

/** The blocks of a file, a short symlink's target, a device's number, or the file itself. */
const MAP_OFFSET = 40;
export const MAP_SIZE = 60;
const oldInodeSize = 128;

export const inodeFlags = { encrypted: 0x800, huge: 0x4_0000, extents: 0x8_0000, inlineData: 0x1000_0000 } as const;

export const ROOT_INODE = 2;

export interface InodeFacts extends InodeStat {
  readonly number: number;
  readonly flags: number;
  /** The 60 bytes that say where the content is. */
  readonly map: Uint8Array;
  /** Bytes that it takes in the image beside itself. */
  readonly stored: number;
  /** Block of further attributes; 0 for none. */
  readonly xattrBlock: number;
  /** Attributes in the inode itself. */
  readonly ownXattrs: Uint8Array;
  /** Position in the image. */
  readonly position: number;
}

export type Inode = { readonly [Type in FileType]: InodeFacts & { readonly type: Type } }[FileType];

/** Reads an inode by its number. Throws `corrupt` when it is none. */
export async function readInode(source: ByteSource, superblock: Superblock, number: number): Promise<Inode> {
  const { inodesPerGroup, bytesPerInode, blockSize } = superblock;
  if (number < 1 || number > superblock.inodes) throw damaged(`it has no inode ${number}`);
  const group = Math.floor((number - 1) / inodesPerGroup);
  const table = await inodeTableOf(source, superblock, group);
  const position = table * blockSize + ((number - 1) % inodesPerGroup) * bytesPerInode;
  const bytes = await readExact(source, position, bytesPerInode);
  const fields = readRecord(inodeLayout, bytes, 0, position);
  const type = typeOfMode(fields.mode, position);
  const extra = bytesPerInode > oldInodeSize ? readRecord(extraLayout, bytes, 0, position) : undefined;
  const extraEnd = oldInodeSize + (extra?.size ?? 0);
  const hasEpoch = extra !== undefined && extraEnd >= extraLayout.mtimeExtra.offset + 4;
  const size = fields.sizeLow + (type === "file" || type === "directory" ? fields.sizeHigh * 2 ** 32 : 0);
  return {
    number,
    type,
    mode: fields.mode & 0o7777,
    uid: fields.uidLow + fields.uidHigh * 2 ** 16,
    gid: fields.gidLow + fields.gidHigh * 2 ** 16,
    size: sizeOfInode(size, position),
    mtime: fields.mtime + (hasEpoch ? (extra.mtimeExtra & 3) * 2 ** 32 : 0),
    nlink: fields.nlink,
    flags: fields.flags,
    map: bytes.slice(MAP_OFFSET, MAP_OFFSET + MAP_SIZE),
    stored: storedBytes(fields, superblock),
    xattrBlock: fields.xattrBlockLow + fields.xattrBlockHigh * 2 ** 32,
    ownXattrs: bytes.slice(Math.min(extraEnd, bytesPerInode)),
    position,
  };
}

const sectorSize = 512;

/** Counted in sectors; of huge files, which have a flag, in blocks. */
function storedBytes(
  { sectorsLow, sectorsHigh, flags }: { sectorsLow: number; sectorsHigh: number; flags: number },
  { blockSize }: Superblock,
): number {
  return (sectorsLow + sectorsHigh * 2 ** 32) * ((flags & inodeFlags.huge) === 0 ? sectorSize : blockSize);
}

/** The block that a group's table of inodes begins with. */
async function inodeTableOf(source: ByteSource, superblock: Superblock, group: number): Promise<number> {
  const { blockSize, groupDescriptorSize, incompatible, firstBlock, blocksPerGroup, firstMetaGroup } = superblock;
  const perBlock = Math.floor(blockSize / groupDescriptorSize);
  const index = Math.floor(group / perBlock);
  let block = firstBlock + 1 + index;
  if ((incompatible & features.metaGroups) !== 0 && index >= firstMetaGroup) {
    const first = index * perBlock;
    // Behind a copy of the superblock, where the group has one; block 0 of small blocks is for booting.
    block = first * blocksPerGroup + firstBlock + (hasSuperblock(superblock, first) ? 1 : 0);
  }
  const position = block * blockSize + (group % perBlock) * groupDescriptorSize;
  const bytes = await readExact(source, position, groupDescriptorSize);
  const { inodeTable } = readRecord(descriptorLayout, bytes, 0, position);
  const isWide = groupDescriptorSize >= 64;
  const high = isWide ? readRecord(wideDescriptorLayout, bytes, 0, position).inodeTableHigh * 2 ** 32 : 0;
  if ((inodeTable + high) * blockSize >= source.size) throw damaged("an inode table is outside of the image", position);
  return inodeTable + high;
}

/** Copies are in the first two groups and in those that are powers of 3, 5 and 7, or with few copies in all. */
function hasSuperblock({ readOnlyCompatible }: Superblock, group: number): boolean {
  const isSparse = (readOnlyCompatible & 0x1) !== 0;
  if (!isSparse || group <= 1) return true;
  return [3, 5, 7].some((base) => {
    let power = base;
    while (power < group) power *= base;
    return power === group;
  });
}

/** Throws for what is encrypted, which only a key opens. */
export function refuseEncrypted({ flags, position }: InodeFacts): void {
  if ((flags & inodeFlags.encrypted) !== 0) {
    throw new ImageError("unsupported", "it is encrypted and cannot be read without its key", position);
  }
}
