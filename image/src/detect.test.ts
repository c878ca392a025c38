import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { memorySource } from "./bytes/byte-source.ts";
import { detectContent } from "./detect.ts";
import { detectCompression } from "./detect-compression.ts";
import { openImage } from "./open-image.ts";

/** `size` zeros with texts of one byte a character at offsets. */
function bytesWith(size: number, parts: Readonly<Record<number, string>>): Uint8Array {
  const bytes = Buffer.alloc(size);
  for (const [offset, text] of Object.entries(parts)) bytes.write(text, Number(offset), "latin1");
  return bytes;
}

const partition = { 446: "\x80\x20\x21\x00\x83", 510: "\x55\xaa" };
const extMagic = { 1080: "\x53\xef" };

/** The first sectors of a FAT file system of 20 MiB. */
function fatSector(bits: 16 | 32, more: Readonly<Record<number, string>> = {}): Uint8Array {
  const rest = bits === 16 ? { 17: "\0\x02", 22: "\x28" } : { 36: "\x40\x02" };
  return bytesWith(4096, {
    0: "\xeb\x3c\x90",
    11: "\0\x02\x04\x01\0\x02",
    19: "\0\xa0\xf8",
    ...rest,
    510: "\x55\xaa",
    512: "\xf8",
    ...more,
  });
}

