// The headers of tar: blocks of 512 bytes with numbers written as text (POSIX.1-2024, pax, "ustar Interchange Format").
import { damaged } from "../bytes/image-error.ts";
import { decodeName } from "../tree/names.ts";

export const TAR_BLOCK = 512;
const ustar = "ustar";
const space = 0x20;
const firstDigit = 0x30;

/** A field of a header: text of at most so many bytes, ended by a zero where it is shorter. */
interface TextField {
  readonly offset: number;
  readonly size: number;
}

const fields = {
  name: { offset: 0, size: 100 },
  mode: { offset: 100, size: 8 },
  uid: { offset: 108, size: 8 },
  gid: { offset: 116, size: 8 },
  size: { offset: 124, size: 12 },
  mtime: { offset: 136, size: 12 },
  /** Sum of all bytes, this field taken as spaces. */
  checksum: { offset: 148, size: 8 },
  type: { offset: 156, size: 1 },
  linkTarget: { offset: 157, size: 100 },
  /** `ustar`, and whether POSIX or GNU wrote it. */
  magic: { offset: 257, size: 8 },
  userName: { offset: 265, size: 32 },
  groupName: { offset: 297, size: 32 },
  major: { offset: 329, size: 8 },
  minor: { offset: 337, size: 8 },
  /** In front of the name, of POSIX; GNU has times and the map of a sparse file there. */
  prefix: { offset: 345, size: 155 },
} as const satisfies Readonly<Record<string, TextField>>;

/** What GNU tar has in place of the prefix, for files with holes. */
export const gnuSparse = {
  /** The first pairs of offset and length, 12 bytes each. */
  map: { offset: 386, count: 4 },
  /** Whether further blocks of the map follow. */
  isExtended: 482,
  realSize: { offset: 483, size: 12 },
} as const;
/** A further block of the map: 21 pairs, and whether another one follows. */
export const gnuSparseBlock = { count: 21, isExtended: 504 } as const;

export interface TarHeader {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  /** One character; `0` for a file also where none is written. */
  readonly type: string;
  readonly linkTarget: string;
  readonly format: "ustar" | "gnu" | "old";
  readonly major: number;
  readonly minor: number;
}

/** Whether a block has the checksum that it says. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK || block.every((byte) => byte === 0)) return false;
  const written = readOctal(block, fields.checksum);
  if (written === undefined) return false;
  const { offset, size } = fields.checksum;
  let sum = size * space;
  let large = 0; // some old programs counted these as negative ones
  for (let i = 0; i < TAR_BLOCK; i++) {
    if (i === offset) i += size;
    const byte = block[i] ?? 0;
    sum += byte;
    if (byte > 0x7f) large += 1;
  }
  return written === sum || written === sum - large * 256;
}

/** Reads a block; `position` is where it lies, for errors. Throws `corrupt` when it is no header. */
export function readTarHeader(block: Uint8Array, position: number): TarHeader {
  if (!isTarHeader(block)) throw damaged("the checksum of a header does not match", position);
  const format = formatOf(block);
  const number = (field: TextField): number => {
    const value = readNumber(block, field);
    if (!Number.isSafeInteger(value)) throw damaged("a header has a number that is not valid", position);
    return value;
  };
  const name = decodeName(textOf(block, fields.name));
  const prefix = format === "ustar" ? decodeName(textOf(block, fields.prefix)) : "";
  const type = String.fromCharCode(block[fields.type.offset] ?? 0);
  const isDevice = type === "3" || type === "4";
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    mode: number(fields.mode),
    uid: number(fields.uid),
    gid: number(fields.gid),
    size: number(fields.size),
    mtime: number(fields.mtime),
    type: type === "\0" ? "0" : type,
    linkTarget: decodeName(textOf(block, fields.linkTarget)),
    format,
    major: isDevice ? number(fields.major) : 0,
    minor: isDevice ? number(fields.minor) : 0,
  };
}

/** By its magic, `ustar` and a zero or two spaces. */
function formatOf(block: Uint8Array): TarHeader["format"] {
  const { offset } = fields.magic;
  for (let i = 0; i < ustar.length; i++) if (block[offset + i] !== ustar.charCodeAt(i)) return "old";
  return block[offset + 5] === space && block[offset + 6] === space ? "gnu" : "ustar";
}

function bytesOf(block: Uint8Array, { offset, size }: TextField): Uint8Array {
  return block.subarray(offset, offset + size);
}

function textOf(block: Uint8Array, field: TextField): Uint8Array {
  const bytes = bytesOf(block, field);
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** A number in octal digits, or where its first bit is set in binary; NaN for one that is neither. */
export function readNumber(block: Uint8Array, field: TextField): number {
  const bytes = bytesOf(block, field);
  const first = bytes[0] ?? 0;
  if (first < 0x80) return readOctal(block, field) ?? Number.NaN;
  // Two's complement, the first bit apart.
  let value = first & 0x40 ? (first & 0x7f) - 0x80 : first & 0x7f;
  for (const byte of bytes.subarray(1)) value = value * 256 + byte;
  return value;
}

/** Digits between spaces, ended by a zero; nothing at all is 0. Undefined for anything else. */
function readOctal(block: Uint8Array, { offset, size }: TextField): number | undefined {
  const end = offset + size;
  let at = offset;
  while (at < end && block[at] === space) at += 1;
  let value = 0;
  for (; at < end; at++) {
    const digit = (block[at] ?? 0) - firstDigit;
    if (digit < 0 || digit > 7) break;
    value = value * 8 + digit;
  }
  while (at < end && block[at] === space) at += 1;
  return at === end || block[at] === 0 ? value : undefined;
}
