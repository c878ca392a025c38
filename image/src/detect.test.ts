import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { memorySource } from "./bytes/byte-source.ts";
import { detectContent } from "./detect.ts";
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
  ["luks", bytesWith(8192, { 0: "LUKS\xba\xbe" }), "an encrypted disk (LUKS)"],
  ["iso9660", bytesWith(40_000, { ...partition, 32769: "CD001" }), "an ISO 9660 file system"],
  ["tar", bytesWith(1024, { 0: "usr/", 257: "ustar" }), "a tar archive"],
  ["cpio", bytesWith(1024, { 0: "070701" }), "a cpio archive"],
  ["program", bytesWith(1024, { 0: "\x7fELF" }), "a program (ELF)"],
  ["web-page", Buffer.from("<!DOCTYPE html><title>Not found</title>"), "a web page"],
  [
    "lfs-pointer",
    Buffer.from("version https://git-lfs.github.com/spec/v1\n"),
    "a pointer of Git LFS and not the file itself",
  ],
  ["text", Buffer.from("ID=fedora\n"), "a text file"],
  ["empty", new Uint8Array(0), "an empty file"],
  ["unknown", Uint8Array.from([0, 1, 2]), "nothing that this program knows"],
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
  await assert.rejects(openImage(memorySource(new Uint8Array(0)), {}), {
    kind: "unsupported",
    message: "it is an empty file; build or download the image again",
  });
});