/** A header without "ustar", as programs wrote before 1988. */
function oldTarHeader(): Uint8Array {
  const header = Buffer.from(bytesWith(1024, { 0: "file", 100: "0000644", 124: "00000000000", 148: "        " }));
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0`, 148);
  return header;
}

const cases: readonly [string, Uint8Array, string][] = [
  ["squashfs", bytesWith(4096, { 0: "hsqs" }), "a squashfs file system"],
  ["erofs", bytesWith(4096, { 1024: "\xe2\xe1\xf5\xe0" }), "an erofs file system"],
  ["ext", bytesWith(4096, extMagic), "an ext2 file system"],
  ["ext", bytesWith(4096, { ...extMagic, 1116: "\x04" }), "an ext3 file system"],
  ["ext", bytesWith(4096, { ...extMagic, 1116: "\x3c", 1120: "\xc2\x02" }), "an ext4 file system"],
  ["btrfs", bytesWith(70_000, { 65600: "_BHRfS_M" }), "a btrfs file system"],
  ["xfs", bytesWith(4096, { 0: "XFSB" }), "an xfs file system"],
  ["f2fs", bytesWith(4096, { 1024: "\x10\x20\xf5\xf2" }), "an f2fs file system"],
  ["fat", fatSector(16), "a FAT file system"],
  ["fat", fatSector(32), "a FAT file system"],
  ["gpt", bytesWith(8192, { ...partition, 512: "EFI PART" }), "a disk image with a partition table (GPT)"],
  ["gpt", bytesWith(8192, { ...partition, 4096: "EFI PART" }), "a disk image with a partition table (GPT)"],
  ["mbr", bytesWith(8192, partition), "a disk image with a partition table (MBR)"],
  ["luks", bytesWith(8192, { 0: "LUKS\xba\xbe" }), "an encrypted volume (LUKS)"],
  ["verity", bytesWith(4096, { 0: "verity\0\0\x01", ...extMagic }), "a hash tree (dm-verity)"],
  [
    "verity-signature",
    bytesWith(4096, { 0: '{"rootHash":"00","signature":""}' }),
    "the signature of a root hash (dm-verity)",
  ],
  ["iso9660", bytesWith(40_000, { ...partition, 32769: "CD001" }), "an ISO 9660 file system"],
  ["tar", bytesWith(1024, { 0: "usr/", 257: "ustar" }), "a tar archive"],
  ["cpio", bytesWith(1024, { 0: "070701" }), "a cpio archive"],
  ["luks", bytesWith(8192, { 0: "LUKS\xba\xbe\0\x01" }), "an encrypted volume (LUKS1)"],
  ["luks", bytesWith(8192, { 0: "LUKS\xba\xbe\0\x02" }), "an encrypted volume (LUKS2)"],
  ["luks", bytesWith(8192, { ...partition, 3: "-FVE-FS-" }), "an encrypted volume (BitLocker)"],
  ["ntfs", bytesWith(8192, { ...partition, 3: "NTFS    " }), "an NTFS file system"],
  ["exfat", bytesWith(8192, { ...partition, 3: "EXFAT   " }), "an exFAT file system"],
  ["swap", bytesWith(8192, { 4086: "SWAPSPACE2" }), "swap space"],
  ["swap", bytesWith(70_000, { 65526: "SWAPSPACE2" }), "swap space"],
  ["lvm", bytesWith(8192, { 512: "LABELONE", 536: "LVM2 001" }), "an LVM physical volume"],
  ["raid", bytesWith(8192, { 4096: "\xfc\x4e\x2b\xa9\x01\0\0\0" }), "a member of a Linux RAID array"],
  ["tar", oldTarHeader(), "a tar archive"],
  ["archive", Buffer.from("PK\x03\x04 and more"), "a zip archive"],
  ["archive", bytesWith(64, { 0: "7z\xbc\xaf\x27\x1c" }), "a 7z archive"],
  ["archive", Buffer.from("!<arch>\ndebian-binary   "), "a Debian package"],
  ["virtual-disk", bytesWith(1024, { 0: "QFI\xfb" }), "a virtual disk (qcow2)"],
  ["virtual-disk", bytesWith(1024, { 0: "vhdxfile" }), "a virtual disk (VHDX)"],
  ["virtual-disk", bytesWith(1024, { 0: "KDMV" }), "a virtual disk (VMDK)"],
  ["virtual-disk", bytesWith(2048, { 1536: "conectix" }), "a virtual disk (VHD)"],
  ["virtual-disk", Buffer.from("# Disk DescriptorFile\n"), "the descriptor of a virtual disk (VMDK)"],
  ["picture", bytesWith(1024, { 0: "\x89PNG\r\n\x1a\n" }), "a picture (PNG)"],
  ["picture", bytesWith(1024, { 0: "\xff\xd8\xff\xe0" }), "a picture (JPEG)"],
  ["empty", new Uint8Array(100_000), "only zeros at its beginning"],
  ["program", bytesWith(1024, { 0: "\x7fELF" }), "a program (ELF)"],
  ["web-page", Buffer.from("<!DOCTYPE html><title>Not found</title>"), "a web page"],
  [
    "lfs-pointer",
    Buffer.from("version https://git-lfs.github.com/spec/v1\n"),
    "a Git LFS pointer instead of the file itself",
  ],
  ["text", Buffer.from("ID=fedora\n"), "a text file"],
  ["empty", new Uint8Array(0), "an empty file"],
  ["unknown", Uint8Array.from([0, 1, 2]), "data of an unknown format"],
];

for (const [kind, bytes, name] of cases) {
  test(`${name} is told by its bytes (${bytes.length})`, async () => {
    assert.deepEqual(await detectContent(memorySource(bytes)), { kind, name });
  });
}

test("a file system on the whole disk wins over a partition table", async () => {
  const bytes = bytesWith(8192, { ...partition, ...extMagic, 512: "EFI PART" });
  assert.equal((await detectContent(memorySource(bytes))).kind, "ext");
});

const skipped = "\x50\x2a\x4d\x18\x02\0\0\0xx";

for (const [compression, bytes] of [
  ["gzip", gzipSync("hsqs")],
  ["zstd", Buffer.from("\x28\xb5\x2f\xfd more", "latin1")],
  ["zstd", Buffer.from(`${skipped}${skipped}\x28\xb5\x2f\xfd more`, "latin1")],
  ["xz", Buffer.from("\xfd7zXZ\0 more", "latin1")],
  ["bzip2", Buffer.from("BZh91AY&SY", "latin1")],
  ["lz4", Buffer.from("\x04\x22\x4d\x18 more", "latin1")],
  ["lz4", Buffer.from(`${skipped}\x04\x22\x4d\x18 more`, "latin1")],
] as const) {
  test(`a file compressed with ${compression} is told by its bytes (${bytes.length})`, async () => {
    const content = { kind: "compressed", name: `a file compressed with ${compression}`, compression };
    assert.deepEqual(await detectContent(memorySource(bytes)), content);
    assert.equal(await detectCompression(memorySource(bytes)), compression);
  });
}

test("frames that are passed over and lead nowhere are nothing", async () => {
  for (const bytes of [skipped, skipped.repeat(50), "\x50\x2a\x4d\x18\xff\xff\xff\xff"]) {
    assert.equal((await detectContent(memorySource(Buffer.from(bytes, "latin1")))).kind, "unknown");
  }
});

test("a boot sector is that of a FAT or a partition table, and never the other one", async () => {
  const kindOf = async (bytes: Uint8Array) => (await detectContent(memorySource(bytes))).kind;
  const bootCode = { 446: "\x80\x01\x02\x03\x83" };
  for (const bits of [16, 32] as const) {
    // Boot code of a FAT that looks like an entry; and the boot code of a partitioned disk that looks like a FAT.
    assert.equal(await kindOf(fatSector(bits, bootCode)), "fat");
    assert.equal(await kindOf(fatSector(bits, { ...bootCode, 512: "\0" })), "mbr");
    assert.equal(await kindOf(fatSector(bits, { 512: "\0" })), "fat");
  }
  assert.equal(await kindOf(bytesWith(4096, { 54: "FAT16   ", ...partition })), "mbr");
  assert.equal(await kindOf(bytesWith(4096, { 54: "FAT16   ", 510: "\x55\xaa" })), "unknown");
});

test("opening anything else says what it is and what to do", async () => {
  await assert.rejects(openImage(memorySource(bytesWith(4096, { 0: "XFSB" })), {}), {
    kind: "unsupported",
    message:
      "it is an xfs file system; only squashfs, erofs, ext4, btrfs and FAT images can be opened, by themselves or in a disk image, and tar and cpio archives",
  });
  await assert.rejects(openImage(memorySource(gzipSync("")), {}), {
    kind: "unsupported",
    message: 'it is a file compressed with gzip; unpack it with "gunzip" and open the image that comes out',
  });
  await assert.rejects(openImage(memorySource(bytesWith(4096, { 0: "LUKS\xba\xbe\0\x02" })), {}), {
    kind: "unsupported",
    message: /^it is an encrypted volume \(LUKS2\); unlock it and copy/,
  });
  await assert.rejects(openImage(memorySource(bytesWith(4096, { 0: "QFI\xfb" })), {}), {
    kind: "unsupported",
    message: /; convert it to a raw disk image with "qemu-img convert -O raw"$/,
  });
  await assert.rejects(openImage(memorySource(new Uint8Array(0)), {}), {
    kind: "unsupported",
    message: "it is an empty file; build or download the image again",
  });
});
