// Extended attributes: a list of names and values for each inode that has some.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, readRecord, recordSize } from "../bytes/record.ts";
import { decodeName } from "../tree/names.ts";
import { type LookupTable, readTableRecord } from "./lookup-table.ts";
import { type LoadMetadataBlock, type MetadataReader, metadataReader } from "./metadata-reader.ts";
import type { MetadataPosition } from "./metadata-writer.ts";
import { NO_TABLE, type Superblock, XATTR_PREFIXES } from "./superblock.ts";

/** At the superblock's xattr position; the array of the list table's block positions follows it. */
export const xattrHeaderLayout = {
  /** Position in the image of the names and values. */
  start: { offset: 0, size: 8 },
  /** How many lists there are. */
  count: { offset: 8, size: 4 },
  unused: { offset: 12, size: 4 },
} as const satisfies RecordLayout;

export const listLayout = {
  /** Position of the first name: its block above the lower 16 bits, the offset in its content in them. */
  position: { offset: 0, size: 8 },
  /** Pairs of name and value. */
  count: { offset: 8, size: 4 },
  /** Bytes of the list; mksquashfs counts here what is not in it, so that nobody can rely on it. */
  size: { offset: 12, size: 4 },
} as const satisfies RecordLayout;

/** The name follows without its prefix, then the value's length and the value. */
export const nameLayout = {
  type: { offset: 0, size: 2 },
  length: { offset: 2, size: 2 },
} as const satisfies RecordLayout;

export const valueLayout = { length: { offset: 0, size: 4 } } as const satisfies RecordLayout;

/** What stands in place of a value that another list has too. */
const valuePositionLayout = { position: { offset: 0, size: 8 } } as const satisfies RecordLayout;

const VALUE_ELSEWHERE = 0x100;

// Linux's own limits; nothing larger can be set on a file.
const maxPairs = 65536 / "user.x".length;
const maxNameLength = 255;
const maxValueLength = 65536;
/** Of all values of one file. */
const maxTotal = 16 * 1024 * 1024;

/** The extended attributes of a list by their full names. */
export type ReadXattrs = (list: number) => Promise<ReadonlyMap<string, Uint8Array>>;

export function xattrTable(source: ByteSource, load: LoadMetadataBlock, superblock: Superblock): ReadXattrs {
  return async (list) => {
    const at = superblock.xattrTable;
    if (at === NO_TABLE) throw damaged("it has no table of extended attributes, and a file needs one");
    const headerSize = recordSize(xattrHeaderLayout);
    const header = readRecord(xattrHeaderLayout, await readExact(source, at, headerSize), 0, at);
    const table: LookupTable = {
      of: "attribute list",
      index: at + headerSize,
      count: header.count,
      recordSize: recordSize(listLayout),
    };
    const { position, count } = readRecord(listLayout, await readTableRecord(source, load, table, list), 0, at);
    if (count > maxPairs) throw damaged(`a file has ${count} extended attributes`, at);
    return readPairs(metadataReader(load, header.start, at), metadataPosition(position), count);
  };
}

async function readPairs(
  table: MetadataReader,
  first: MetadataPosition,
  count: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const pairs = new Map<string, Uint8Array>();
  let position = first;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const place = table.imageOffset(position);
    const head = await table.read(position, recordSize(nameLayout));
    const { type, length } = readRecord(nameLayout, head.bytes, 0, place);
    const prefix = XATTR_PREFIXES[type & ~VALUE_ELSEWHERE];
    if (prefix === undefined) throw damaged(`an extended attribute has the kind ${type}`, place);
    if (length === 0 || length > maxNameLength) throw damaged("the name of an extended attribute is too long", place);
    const name = await table.read(head.next, length);
    const value = await readValue(table, name.next);
    position = value.next;
    const isElsewhere = (type & VALUE_ELSEWHERE) !== 0;
    const bytes = isElsewhere ? await followValue(table, value.bytes, place) : value.bytes;
    total += bytes.length;
    if (total > maxTotal) {
      throw new ImageError("unsupported", "a file has more than 16 MiB of extended attributes", place);
    }
    pairs.set(prefix + decodeName(name.bytes), bytes);
  }
  return pairs;
}

async function readValue(table: MetadataReader, position: MetadataPosition) {
  const place = table.imageOffset(position);
  const head = await table.read(position, recordSize(valueLayout));
  const { length } = readRecord(valueLayout, head.bytes, 0, place);
  if (length > maxValueLength) throw damaged(`an extended attribute has ${length} bytes`, place);
  return table.read(head.next, length);
}

async function followValue(table: MetadataReader, reference: Uint8Array, place: number): Promise<Uint8Array> {
  const { position } = readRecord(valuePositionLayout, reference, 0, place);
  return (await readValue(table, metadataPosition(position))).bytes;
}

/** The two halves of a position as it is stored in 64 bits. */
export function metadataPosition(stored: number): MetadataPosition {
  return { block: Math.floor(stored / 0x1_0000), offset: stored % 0x1_0000 };
}
