// Builds small disk images in memory: a GUID partition table, and whatever is to be in the partitions.
import { crc32 } from "node:zlib";

export interface DiskPart {
  readonly type: keyof typeof partitionTypes;
  readonly label: string;
  readonly content: Uint8Array;
}

/** GUIDs of the Discoverable Partitions Specification, for x86-64. */
export const partitionTypes = {
  root: "4f68bce3-e8cd-4db1-96e7-fbcaf984b709",
  usr: "8484680c-9521-48c6-9c11-b0720656f69e",
  "usr-verity": "77ff5f63-e7b6-4633-acf4-1565b864c0e6",
  esp: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
  home: "933ac7e1-2eb4-4f13-b844-0e14e2aef915",
  unknown: "01234567-89ab-4def-8123-456789abcdef",
} as const;

const sector = 512;
const entries = 128;
const entrySize = 128;
const alignment = 4096;
const firstUsable = 34;

/** A disk with sectors of 512 bytes and the partitions one behind the other; there is no backup of the table. */
export function buildDisk(parts: readonly DiskPart[]): Uint8Array {
  const table = Buffer.alloc(entries * entrySize);
  let end = alignment * 5;
  const places = parts.map(({ content }) => {
    const start = end;
    end += Math.ceil(content.length / alignment) * alignment;
    return start;
  });
  const disk = Buffer.alloc(end + alignment);
  for (const [at, { type, label, content }] of parts.entries()) {
    const start = places[at] ?? 0;
    const entry = table.subarray(at * entrySize);
    guidBytes(partitionTypes[type]).copy(entry, 0);
    guidBytes(`00000000-0000-4000-8000-00000000000${at + 1}`).copy(entry, 16);
    entry.writeBigUInt64LE(BigInt(start / sector), 32);
    entry.writeBigUInt64LE(BigInt(Math.ceil((start + content.length) / alignment) * (alignment / sector) - 1), 40);
    entry.write(label, 56, 72, "utf16le");
    disk.set(content, start);
  }
  disk.writeUInt8(0xee, 446 + 4);
  disk.writeUInt32LE(1, 446 + 8);
  disk.writeUInt32LE(disk.length / sector - 1, 446 + 12);
  disk.writeUInt16LE(0xaa55, 510);
  headerOf(table, disk.length / sector).copy(disk, sector);
  table.copy(disk, 2 * sector);
  return disk;
}

function headerOf(table: Buffer, sectors: number): Buffer {
  const header = Buffer.alloc(92);
  header.write("EFI PART", 0, "latin1");
  header.writeUInt32LE(0x10000, 8);
  header.writeUInt32LE(header.length, 12);
  header.writeBigUInt64LE(1n, 24);
  header.writeBigUInt64LE(BigInt(sectors - 1), 32);
  header.writeBigUInt64LE(BigInt(firstUsable), 40);
  header.writeBigUInt64LE(BigInt(sectors - 2), 48);
  guidBytes("11111111-2222-4333-8444-555555555555").copy(header, 56);
  header.writeBigUInt64LE(2n, 72);
  header.writeUInt32LE(entries, 80);
  header.writeUInt32LE(entrySize, 84);
  header.writeUInt32LE(crc32(table), 88);
  header.writeUInt32LE(crc32(header), 16);
  return header;
}

/** The first three groups are little-endian numbers. */
function guidBytes(guid: string): Buffer {
  const bytes = Buffer.from(guid.replaceAll("-", ""), "hex");
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
