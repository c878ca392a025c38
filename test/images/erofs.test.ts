// Images of mkfs.erofs that no kernel would mount.
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
  const message = "the image is damaged: the list of a file's chunks goes on behind the end of the image";
  await assert.rejects(async () => await tree.storedSize?.("file"), { kind: "corrupt", message });
  assert.ok(reads < 5, `${reads} reads`);
});
