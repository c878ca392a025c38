// Partition tables of old: four entries in the first sector, one of which may lead to a chain of further ones.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import type { Partition, PartitionRole, PartitionTable } from "./partition-table.ts";

const entryLayout = {
  type: { offset: 4, size: 1 },
  /** In sectors. */
  first: { offset: 8, size: 4 },
  count: { offset: 12, size: 4 },
} as const satisfies RecordLayout;

const entriesOffset = 446;
const entrySize = 16;
const sectorSize = 512;
/** Types of an extended partition, which holds a chain of logical ones. */
const extended = [0x05, 0x0f, 0x85];
/** The whole disk, in front of a GUID partition table. */
const protective = 0xee;
const roles: ReadonlyMap<number, PartitionRole> = new Map([
  [0x83, "linux-generic"],
  [0xef, "esp"],
  [0x82, "swap"],
  [0xea, "xbootldr"],
]);
/** More than anybody makes; the chain of extended boot records may be a circle. */
const maxLogicalPartitions = 128;

interface Entry {
  readonly type: number;
  readonly first: number;
  readonly count: number;
}

/** Reads the table; undefined when there is none, or only what protects another. */
export async function readMbr(source: ByteSource, signal?: CancelSignal): Promise<PartitionTable | undefined> {
  const entries = await readSector(source, 0, signal);
  if (entries === undefined || entries.some(({ type }) => type === protective)) return undefined;
  const partitions: Partition[] = [];
  const add = ({ type, first, count }: Entry, base: number, number: number) => {
    const role = roles.get(type);
    partitions.push({
      number,
      type: `0x${type.toString(16).padStart(2, "0")}`,
      ...(role === undefined ? {} : { role }),
      uuid: "",
      label: "",
      start: (base + first) * sectorSize,
      size: count * sectorSize,
      readOnly: false,
      growFileSystem: false,
      noAuto: false,
    });
  };
  for (const [i, entry] of entries.entries()) {
    if (entry.type !== 0 && !extended.includes(entry.type)) add(entry, 0, i + 1);
  }
  const chain = entries.find(({ type }) => extended.includes(type));
  let next = chain === undefined ? 0 : chain.first;
  for (let number = 5; next !== 0 && number < 5 + maxLogicalPartitions; number++) {
    const [own, link] = (await readSector(source, next * sectorSize, signal)) ?? [];
    if (own !== undefined && own.type !== 0) add(own, next, number);
    next = chain !== undefined && link !== undefined && extended.includes(link.type) ? chain.first + link.first : 0;
  }
  return { kind: "mbr", guid: "", sectorSize, copy: "first", partitions };
}

/** Whether the first sector of a disk is that of such a table: the mark at its end, and entries that can be some. */
export function hasMbr(head: Uint8Array): boolean {
  if (!hasMark(head)) return false;
  const entries = [0, 1, 2, 3].map((i) => entriesOffset + i * entrySize);
  return entries.some((at) => head[at + 4] !== 0) && entries.every((at) => ((head[at] ?? 0) & 0x7f) === 0);
}

function hasMark(sector: Uint8Array): boolean {
  return sector[510] === 0x55 && sector[511] === 0xaa;
}

/** The four entries of a sector; undefined when it is none with a table. */
async function readSector(source: ByteSource, position: number, signal?: CancelSignal): Promise<Entry[] | undefined> {
  if (position + sectorSize > source.size) return undefined;
  const bytes = await readExact(source, position, sectorSize, signal);
  if (!hasMark(bytes)) return undefined;
  return [0, 1, 2, 3].map((i) => readRecord(entryLayout, bytes, entriesOffset + i * entrySize, position));
}
