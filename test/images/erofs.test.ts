// Images of mkfs.erofs that no kernel would mount, or none but a newer one.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { type ByteSource, memorySource, openImage } from "../../image/src/index.ts";
import { nodeDecompressors, openImageFile } from "../../image/src/node/index.ts";
import { canMount } from "../support/private-mounts.ts";
import { makeErofs } from "./image-variants.ts";
import { makeSampleTree, noise } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-erofs-"));
after(() => rmSync(work, { recursive: true, force: true }));

test("an image of which the end is missing says how long it should be", async (t) => {
  if (!canMount(t, "mkfs.erofs")) return;
  const sample = path.join(work, "sample");
  const image = path.join(work, "image.raw");
  makeSampleTree(sample);
  makeErofs(sample, image);
  const { size } = statSync(image);
  writeFileSync(image, readFileSync(image).subarray(0, size - 100_000));
  await assert.rejects(openImageFile(image), { kind: "corrupt", message: /should have \d+ bytes/ });
});

test("a size that is a lie is told without a walk through the image", async (t) => {
  if (!canMount(t, "mkfs.erofs")) return;
  const folder = path.join(work, "lie");
  mkdirSync(folder);
  const size = 123_457;
  writeFileSync(path.join(folder, "file"), noise(size, "lie"));
  writeFileSync(path.join(folder, "other"), noise(2_000_000, "other"));
  const file = path.join(work, "lie.raw");
  makeErofs(folder, file, "--chunksize=4096", "-Enosbcrc");
  const image = readFileSync(file);
  const wide = image.indexOf(Buffer.from(BigUint64Array.of(BigInt(size)).buffer));
  assert.ok(wide >= 0, "the size stands in an inode of the larger form");
  image.writeBigUInt64LE(2n ** 40n, wide);
  let reads = 0;
  const source = memorySource(image);
  const counting: ByteSource = {
    ...source,
    read: (offset, length) => {
      reads += 1;
      return source.read(offset, length);
    },
  };
  const { tree } = await openImage(counting, nodeDecompressors());
  assert.equal((await tree.stat("file")).size, 2 ** 40);
  reads = 0;
  const message = "the image is damaged: the list of a file's chunks goes on after the end of the image";
  await assert.rejects(async () => await tree.storedSize?.("file"), { kind: "corrupt", message });
  assert.ok(reads < 5, `${reads} reads`);
});

test("content in a file of its own, and features of the future, are refused by name", async (t) => {
  if (!canMount(t, "mkfs.erofs")) return;
  const folder = path.join(work, "spread");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "file"), noise(100_000, "spread"));
  const image = path.join(work, "spread.raw");
  writeFileSync(path.join(work, "blob"), "");
  // The tool sees the image's folder as /mnt.
  makeErofs(folder, image, "--blobdev=/mnt/blob", "--chunksize=4096");
  const message = "its content is on several devices, and only one of them was opened";
  await assert.rejects(openImageFile(image), { kind: "unsupported", message });
  makeErofs(folder, image, "-Enosbcrc");
  for (const [features, words] of [
    [0x100, /with compressed metadata, which cannot be read/],
    [0x4000_0000, /with unknown features \(0x40000000\)/],
  ] as const) {
    const bytes = withFeatures(readFileSync(image), features);
    const opened = openImage(memorySource(bytes), nodeDecompressors());
    await assert.rejects(opened, { kind: "unsupported", message: words });
  }
});

test("an image with 48-bit block numbers is read", async (t) => {
  if (!canMount(t, "mkfs.erofs")) return;
  const folder = path.join(work, "wide");
  mkdirSync(folder);
  const content = noise(100_000, "wide");
  writeFileSync(path.join(folder, "file"), content);
  const image = path.join(work, "wide.raw");
  // No mkfs.erofs that is installed writes them. In the larger form of inodes their high bits are zeros already.
  makeErofs(folder, image, "-Enosbcrc,force-inode-extended");
  const bytes = withFeatures(readFileSync(image), 0x80);
  const [rootNumber, wideRootNumber] = [superblockStart + 14, superblockStart + 112];
  bytes.writeBigUInt64LE(BigInt(bytes.readUInt16LE(rootNumber)), wideRootNumber);
  bytes.writeUInt16LE(0, rootNumber); // the high bits of the number of blocks now
  const { tree } = await openImage(memorySource(bytes), nodeDecompressors());
  assert.deepEqual(await tree.list(""), [{ name: "file", type: "file" }]);
  assert.ok(Buffer.from(await tree.read("file", 0, content.length)).equals(content));
});

const superblockStart = 1024;

/** Sets bits of what a reader has to know. */
function withFeatures(bytes: Buffer, features: number): Buffer {
  const at = superblockStart + 80;
  bytes.writeUInt32LE((bytes.readUInt32LE(at) | features) >>> 0, at);
  return bytes;
}
