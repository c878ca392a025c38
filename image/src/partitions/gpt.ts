// GUID partition tables: the header and its backup, and the entries (UEFI Specification, 5.3).
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { crc32 } from "../bytes/crc32.ts";
import { damaged } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, type RecordOf, readRecord, recordSize } from "../bytes/record.ts";
import { NO_GUID, readGuid } from "./guid.ts";
import { partitionRoles } from "./partition-roles.ts";
import type { Partition, PartitionTable } from "./partition-table.ts";

export const headerLayout = {
  signatureLow: { offset: 0, size: 4 },
  signatureHigh: { offset: 4, size: 4 },
  revision: { offset: 8, size: 4 },
  headerSize: { offset: 12, size: 4 },
  /** Of the header, with this field zero. */
  checksum: { offset: 16, size: 4 },
  /** In sectors, as all positions. */
  ownPosition: { offset: 24, size: 8 },
  otherPosition: { offset: 32, size: 8 },
  firstUsable: { offset: 40, size: 8 },
  lastUsable: { offset: 48, size: 8 },
  entries: { offset: 72, size: 8 },
  entryCount: { offset: 80, size: 4 },
  entrySize: { offset: 84, size: 4 },
  /** Of all entries. */
  entriesChecksum: { offset: 88, size: 4 },
} as const satisfies RecordLayout;

export const entryLayout = {
  first: { offset: 32, size: 8 },
  /** The last sector, which belongs to it. */
  last: { offset: 40, size: 8 },
  attributesLow: { offset: 48, size: 4 },
  attributesHigh: { offset: 52, size: 4 },
} as const satisfies RecordLayout;

const diskGuidOffset = 56;
const typeGuidOffset = 0;
const ownGuidOffset = 16;
const nameOffset = 56;
const nameSize = 72;
const minEntrySize = 128;
/** `EFI ` and `PART`. */
const signature = [0x20494645, 0x54524150] as const;
const headerSize = recordSize(headerLayout);
/** A table has 128 entries of 128 bytes; more than 64 times that is no table. */
const maxTableSize = 1 << 20;

/** The sizes of sectors that systemd tries. */
const sectorSizes = [512, 1024, 2048, 4096] as const;

/** Attribute bits of the upper half (Discoverable Partitions Specification). */
const attributes = { growFileSystem: 2 ** 27, readOnly: 2 ** 28, noAuto: 2 ** 31 } as const;

interface Header extends RecordOf<typeof headerLayout> {
  readonly guid: string;
}

/**
 * Reads the table of a disk, from the backup at its end when the first one is broken. Throws `corrupt` when neither can be
 * read; undefined when nothing looks like one.
 */
export async function readGpt(source: ByteSource, signal?: CancelSignal): Promise<PartitionTable | undefined> {
  let failure: unknown;
  for (const sectorSize of sectorSizes) {
    const first = await readHeader(source, sectorSize, sectorSize, signal);
    if (first === undefined) continue;
    try {
      return await readTable(source, sectorSize, first, "first", signal);
    } catch (error) {
      failure = error;
    }
  }
  for (const sectorSize of sectorSizes) {
    const place = Math.floor(source.size / sectorSize - 1) * sectorSize;
    const backup = place <= sectorSize ? undefined : await readHeader(source, sectorSize, place, signal);
    if (backup !== undefined) return await readTable(source, sectorSize, backup, "backup", signal);
  }
  if (failure !== undefined) throw failure;
  return undefined;
}

interface PlacedHeader {
  readonly header: Header;
  readonly bytes: Uint8Array;
  readonly position: number;
}

/** The header at a position; undefined where none begins. */
async function readHeader(
  source: ByteSource,
  sectorSize: number,
  position: number,
  signal?: CancelSignal,
): Promise<PlacedHeader | undefined> {
  if (position + headerSize > source.size) return undefined;
  const bytes = await readExact(source, position, Math.min(sectorSize, source.size - position), signal);
  const header = { ...readRecord(headerLayout, bytes, 0, position), guid: readGuid(bytes, diskGuidOffset) };
  const isHeader = header.signatureLow === signature[0] && header.signatureHigh === signature[1];
  return isHeader ? { header, bytes, position } : undefined;
}

async function readTable(
  source: ByteSource,
  sectorSize: number,
  { header, bytes, position }: PlacedHeader,
  copy: "first" | "backup",
  signal?: CancelSignal,
): Promise<PartitionTable> {
  if (header.headerSize < headerSize || header.headerSize > bytes.length) {
    throw damaged(`its partition table has a header of ${header.headerSize} bytes`, position);
  }
  const checked = bytes.slice(0, header.headerSize);
  checked.fill(0, headerLayout.checksum.offset, headerLayout.checksum.offset + 4);
  if (crc32(checked) !== header.checksum) {
    throw damaged("the checksum of its partition table header does not match", position);
  }
  const { entryCount, entrySize } = header;
  const length = entryCount * entrySize;
  const start = header.entries * sectorSize;
  if (entrySize < minEntrySize || length > maxTableSize || start + length > source.size) {
    throw damaged(`its partition table has ${entryCount} entries of ${entrySize} bytes`, position);
  }
  const entries = await readExact(source, start, length, signal);
  if (crc32(entries) !== header.entriesChecksum) {
    throw damaged("the checksum of its partition table entries does not match", start);
  }
  const partitions: Partition[] = [];
  for (let i = 0; i < entryCount; i++) {
    const partition = readEntry(entries.subarray(i * entrySize, (i + 1) * entrySize), i + 1, sectorSize, start);
    if (partition !== undefined) partitions.push(partition);
  }
  return { kind: "gpt", guid: header.guid, sectorSize, copy, partitions };
}

function readEntry(entry: Uint8Array, number: number, sectorSize: number, position: number): Partition | undefined {
  const type = readGuid(entry, typeGuidOffset);
  if (type === NO_GUID) return undefined;
  const { first, last, attributesHigh } = readRecord(entryLayout, entry, 0, position);
  if (last < first) throw damaged(`partition ${number} ends before it begins`, position);
  const has = (bit: number) => Math.floor(attributesHigh / bit) % 2 === 1;
  return {
    number,
    type,
    ...partitionRoles.get(type),
    uuid: readGuid(entry, ownGuidOffset),
    label: readLabel(entry.subarray(nameOffset, nameOffset + nameSize)),
    start: first * sectorSize,
    size: (last - first + 1) * sectorSize,
    readOnly: has(attributes.readOnly),
    growFileSystem: has(attributes.growFileSystem),
    noAuto: has(attributes.noAuto),
  };
}

/** Text in UTF-16 up to the first zero. */
function readLabel(bytes: Uint8Array): string {
  let label = "";
  for (let at = 0; at + 2 <= bytes.length; at += 2) {
    const unit = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    if (unit === 0) break;
    label += String.fromCharCode(unit);
  }
  return label;
}
