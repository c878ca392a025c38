// What is this? Tells file systems, disks, archives and other files apart by their first bytes.
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { readExact } from "./bytes/read-exact.ts";

export type ContentKind =
  | "squashfs"
  | "old-squashfs"
  | "streamed-squashfs"
  | "erofs"
  | "ext"
  | "btrfs"
  | "xfs"
  | "f2fs"
  | "vfat"
  | "iso9660"
  | "luks"
  | "gpt"
  | "mbr"
  | "compressed"
  | "archive"
  | "virtual-disk"
  | "program"
  | "lfs-pointer"
  | "web-page"
  | "text"
  | "empty"
  | "unknown";

/** What a file holds. */
export interface Content {
  readonly kind: ContentKind;
  /** What it is, for people, as part of a sentence: "an ext4 file system". */
  readonly name: string;
}

interface Signature extends Content {
  readonly offset: number;
  /** One character a byte. */
  readonly bytes: string;
}

/** In the order of probing: a file system's signature wins over that of a partition table, as for systemd. */
const signatures: readonly Signature[] = [
  { kind: "squashfs", offset: 0, bytes: "hsqs", name: "a squashfs file system" },
  { kind: "old-squashfs", offset: 0, bytes: "sqsh", name: "a big-endian squashfs file system from before 2009" },
  { kind: "streamed-squashfs", offset: 0, bytes: "HSQS", name: "a squashfs file system in mksquashfs's stream form" },
  { kind: "erofs", offset: 1024, bytes: "\xe2\xe1\xf5\xe0", name: "an erofs file system" },
  { kind: "ext", offset: 1080, bytes: "\x53\xef", name: "an ext2 file system" },
  { kind: "btrfs", offset: 65600, bytes: "_BHRfS_M", name: "a btrfs file system" },
  { kind: "xfs", offset: 0, bytes: "XFSB", name: "an xfs file system" },
  { kind: "f2fs", offset: 1024, bytes: "\x10\x20\xf5\xf2", name: "an f2fs file system" },
  { kind: "luks", offset: 0, bytes: "LUKS\xba\xbe", name: "an encrypted disk (LUKS)" },
  { kind: "iso9660", offset: 32769, bytes: "CD001", name: "an ISO 9660 file system" },
  ...[512, 1024, 2048, 4096].map(
    (offset): Signature => ({
      kind: "gpt",
      offset,
      bytes: "EFI PART",
      name: "a disk image with a partition table (GPT)",
    }),
  ),
  { kind: "vfat", offset: 54, bytes: "FAT1", name: "a FAT file system" },
  { kind: "vfat", offset: 82, bytes: "FAT32", name: "a FAT file system" },
  { kind: "compressed", offset: 0, bytes: "\x1f\x8b", name: "a file compressed with gzip" },
  { kind: "compressed", offset: 0, bytes: "\x28\xb5\x2f\xfd", name: "a file compressed with zstd" },
  { kind: "compressed", offset: 0, bytes: "\xfd7zXZ\0", name: "a file compressed with xz" },
  { kind: "compressed", offset: 0, bytes: "BZh", name: "a file compressed with bzip2" },
  { kind: "compressed", offset: 0, bytes: "\x04\x22\x4d\x18", name: "a file compressed with lz4" },
  { kind: "archive", offset: 257, bytes: "ustar", name: "a tar archive" },
  { kind: "archive", offset: 0, bytes: "07070", name: "a cpio archive" },
  { kind: "archive", offset: 0, bytes: "PK\x03\x04", name: "a zip archive" },
  { kind: "virtual-disk", offset: 0, bytes: "QFI\xfb", name: "a virtual disk (qcow2)" },
  { kind: "program", offset: 0, bytes: "\x7fELF", name: "a program (ELF)" },
  {
    kind: "lfs-pointer",
    offset: 0,
    bytes: "version https://git-lfs",
    name: "a pointer of Git LFS and not the file itself",
  },
];

/** Bytes that hold all signatures. */
const headSize = 68 * 1024;

/** Reads the beginning of `source` and says what it is. */
export async function detectContent(source: ByteSource, signal?: CancelSignal): Promise<Content> {
  const head = await readExact(source, 0, Math.min(headSize, source.size), signal);
  if (head.length === 0) return { kind: "empty", name: "an empty file" };
  const found = signatures.find((signature) => hasSignature(head, signature));
  if (found?.kind === "ext") return { kind: "ext", name: `an ${extVersion(head)} file system` };
  if (found !== undefined) return { kind: found.kind, name: found.name };
  if (isPartitionTable(head)) return { kind: "mbr", name: "a disk image with a partition table (MBR)" };
  return detectText(head) ?? { kind: "unknown", name: "nothing that this program knows" };
}

function hasSignature(head: Uint8Array, { offset, bytes }: Signature): boolean {
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

function isPartitionTable(head: Uint8Array): boolean {
  if (head[510] !== 0x55 || head[511] !== 0xaa) return false;
  const partitions = [446, 462, 478, 494];
  return partitions.some((at) => head[at + 4] !== 0) && partitions.every((at) => ((head[at] ?? 0) & 0x7f) === 0);
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
