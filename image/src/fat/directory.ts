// Folders of FAT: entries of 32 bytes, long names in such entries in front of the one that they belong to (sections 6 and 7).
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import { impossibleName, isDots, isEntryName } from "../tree/inode-facts.ts";
import { decodeOem } from "./code-page.ts";

const entryLayout = {
  attributes: { offset: 11, size: 1 },
  /** Which parts of the name are in lower case; Windows NT and Linux write it. */
  lowerCase: { offset: 12, size: 1 },
  createdTenths: { offset: 13, size: 1 },
  createdTime: { offset: 14, size: 2 },
  createdDate: { offset: 16, size: 2 },
  accessedDate: { offset: 18, size: 2 },
  clusterHigh: { offset: 20, size: 2 },
  modifiedTime: { offset: 22, size: 2 },
  modifiedDate: { offset: 24, size: 2 },
  clusterLow: { offset: 26, size: 2 },
  size: { offset: 28, size: 4 },
} as const satisfies RecordLayout;

const longLayout = {
  /** From 1 on, the last part first, which has a bit set besides. */
  order: { offset: 0, size: 1 },
  attributes: { offset: 11, size: 1 },
  type: { offset: 12, size: 1 },
  /** Of the short name. */
  checksum: { offset: 13, size: 1 },
} as const satisfies RecordLayout;

export const ENTRY_SIZE = 32;
const baseSize = 8;
const shortSize = 11;
/** Where the 13 UTF-16 units of a part of a long name are. */
const unitOffsets = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30] as const;
const lastPart = 0x40;
const maxLongNameParts = 20;
const attributes = { readOnly: 0x01, label: 0x08, directory: 0x10, longName: 0x0f, all: 0x3f } as const;
const lowerCase = { base: 0x08, extension: 0x10 } as const;
const firstByte = { end: 0x00, deleted: 0xe5, standsForDeleted: 0x05 } as const;

/** What an entry says of a file or folder. */
export interface FatEntry {
  readonly name: string;
  /** Shown in place of the name where another entry has that too. */
  readonly shortName: string;
  readonly type: "file" | "directory";
  /** 0 for an empty file. */
  readonly cluster: number;
  readonly size: number;
  /** Seconds since 1970; no time zone is written down, so it is taken for UTC. */
  readonly mtime: number;
  readonly isReadOnly: boolean;
  /** Which entry of its folder it is. */
  readonly index: number;
}

export interface FatFolder {
  readonly entries: readonly FatEntry[];
  /** The name of the file system, which is in its root folder. */
  readonly label?: string;
}

interface LongName {
  readonly units: number[];
  readonly checksum: number;
  /** The part that has to come next. */
  next: number;
}

/** Reads the entries of a folder, without `.` and `..`. Throws `corrupt` for names that no file has. */
export function parseFolder(bytes: Uint8Array): FatFolder {
  const entries: FatEntry[] = [];
  let label: string | undefined;
  let long: LongName | undefined;
  for (let at = 0; at + ENTRY_SIZE <= bytes.length; at += ENTRY_SIZE) {
    const first = bytes[at];
    if (first === firstByte.end) break;
    const raw = bytes.subarray(at, at + ENTRY_SIZE);
    const fields = readRecord(entryLayout, raw, 0, at);
    if (first === firstByte.deleted) {
      long = undefined;
    } else if ((fields.attributes & attributes.all) === attributes.longName) {
      long = addPart(long, raw);
    } else if ((fields.attributes & attributes.label) !== 0) {
      label ??= decodeOem(raw.subarray(0, shortSize)).trimEnd();
      long = undefined;
    } else {
      const shortName = readShortName(raw, fields.lowerCase);
      const name = (long?.next === 0 && long.checksum === checksumOf(raw) && readLongName(long.units)) || shortName;
      long = undefined;
      if (isDots(name) || shortName === "") continue;
      if (!isEntryName(name)) throw impossibleName(name);
      const isFolder = (fields.attributes & attributes.directory) !== 0;
      entries.push({
        name,
        shortName,
        type: isFolder ? "directory" : "file",
        cluster: fields.clusterLow + fields.clusterHigh * 2 ** 16,
        size: isFolder ? 0 : fields.size,
        mtime: readTime(fields.modifiedDate, fields.modifiedTime),
        isReadOnly: (fields.attributes & attributes.readOnly) !== 0,
        index: at / ENTRY_SIZE,
      });
    }
  }
  return { entries, ...(label === undefined || label === "" ? {} : { label }) };
}

/** Adds a part in front of those that came; undefined where it does not belong to them. */
function addPart(long: LongName | undefined, raw: Uint8Array): LongName | undefined {
  const { order, checksum } = readRecord(longLayout, raw, 0, 0);
  const number = order & ~lastPart;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const units = unitOffsets.map((offset) => view.getUint16(offset, true));
  if ((order & lastPart) !== 0) {
    return number >= 1 && number <= maxLongNameParts ? { units, checksum, next: number - 1 } : undefined;
  }
  if (long === undefined || number !== long.next || number === 0 || checksum !== long.checksum) return undefined;
  return { units: [...units, ...long.units], checksum, next: number - 1 };
}

/** Text up to the first zero. Halves of pairs stand for nothing without the other one. */
function readLongName(units: readonly number[]): string {
  const end = units.indexOf(0);
  return String.fromCharCode(...(end < 0 ? units : units.slice(0, end))).toWellFormed();
}

function readShortName(raw: Uint8Array, flags: number): string {
  const bytes = Uint8Array.from(raw.subarray(0, shortSize)); // a copy, also of a Buffer of node
  if (bytes[0] === firstByte.standsForDeleted) bytes[0] = firstByte.deleted;
  const part = (from: number, to: number, isLower: boolean): string => {
    const text = decodeOem(bytes.subarray(from, to)).replace(/ +$/, "");
    return isLower ? text.toLowerCase() : text;
  };
  const base = part(0, baseSize, (flags & lowerCase.base) !== 0);
  const extension = part(baseSize, shortSize, (flags & lowerCase.extension) !== 0);
  return extension === "" ? base : `${base}.${extension}`;
}

/** Of a short name, which binds a long one to it. */
function checksumOf(raw: Uint8Array): number {
  let sum = 0;
  for (const byte of raw.subarray(0, shortSize)) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}

/** Years from 1980 on, and two seconds at a time. A month or day 0, of who has no clock, is taken for the first. */
function readTime(date: number, time: number): number {
  const year = 1980 + (date >> 9);
  const month = Math.max(1, (date >> 5) & 0x0f);
  const day = Math.max(1, date & 0x1f);
  return Date.UTC(year, month - 1, day, time >> 11, (time >> 5) & 0x3f, (time & 0x1f) * 2) / 1000;
}
