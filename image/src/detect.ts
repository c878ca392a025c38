// What is this? Tells file systems, disks, archives and other files apart by their first bytes.
import { isTarHeader } from "./archive/tar-header.ts";
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { readExact } from "./bytes/read-exact.ts";
import { findFatLayout } from "./fat/boot-sector.ts";
import { type Content, type FileCompression, signatures, vhdFooter } from "./signatures.ts";
import { isSignatureText } from "./verity/signature-json.ts";

export type { Content, ContentKind, FileCompression } from "./signatures.ts";

/** Bytes that hold all signatures. */
const headSize = 68 * 1024;
/** In front of zstd and lz4 there may be frames to be passed over, of the magic number 0x184D2A50 to 0x184D2A5F. */
const mostSkipped = 16;
const sectorSize = 512;
const veritySignature: Content = { kind: "verity-signature", name: "the signature of a root hash (dm-verity)" };

/** Reads the beginning of `source` and says what it is. */
export async function detectContent(source: ByteSource, signal?: CancelSignal): Promise<Content> {
  const head = await readExact(source, 0, Math.min(headSize, source.size), signal);
  if (head.length === 0) return { kind: "empty", name: "an empty file" };
  const found = signatures.find(({ offset, bytes }) => hasBytes(head, offset, bytes));
  if (found?.kind === "ext") return { kind: "ext", name: `an ${extVersion(head)} file system` };
  if (found !== undefined) return contentOf(found);
  return (
    (await detectBootSector(source, head, signal)) ??
    (await detectSkipped(source, head, signal)) ??
    (isTarHeader(head.subarray(0, sectorSize)) ? { kind: "tar", name: "a tar archive" } : undefined) ??
    (isSignatureText(head) ? veritySignature : undefined) ??
    detectText(head) ??
    (await detectVirtualDisk(source, signal)) ??
    (head.every((byte) => byte === 0)
      ? { kind: "empty", name: "nothing but zeros, as far as its beginning shows" }
      : { kind: "unknown", name: "data of an unknown format" })
  );
}

/** How the whole of `source` is compressed; undefined when it is not. Reads a few bytes. */
export async function detectCompression(
  source: ByteSource,
  signal?: CancelSignal,
): Promise<FileCompression | undefined> {
  const head = await readExact(source, 0, Math.min(16, source.size), signal);
  const found = signatures.find(({ kind, bytes }) => kind === "compressed" && hasBytes(head, 0, bytes));
  return (found ?? (await detectSkipped(source, head, signal)))?.compression;
}

const programs: Readonly<Record<FileCompression, string>> = {
  gzip: "gunzip",
  zstd: "unzstd",
  xz: "unxz",
  bzip2: "bunzip2",
  lz4: "unlz4",
};

/** What to do with a compressed file that is not unpacked here. */
export function unpackByHand(compression: FileCompression): string {
  return `unpack it with "${programs[compression]}" and open the image that comes out`;
}

function contentOf({ kind, name, compression }: Content): Content {
  return { kind, name, ...(compression === undefined ? {} : { compression }) };
}

function hasBytes(head: Uint8Array, offset: number, bytes: string): boolean {
  if (offset + bytes.length > head.length) return false;
  for (let i = 0; i < bytes.length; i++) if (head[offset + i] !== bytes.charCodeAt(i)) return false;
  return true;
}

/** Which of the ext file systems, by the features that they brought. */
function extVersion(head: Uint8Array): string {
  const superblock = new DataView(head.buffer, head.byteOffset + 1024);
  if (superblock.byteLength < 104) return "ext2";
  const hasJournal = (superblock.getUint32(92, true) & 0x4) !== 0;
  const incompatible = superblock.getUint32(96, true);
  const isFourth = (incompatible & ~0x1f) !== 0; // extents, 64bit, flex_bg …
  return isFourth ? "ext4" : hasJournal ? "ext3" : "ext2";
}

/**
 * A FAT file system or a partition table of old: both end their first sector alike. What boots from a disk may look like a
 * FAT, so that its first table has to begin as one where there are partitions too; systemd decides likewise.
 */
async function detectBootSector(
  source: ByteSource,
  head: Uint8Array,
  signal?: CancelSignal,
): Promise<Content | undefined> {
  const layout = findFatLayout(head);
  const hasPartitions = isPartitionTable(head);
  const fat: Content = { kind: "fat", name: "a FAT file system" };
  const mbr: Content = { kind: "mbr", name: "a disk image with a partition table (MBR)" };
  if (layout === undefined) return hasPartitions ? mbr : undefined;
  if (!hasPartitions) return fat;
  if (layout.tableStart + 1 > source.size) return mbr;
  const [first] = await readExact(source, layout.tableStart, 1, signal);
  return first === layout.media ? fat : mbr;
}

function isPartitionTable(head: Uint8Array): boolean {
  if (head[510] !== 0x55 || head[511] !== 0xaa) return false;
  const partitions = [446, 462, 478, 494];
  return partitions.some((at) => head[at + 4] !== 0) && partitions.every((at) => ((head[at] ?? 0) & 0x7f) === 0);
}

/** What follows frames that are to be passed over. */
async function detectSkipped(
  source: ByteSource,
  head: Uint8Array,
  signal?: CancelSignal,
): Promise<Content | undefined> {
  let at = 0;
  let bytes = head;
  for (let i = 0; i < mostSkipped && bytes.length >= 8; i++) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (view.getUint32(0, true) >>> 4 !== 0x184_d2a5) return undefined;
    at += 8 + view.getUint32(4, true);
    if (at >= source.size) return undefined;
    bytes = await readExact(source, at, Math.min(8, source.size - at), signal);
    const found = signatures.find((one) => one.kind === "compressed" && hasBytes(bytes, 0, one.bytes));
    if (found !== undefined) return contentOf(found);
  }
  return undefined;
}

async function detectVirtualDisk(source: ByteSource, signal?: CancelSignal): Promise<Content | undefined> {
  if (source.size < 2 * sectorSize) return undefined;
  const footer = await readExact(source, source.size - sectorSize, sectorSize, signal);
  return hasBytes(footer, 0, vhdFooter.bytes) ? contentOf(vhdFooter) : undefined;
}

function detectText(head: Uint8Array): Content | undefined {
  const start = head.subarray(0, 1024);
  const isText = start.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  if (!isText) return undefined;
  const text = String.fromCharCode(...start);
  return /^\s*<(!doctype html|html)/i.test(text)
    ? { kind: "web-page", name: "a web page" }
    : { kind: "text", name: "a text file" };
}
