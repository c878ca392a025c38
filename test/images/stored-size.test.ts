// What each file takes in an image: as much as the tools and the kernel count for it.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { type FileTree, walkTree } from "../../image/src/index.ts";
import { openImageFile } from "../../image/src/node/index.ts";
import { parseSuperblock, SUPERBLOCK_SIZE } from "../../image/src/squashfs/superblock.ts";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { requireTool } from "../support/tools.ts";
import { imageVariants } from "./image-variants.ts";
import { makeSquashfs, noise, prose } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-stored-"));
const folder = path.join(work, "folder");
const image = path.join(work, "image.raw");
const long = 1 << 20;
const holeSize = 64 << 20;

before((): void => {
  mkdirSync(folder);
  writeFileSync(path.join(folder, "noise"), noise(long + 100, "noise"));
  writeFileSync(path.join(folder, "prose"), prose(long, "prose"));
  writeFileSync(path.join(folder, "empty"), "");
  writeFileSync(path.join(folder, "hole"), "");
  truncateSync(path.join(folder, "hole"), holeSize);
  for (let i = 0; i < 300; i++) writeFileSync(path.join(folder, `small-${i}`), noise(500 + i, String(i)));
});
after(() => rmSync(work, { recursive: true, force: true }));

async function storedSizes(): Promise<Map<string, number>> {
  const opened = await openImageFile(image);
  try {
    const sizes = new Map<string, number>();
    for await (const { path: at } of walkTree(opened.tree, "")) sizes.set(at, await storedSize(opened.tree, at));
    return sizes;
  } finally {
    await opened.close();
  }
}

async function storedSize(tree: FileTree, at: string): Promise<number> {
  assert.ok(tree.storedSize !== undefined);
  return await tree.storedSize(at);
}

for (const [name, isCompressed] of [
  ["squashfs: gzip, 128 KiB blocks", true],
  ["squashfs: nothing compressed", false],
  ["erofs: in chunks", false],
  ["erofs: zstd", true],
  ["erofs: lz4hc, as sysext-bakery makes them", true],
  ["ext4, filled by the kernel", false],
  ["ext3, filled by the kernel", false],
  ["btrfs: zstd, filled by the kernel", true],
  ["btrfs: not compressed, filled by the kernel", false],
] as const) {
  test(`noise takes all its bytes, holes take none, and what compresses takes less: ${name}`, async (t) => {
    const variant = imageVariants.find((some) => some.name === name);
    assert.ok(variant);
    if (!canMount(t, variant.tool)) return;
    variant.make(folder, image);
    const sizes = await storedSizes();
    const share = (file: string, size: number) => (sizes.get(file) ?? Number.NaN) / size;
    assert.ok(Math.abs(share("noise", long) - 1) < 0.02, `noise: ${sizes.get("noise")}`);
    if (isCompressed) assert.ok(share("prose", long) < 0.15, `prose: ${sizes.get("prose")}`);
    else assert.ok(Math.abs(share("prose", long) - 1) < 0.02, `prose: ${sizes.get("prose")}`);
    // erofs compresses the zeros of a hole where it stores nothing in chunks.
    if (name.startsWith("erofs") && isCompressed)
      assert.ok(share("hole", holeSize) < 0.01, `hole: ${sizes.get("hole")}`);
    else assert.equal(sizes.get("hole"), 0);
    assert.equal(sizes.get("empty"), 0);
    assert.ok((sizes.get("small-7") ?? 0) > 0);
  });
}

test("the files of a squashfs image take together what stands before its tables", async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  makeSquashfs(folder, image, "-no-duplicates");
  const bytes = readFileSync(image);
  const { inodeTable } = parseSuperblock(bytes.subarray(0, SUPERBLOCK_SIZE), bytes.length);
  const stored = [...(await storedSizes()).values()].reduce((sum, size) => sum + size, 0);
  assert.ok(Math.abs(stored / (inodeTable - SUPERBLOCK_SIZE) - 1) < 0.01, `${stored} of ${inodeTable}`);
});

test("a file of ext4 takes as many blocks as the kernel counts", async (t) => {
  if (!canMount(t, "mke2fs")) return;
  for (const name of ["ext2, filled by the kernel", "ext4, filled by the kernel"]) {
    imageVariants.find((some) => some.name === name)?.make(folder, image);
    const mount = path.join(work, "mount");
    mkdirSync(mount, { recursive: true });
    const script =
      'mount -o loop,ro "$1" "$2"; cd "$2"; stat --format="%b %n" noise prose hole empty small-*; cd /; umount "$2"';
    const { status, output } = withPrivateMounts(script, image, mount);
    assert.equal(status, 0, output);
    const sizes = await storedSizes();
    const ours = output.replace(/^\d+ (.*)$/gm, (_line, file: string) => `${(sizes.get(file) ?? 0) / 512} ${file}`);
    assert.equal(ours, output);
  }
});
