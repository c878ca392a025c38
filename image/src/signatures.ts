// The bytes by which file systems, disks, archives and other files are known.
export type ContentKind =
  | "squashfs"
  | "old-squashfs"
  | "streamed-squashfs"
  | "erofs"
  | "ext"
  | "btrfs"
  | "xfs"
  | "f2fs"
  | "fat"
  | "exfat"
  | "ntfs"
  | "iso9660"
  | "luks"
  | "verity"
  | "verity-signature"
  | "swap"
  | "lvm"
  | "raid"
  | "gpt"
  | "mbr"
  | "compressed"
  | "tar"
  | "cpio"
  | "archive"
  | "virtual-disk"
  | "program"
  | "picture"
  | "lfs-pointer"
  | "web-page"
  | "text"
  | "empty"
  | "unknown";

/** Compressions of whole files. */
export type FileCompression = "gzip" | "zstd" | "xz" | "bzip2" | "lz4";

/** What a file holds. */
export interface Content {
  readonly kind: ContentKind;
  /** What it is, for people, as part of a sentence: "an ext4 file system". */
  readonly name: string;
  /** Of the kind `compressed`. */
  readonly compression?: FileCompression;
}

export interface Signature extends Content {
  readonly offset: number;
  /** One character a byte. */
  readonly bytes: string;
}

/** Pages of all machines that make swap; its mark is at the first one's end. */
const swapPages = [4096, 8192, 16_384, 32_768, 65_536];
const gptSectors = [512, 1024, 2048, 4096];
const lvmSectors = [0, 512, 1024, 1536];

