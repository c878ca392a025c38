// Inodes of erofs, compact and extended, in one shape.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import type { FileType } from "../tree/file-tree.ts";
import { type InodeStat, sizeOfInode, typeOfMode } from "../tree/inode-facts.ts";
import { INODE_UNIT, type Superblock } from "./superblock.ts";

const compactLayout = {
  format: { offset: 0, size: 2 },
  xattrCount: { offset: 2, size: 2 },
  mode: { offset: 4, size: 2 },
  nlink: { offset: 6, size: 2 },
  size: { offset: 8, size: 4 },
  /** Seconds behind the superblock's epoch. */
  mtime: { offset: 12, size: 4 },
  place: { offset: 16, size: 4 },
  uid: { offset: 24, size: 2 },
  gid: { offset: 26, size: 2 },
} as const satisfies RecordLayout;

const extendedLayout = {
  format: { offset: 0, size: 2 },
  xattrCount: { offset: 2, size: 2 },
  mode: { offset: 4, size: 2 },
  /** The high bits of the first block, with 48-bit block numbers. */
  placeHigh: { offset: 6, size: 2 },
  size: { offset: 8, size: 8 },
  place: { offset: 16, size: 4 },
  uid: { offset: 24, size: 4 },
  gid: { offset: 28, size: 4 },
  mtime: { offset: 32, size: 8, signed: true },
  nlink: { offset: 44, size: 4 },
} as const satisfies RecordLayout;

const compactSize = 32;
const extendedSize = 64;
/** Bits of the format: the larger form, then three of the layout of data, then what a compact inode's links count. */
const formatExtended = 0x1;
const formatOneLink = 0x10;
const knownFormat = 0x1f;

/** How the data of a file lie in the image. */
export type DataLayout = "plain" | "compressed-full" | "inline" | "compressed-compact" | "chunks";

const layouts: readonly DataLayout[] = ["plain", "compressed-full", "inline", "compressed-compact", "chunks"];

export interface InodeFacts extends InodeStat {
  /** Its number, which says where it lies. */
  readonly number: number;
  readonly layout: DataLayout;
  /** First block, number of compressed blocks, device number, or form of the chunks. */
  readonly dataPlace: number;
  /** Position in the image of its extended attributes, and bytes of them. */
  readonly xattrStart: number;
  readonly xattrSize: number;
  /** Position in the image right behind all of that, where data may follow. */
  readonly end: number;
}

export type Inode = { readonly [Type in FileType]: InodeFacts & { readonly type: Type } }[FileType];

/** First block of a hole, or of a file without data. */
export const NO_BLOCK = 0xffff_ffff;
const wideNoBlock = 2 ** 48 - 1;

/** Position in the image of an inode. */
export function inodePosition({ metadataBlock, blockSize }: Superblock, number: number): number {
  return metadataBlock * blockSize + number * INODE_UNIT;
}

/** Reads an inode by its number. Throws `corrupt` when it is none, `unsupported` for forms that came later. */
export async function readInode(source: ByteSource, superblock: Superblock, number: number): Promise<Inode> {
  const position = inodePosition(superblock, number);
  if (!Number.isSafeInteger(position) || position + compactSize > source.size) {
    throw damaged(`it has no inode ${number}`);
  }
  const bytes = await readExact(source, position, Math.min(extendedSize, source.size - position));
  const { format } = readRecord(compactLayout, bytes, 0, position);
  if ((format & ~knownFormat) !== 0) throw unknownForm(format, position);
  const layout = layouts[(format >> 1) & 7];
  if (layout === undefined) throw unknownForm(format, position);
  const isExtended = (format & formatExtended) !== 0;
  const fields = isExtended ? readExtended(bytes, position) : readCompact(bytes, position, format, superblock);
  const type = typeOfMode(fields.mode, position);
  const xattrStart = position + (isExtended ? extendedSize : compactSize);
  const xattrSize = fields.xattrCount === 0 ? 0 : 12 + 4 * (fields.xattrCount - 1);
  const { mode, uid, gid, mtime, nlink, dataPlace } = fields;
  const size = sizeOfInode(fields.size, position);
  const facts = { number, layout, mode: mode & 0o7777, uid, gid, size, mtime, nlink, dataPlace };
  return { ...facts, xattrStart, xattrSize, end: xattrStart + xattrSize, type };
}

function unknownForm(format: number, position: number): ImageError {
  return new ImageError("unsupported", `an inode has the unknown format 0x${format.toString(16)}`, position);
}

interface Fields extends Omit<InodeFacts, "type" | "number" | "layout" | "xattrStart" | "xattrSize" | "end"> {
  readonly xattrCount: number;
}

function readCompact(bytes: Uint8Array, position: number, format: number, { epoch }: Superblock): Fields {
  const { place, mtime, nlink, ...fields } = readRecord(compactLayout, bytes, 0, position);
  const isFolder = fields.mode >> 12 === 0o04;
  const hasOneLink = (format & formatOneLink) !== 0 && !isFolder;
  return { ...fields, mtime: epoch + mtime, nlink: hasOneLink ? 1 : nlink, dataPlace: place };
}

function readExtended(bytes: Uint8Array, position: number): Fields {
  const { place, placeHigh, ...fields } = readRecord(extendedLayout, bytes, 0, position);
  const wide = placeHigh * 2 ** 32 + place;
  return { ...fields, dataPlace: wide === wideNoBlock ? NO_BLOCK : wide };
}
