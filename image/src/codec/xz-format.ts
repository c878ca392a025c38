// What stands around the compressed bytes of .xz: headers, numbers, filters, sizes of checks (The .xz File Format, 1.2.0).
import { crc32 } from "../bytes/crc32.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { type BranchFilter, branchFilters } from "./branch-filters.ts";

export const XZ_MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] as const;
export const STREAM_HEADER_SIZE = 12;
/** What a block header begins with when it is an index instead. */
export const INDEX_MARK = 0;
/** Bytes of the check behind a block, by its number. */
export const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;
export const checks = { crc32: 1, crc64: 4, sha256: 10 } as const;
/** A number of up to 63 bits takes so many bytes. */
export const LONGEST_NUMBER = 9;

const filterIds = { delta: 0x03, lzma2: 0x21 } as const;
const flagBits = { filters: 0x03, reserved: 0x3c, hasStored: 0x40, hasUnpacked: 0x80 } as const;

/** A filter that was applied, and where its first byte lies for it. */
export interface BlockFilter {
  readonly filter: BranchFilter;
  readonly start: number;
}

export interface BlockHeader {
  /** In bytes, the checksum among them. */
  readonly headerSize: number;
  /** Sizes that are written in front: of what is stored, without header and check, and of the content. */
  readonly stored?: number;
  readonly unpacked?: number;
  /** How far back copies reach, in bytes. */
  readonly dictionarySize: number;
  /** The last one that was applied comes first. */
  readonly filters: readonly BlockFilter[];
}

/** Bytes of the block header that begins with this byte. */
export function blockHeaderSize(first: number): number {
  return (first + 1) * 4;
}

/** Reads the header that `bytes` are. Throws `corrupt`, or `unsupported` for a filter that is not known. */
export function readBlockHeader(bytes: Uint8Array): BlockHeader {
  const end = bytes.length - 4;
  if (
    crc32(bytes.subarray(0, end)) !== new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(end, true)
  ) {
    throw damaged("the checksum of an xz block header does not match");
  }
  const flags = bytes[1] ?? 0;
  if ((flags & flagBits.reserved) !== 0) throw damaged("an xz block has unknown flags");
  let from = 2;
  const readNext = (): number => {
    const { value, length } = readNumber(bytes.subarray(from, end));
    from += length;
    return value;
  };
  const stored = (flags & flagBits.hasStored) === 0 ? undefined : readNext();
  const unpacked = (flags & flagBits.hasUnpacked) === 0 ? undefined : readNext();
  const filters: BlockFilter[] = [];
  let dictionarySize = 0;
  const count = (flags & flagBits.filters) + 1;
  for (let i = 0; i < count; i++) {
    const id = readNext();
    const size = readNext();
    if (from + size > end) throw damaged("the header of an xz block is too short for its filters");
    const properties = bytes.subarray(from, from + size);
    from += size;
    const isLast = i === count - 1;
    if (isLast !== (id === filterIds.lzma2)) throw damaged("an xz block does not end with LZMA2");
    if (isLast) dictionarySize = readDictionarySize(properties[0] ?? 0);
    else filters.unshift(readFilter(id, properties));
  }
  const sizes = { ...(stored === undefined ? {} : { stored }), ...(unpacked === undefined ? {} : { unpacked }) };
  return { headerSize: bytes.length, ...sizes, dictionarySize, filters };
}

function readFilter(id: number, properties: Uint8Array): BlockFilter {
  if (id === filterIds.delta) return { filter: delta((properties[0] ?? 0) + 1), start: 0 };
  const create = branchFilters.get(id);
  if (create === undefined) throw new ImageError("unsupported", `it uses the unknown xz filter ${id}`);
  const view = new DataView(properties.buffer, properties.byteOffset, properties.length);
  return { filter: create(), start: properties.length === 4 ? view.getUint32(0, true) : 0 };
}

/** Adds to each byte the one that is so far before it. */
function delta(distance: number): BranchFilter {
  const before = new Uint8Array(distance);
  let at = 0;
  return (bytes) => {
    for (let i = 0; i < bytes.length; i++) {
      const sum = (bytes[i] ?? 0) + (before[at] ?? 0);
      bytes[i] = sum;
      before[at] = sum;
      at = at + 1 === distance ? 0 : at + 1;
    }
    return bytes.length;
  };
}

/** Half of a power of two or three quarters of it, by one byte (5.3.1). */
function readDictionarySize(byte: number): number {
  if (byte > 40) throw damaged("an xz block has a dictionary size that is not valid");
  return byte === 40 ? 2 ** 32 - 1 : (2 | (byte & 1)) * 2 ** ((byte >> 1) + 11);
}

/** Reads the number that `bytes` begin with: seven bits a byte, the lowest first. Throws `corrupt` for one without an end. */
export function readNumber(bytes: Uint8Array): { readonly value: number; readonly length: number } {
  let value = 0;
  for (let length = 1; length <= LONGEST_NUMBER; length++) {
    const byte = bytes[length - 1] ?? 0x80;
    value += (byte & 0x7f) * 2 ** (7 * (length - 1));
    if (byte < 0x80) return { value, length };
  }
  throw damaged("an xz stream has a number that is too long");
}