/** In the order of probing: a file system's signature wins over that of a partition table, as for systemd. */
export const signatures: readonly Signature[] = [
  { kind: "squashfs", offset: 0, bytes: "hsqs", name: "a squashfs file system" },
  { kind: "old-squashfs", offset: 0, bytes: "sqsh", name: "a big-endian squashfs file system from before 2009" },
  { kind: "streamed-squashfs", offset: 0, bytes: "HSQS", name: "a squashfs file system in mksquashfs's stream form" },
  // In front of others whose few bytes may occur among hashes.
  { kind: "verity", offset: 0, bytes: "verity\0\0", name: "a hash tree (dm-verity)" },
  { kind: "erofs", offset: 1024, bytes: "\xe2\xe1\xf5\xe0", name: "an erofs file system" },
  { kind: "ext", offset: 1080, bytes: "\x53\xef", name: "an ext2 file system" },
  { kind: "btrfs", offset: 65600, bytes: "_BHRfS_M", name: "a btrfs file system" },
  { kind: "xfs", offset: 0, bytes: "XFSB", name: "an xfs file system" },
  { kind: "f2fs", offset: 1024, bytes: "\x10\x20\xf5\xf2", name: "an f2fs file system" },
  { kind: "luks", offset: 0, bytes: "LUKS\xba\xbe\0\x01", name: "an encrypted disk (LUKS1)" },
  { kind: "luks", offset: 0, bytes: "LUKS\xba\xbe\0\x02", name: "an encrypted disk (LUKS2)" },
  { kind: "luks", offset: 0, bytes: "LUKS\xba\xbe", name: "an encrypted disk (LUKS)" },
  { kind: "ntfs", offset: 3, bytes: "NTFS    ", name: "a file system of Windows (NTFS)" },
  { kind: "exfat", offset: 3, bytes: "EXFAT   ", name: "an exFAT file system" },
  { kind: "luks", offset: 3, bytes: "-FVE-FS-", name: "an encrypted disk (BitLocker)" },
  ...lvmSectors.map((at): Signature => ({ kind: "lvm", offset: at + 24, bytes: "LVM2 001", name: "a part of an LVM" })),
  ...[0, 4096].map(
    (offset): Signature => ({ kind: "raid", offset, bytes: "\xfc\x4e\x2b\xa9\x01\0\0\0", name: "a member of a RAID" }),
  ),
  { kind: "iso9660", offset: 32769, bytes: "CD001", name: "an ISO 9660 file system" },
  ...gptSectors.map(
    (offset): Signature => ({
      kind: "gpt",
      offset,
      bytes: "EFI PART",
      name: "a disk image with a partition table (GPT)",
    }),
  ),
  ...swapPages.flatMap((page): Signature[] => [
    { kind: "swap", offset: page - 10, bytes: "SWAPSPACE2", name: "swap space" },
    { kind: "swap", offset: page - 10, bytes: "SWAP-SPACE", name: "swap space of an old form" },
  ]),
  compressed("gzip", "\x1f\x8b\x08"),
  compressed("zstd", "\x28\xb5\x2f\xfd"),
  compressed("xz", "\xfd7zXZ\0"),
  compressed("bzip2", "BZh"),
  compressed("lz4", "\x04\x22\x4d\x18"),
  compressed("lz4", "\x02\x21\x4c\x18"),
  { kind: "tar", offset: 257, bytes: "ustar", name: "a tar archive" },
  { kind: "cpio", offset: 0, bytes: "070701", name: "a cpio archive" },
  { kind: "cpio", offset: 0, bytes: "070702", name: "a cpio archive" },
  { kind: "cpio", offset: 0, bytes: "070707", name: "a cpio archive" },
  { kind: "archive", offset: 0, bytes: "PK\x03\x04", name: "a zip archive" },
  { kind: "archive", offset: 0, bytes: "PK\x05\x06", name: "an empty zip archive" },
  { kind: "archive", offset: 0, bytes: "7z\xbc\xaf\x27\x1c", name: "a 7z archive" },
  { kind: "archive", offset: 0, bytes: "Rar!\x1a\x07", name: "a rar archive" },
  { kind: "archive", offset: 0, bytes: "!<arch>\ndebian-binary", name: "a Debian package" },
  { kind: "archive", offset: 0, bytes: "!<arch>\n", name: "an ar archive" },
  { kind: "archive", offset: 0, bytes: "\xed\xab\xee\xdb", name: "an RPM package" },
  { kind: "virtual-disk", offset: 0, bytes: "QFI\xfb", name: "a virtual disk (qcow2)" },
  { kind: "virtual-disk", offset: 0, bytes: "conectix", name: "a virtual disk (VHD)" },
  { kind: "virtual-disk", offset: 0, bytes: "vhdxfile", name: "a virtual disk (VHDX)" },
  { kind: "virtual-disk", offset: 0, bytes: "KDMV", name: "a virtual disk (VMDK)" },
  { kind: "virtual-disk", offset: 0, bytes: "COWD", name: "a virtual disk (VMDK)" },
  { kind: "virtual-disk", offset: 0, bytes: "# Disk DescriptorFile", name: "the description of a virtual disk (VMDK)" },
  { kind: "virtual-disk", offset: 64, bytes: "\x7f\x10\xda\xbe", name: "a virtual disk (VDI)" },
  { kind: "program", offset: 0, bytes: "\x7fELF", name: "a program (ELF)" },
  { kind: "picture", offset: 0, bytes: "\x89PNG\r\n\x1a\n", name: "a picture (PNG)" },
  { kind: "picture", offset: 0, bytes: "\xff\xd8\xff", name: "a picture (JPEG)" },
  { kind: "picture", offset: 0, bytes: "GIF8", name: "a picture (GIF)" },
  {
    kind: "lfs-pointer",
    offset: 0,
    bytes: "version https://git-lfs",
    name: "a pointer of Git LFS and not the file itself",
  },
];

function compressed(compression: FileCompression, bytes: string): Signature {
  return { kind: "compressed", compression, offset: 0, bytes, name: `a file compressed with ${compression}` };
}

/** Of a fixed VHD the last sector begins so; all before is the disk itself. */
export const vhdFooter: Content & { readonly bytes: string } = {
  kind: "virtual-disk",
  bytes: "conectix",
  name: "a virtual disk (VHD)",
};
