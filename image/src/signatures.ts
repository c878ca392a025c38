// The bytes by which what cannot be read is known: other file systems, disks, archives and files.
import type { Signature } from "./content.ts";

/** Pages of all machines that make swap; its mark is at the first one's end. */
const swapPages = [4096, 8192, 16_384, 32_768, 65_536];
const gptSectors = [512, 1024, 2048, 4096];
const lvmSectors = [0, 512, 1024, 1536];

/** In front of all others, whose few bytes may occur among hashes. */
export const veritySignature: Signature = {
  kind: "verity",
  offset: 0,
  bytes: "verity\0\0",
  name: "a hash tree (dm-verity)",
};

/**
 * File systems and disks, in the order of probing. All file systems come before partition tables: the signature of one that
 * is on the whole disk wins, as for systemd.
 */
export const diskSignatures: readonly Signature[] = [
  { kind: "xfs", offset: 0, bytes: "XFSB", name: "an xfs file system" },
  { kind: "f2fs", offset: 1024, bytes: "\x10\x20\xf5\xf2", name: "an f2fs file system" },
  { kind: "luks", offset: 0, bytes: "LUKS\xba\xbe\0\x01", name: "an encrypted volume (LUKS1)" },
  { kind: "luks", offset: 0, bytes: "LUKS\xba\xbe\0\x02", name: "an encrypted volume (LUKS2)" },
  { kind: "luks", offset: 0, bytes: "LUKS\xba\xbe", name: "an encrypted volume (LUKS)" },
  { kind: "ntfs", offset: 3, bytes: "NTFS    ", name: "an NTFS file system" },
  { kind: "exfat", offset: 3, bytes: "EXFAT   ", name: "an exFAT file system" },
  { kind: "luks", offset: 3, bytes: "-FVE-FS-", name: "an encrypted volume (BitLocker)" },
  ...lvmSectors.map(
    (at): Signature => ({ kind: "lvm", offset: at + 24, bytes: "LVM2 001", name: "an LVM physical volume" }),
  ),
  ...[0, 4096].map(
    (offset): Signature => ({
      kind: "raid",
      offset,
      bytes: "\xfc\x4e\x2b\xa9\x01\0\0\0",
      name: "a member of a Linux RAID array",
    }),
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
    { kind: "swap", offset: page - 10, bytes: "SWAP-SPACE", name: "swap space in the old format" },
  ]),
];

/** Archives, disks in other forms, and other files. */
export const fileSignatures: readonly Signature[] = [
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
  { kind: "virtual-disk", offset: 0, bytes: "# Disk DescriptorFile", name: "the descriptor of a virtual disk (VMDK)" },
  { kind: "virtual-disk", offset: 64, bytes: "\x7f\x10\xda\xbe", name: "a virtual disk (VDI)" },
  { kind: "program", offset: 0, bytes: "\x7fELF", name: "a program (ELF)" },
  { kind: "picture", offset: 0, bytes: "\x89PNG\r\n\x1a\n", name: "a picture (PNG)" },
  { kind: "picture", offset: 0, bytes: "\xff\xd8\xff", name: "a picture (JPEG)" },
  { kind: "picture", offset: 0, bytes: "GIF8", name: "a picture (GIF)" },
  {
    kind: "lfs-pointer",
    offset: 0,
    bytes: "version https://git-lfs",
    name: "a Git LFS pointer instead of the file itself",
  },
];

/** Of a fixed VHD the last sector begins so; all before is the disk itself. */
export const vhdFooter: Signature = {
  kind: "virtual-disk",
  offset: 0,
  bytes: "conectix",
  name: "a virtual disk (VHD)",
};
