// The first sector of a FAT file system, which says where everything lies (Microsoft FAT Specification, 2005, section 3).
import { type RecordLayout, type RecordOf, readRecord } from "../bytes/record.ts";

const bootLayout = {
  sectorSize: { offset: 11, size: 2 },
  sectorsPerCluster: { offset: 13, size: 1 },
  /** In front of the first table. */
  reservedSectors: { offset: 14, size: 2 },
  tableCount: { offset: 16, size: 1 },
  /** Of the root folder; 0 in FAT32, where it is a folder like all others. */
  rootEntries: { offset: 17, size: 2 },
  /** 0 where the number is too large for it. */
  sectorsShort: { offset: 19, size: 2 },
  media: { offset: 21, size: 1 },
  /** Sectors of a table; 0 in FAT32. */
  tableSectorsShort: { offset: 22, size: 2 },
  sectorsPerTrack: { offset: 24, size: 2 },
  heads: { offset: 26, size: 2 },
  /** In front of the partition. */
  hiddenSectors: { offset: 28, size: 4 },
  sectorsLong: { offset: 32, size: 4 },
} as const satisfies RecordLayout;

/** What follows in FAT12 and FAT16. */
const shortLayout = {
  driveNumber: { offset: 36, size: 1 },
  state: { offset: 37, size: 1 },
  /** 0x28 or 0x29 where the rest is there. */
  extended: { offset: 38, size: 1 },
  volumeId: { offset: 39, size: 4 },
} as const satisfies RecordLayout;

/** What follows in FAT32. */
const longLayout = {
  tableSectors: { offset: 36, size: 4 },
  /** Bit 7: only the table of the number in bits 0 to 3 is kept. */
  flags: { offset: 40, size: 2 },
  version: { offset: 42, size: 2 },
  rootCluster: { offset: 44, size: 4 },
  infoSector: { offset: 48, size: 2 },
  backupSector: { offset: 50, size: 2 },
  driveNumber: { offset: 64, size: 1 },
  state: { offset: 65, size: 1 },
  extended: { offset: 66, size: 1 },
  volumeId: { offset: 67, size: 4 },
} as const satisfies RecordLayout;

export const BOOT_SECTOR_SIZE = 512;
const entrySize = 32;
const onlyOneTable = 0x80;
const dirty = 1;
/** The first two numbers of clusters stand for none. */
export const FIRST_CLUSTER = 2;
/** A file system of more clusters than that is none of that kind. */
const maxClusters = { 12: 4084, 16: 65_524, 32: 0x0fff_fff6 } as const;

export interface FatLayout {
  /** Bits of an entry of the table. */
  readonly bits: 12 | 16 | 32;
  readonly sectorSize: number;
  readonly clusterSize: number;
  readonly media: number;
  /** Where the table that counts begins, in bytes. */
  readonly tableStart: number;
  /** Where the root folder of FAT12 and FAT16 begins, and its bytes. */
  readonly rootStart: number;
  readonly rootSize: number;
  /** The root folder's first cluster, in FAT32. */
  readonly rootCluster: number;
  /** Where the first cluster begins, in bytes. */
  readonly clustersStart: number;
  readonly clusters: number;
  /** Bytes of the whole file system. */
  readonly size: number;
  /** Of FAT32; only 0 is known. */
  readonly version: number;
  /** It was not unmounted. */
  readonly isDirty: boolean;
}

/** What the boot sector at the beginning of `head` says; undefined where it is none, or says what cannot be. */
export function findFatLayout(head: Uint8Array): FatLayout | undefined {
  if (head.length < BOOT_SECTOR_SIZE) return undefined;
  const boot = readRecord(bootLayout, head, 0, 0);
  const { sectorSize, sectorsPerCluster, reservedSectors, tableCount, rootEntries, media } = boot;
  const isPlausible =
    isPowerOfTwo(sectorSize) &&
    sectorSize >= 512 &&
    sectorSize <= 4096 &&
    isPowerOfTwo(sectorsPerCluster) &&
    reservedSectors > 0 &&
    tableCount > 0 &&
    tableCount <= 4 &&
    (media >= 0xf8 || media === 0xf0);
  if (!isPlausible) return undefined;
  const long = readRecord(longLayout, head, 0, 0);
  const isLong = boot.tableSectorsShort === 0;
  const tableSectors = isLong ? long.tableSectors : boot.tableSectorsShort;
  const sectors = boot.sectorsShort === 0 ? boot.sectorsLong : boot.sectorsShort;
  const rootSectors = Math.ceil((rootEntries * entrySize) / sectorSize);
  const before = reservedSectors + tableCount * tableSectors + rootSectors;
  const counted = Math.floor((sectors - before) / sectorsPerCluster);
  if (tableSectors === 0 || counted < 1 || isLong === rootEntries > 0) return undefined;
  const bits = isLong ? 32 : counted > maxClusters[12] ? 16 : 12;
  if (counted > maxClusters[bits]) return undefined;
  return {
    bits,
    sectorSize,
    clusterSize: sectorSize * sectorsPerCluster,
    media,
    tableStart: (reservedSectors + keptTable(long, isLong, tableCount) * tableSectors) * sectorSize,
    rootStart: (before - rootSectors) * sectorSize,
    rootSize: rootEntries * entrySize,
    rootCluster: isLong ? long.rootCluster : 0,
    clustersStart: before * sectorSize,
    // A table may have room for fewer of them.
    clusters: Math.min(counted, Math.floor((tableSectors * sectorSize * 8) / bits) - FIRST_CLUSTER),
    size: sectors * sectorSize,
    version: isLong ? long.version : 0,
    isDirty: ((isLong ? long : readRecord(shortLayout, head, 0, 0)).state & dirty) !== 0,
  };
}

function keptTable({ flags }: RecordOf<typeof longLayout>, isLong: boolean, tableCount: number): number {
  const number = flags & 0x0f;
  return isLong && (flags & onlyOneTable) !== 0 && number < tableCount ? number : 0;
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}
