// File systems of mke2fs that the kernel has written into, read by our reader: everything is as it was in the folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { type ImageFacts, memorySource, openImage } from "../../image/src/index.ts";
import { hostFolder, openImageFile } from "../../image/src/node/index.ts";
import { compareTrees } from "../../image/src/tree/compare.ts";
import type { FileTree } from "../../image/src/tree/file-tree.ts";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { findTool, requireTool } from "../support/tools.ts";
import { makeSampleTree, noise } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-ext-"));
const sample = path.join(work, "sample");
const image = path.join(work, "image.raw");

before(() => makeSampleTree(sample));
after(() => rmSync(work, { recursive: true, force: true }));

/** Fills a new file system with a copy of a folder; `extra` runs in it, with the image mounted at `$2` and being `$1`. */
function makeExt(folder: string, options: readonly string[], extra = ":"): void {
  rmSync(image, { force: true });
  writeFileSync(image, "");
  truncateSync(image, 96 << 20);
  execFileSync(findTool("mke2fs") ?? "", ["-q", ...options, image], { stdio: "pipe" });
  const mount = path.join(work, "mount");
  mkdirSync(mount, { recursive: true });
  const script = `mount -o loop "$1" "$2"; rmdir "$2/lost+found"; ${extra}; cp -a --sparse=always "$3/." "$2/"; sync -f "$2"; cp "$1" "$1.mounted"; umount "$2"`;
  const { status, output } = withPrivateMounts(script, image, mount, folder);
  assert.equal(status, 0, output);
}

async function readImage<Result>(
  use: (tree: FileTree, format: string, facts: ImageFacts) => Promise<Result>,
): Promise<Result> {
  const opened = await openImageFile(image);
  try {
    return await use(opened.tree, opened.format, opened.facts);
  } finally {
    await opened.close();
  }
}

test("small blocks, and inodes without room for anything but the oldest fields", async (t) => {
  if (!canMount(t, "mke2fs")) return;
  const folder = path.join(work, "sizes");
  execFileSync("cp", ["-a", path.join(sample, "sizes"), folder]);
  for (const options of [
    ["-t", "ext4", "-b", "1024"],
    ["-t", "ext2", "-b", "1024", "-I", "128"],
  ]) {
    makeExt(folder, options);
    await readImage(async (tree) => assert.deepEqual(await compareTrees(hostFolder(folder), tree), []));
  }
});

test("a file of many pieces has a tree of extents, and is read as it is", async (t) => {
  if (!canMount(t, "mke2fs")) return;
  const folder = path.join(work, "pieces");
  mkdirSync(folder);
  // Every second block of it is a hole, so that no two pieces join.
  const bytes = Buffer.alloc(16 << 20);
  for (let at = 0; at < bytes.length; at += 8192) noise(4096, String(at)).copy(bytes, at);
  writeFileSync(path.join(folder, "pieces"), bytes);
  for (const type of ["ext4", "ext3"]) {
    makeExt(folder, ["-t", type, "-b", "4096"]);
    await readImage(async (tree) => assert.deepEqual(await compareTrees(hostFolder(folder), tree), []));
  }
});

test("extended attributes come with their values: in inodes, in blocks, and in inodes of their own", async (t) => {
  if (!canMount(t, "mke2fs") || !requireTool(t, "setfattr")) return;
  const folder = path.join(work, "attributes");
  mkdirSync(folder);
  const extra = `
    for i in a b; do
      touch "$2/$i"
      setfattr -n user.short -v "value of $i" "$2/$i"
      setfattr -n trusted.overlay.opaque -v y "$2/$i"
      setfattr -n user.long -v "$(printf %3000s | tr ' ' "$i")" "$2/$i"
    done
    setfattr -n user.longer -v "$(printf %20000s | tr ' ' l)" "$2/a"`;
  makeExt(folder, ["-t", "ext4", "-b", "4096", "-O", "ea_inode"], extra);
  await readImage(async (tree) => {
    const found = Object.fromEntries(
      Array.from((await tree.xattrs("a")) ?? [], ([key, value]) => [key, Buffer.from(value).toString()]),
    );
    assert.deepEqual(found, {
      "user.short": "value of a",
      "trusted.overlay.opaque": "y",
      "user.long": "a".repeat(3000),
      "user.longer": "l".repeat(20_000),
    });
    assert.equal((await tree.xattrs("b"))?.size, 3);
  });
});

test("a file system whose journal was not brought to its end says so", async (t) => {
  if (!canMount(t, "mke2fs")) return;
  makeExt(path.join(sample, "links"), ["-t", "ext4", "-b", "4096"]);
  await readImage(async (_tree, _format, { warning }) => assert.equal(warning, undefined));
  copyFileSync(`${image}.mounted`, image);
  await readImage(async (_tree, _format, { warning }) => assert.match(warning ?? "", /journal/));
});

test("an image of which the end is missing says how long it should be", async (t) => {
  if (!requireTool(t, "mke2fs")) return;
  rmSync(image, { force: true });
  writeFileSync(image, "");
  truncateSync(image, 8 << 20);
  execFileSync(findTool("mke2fs") ?? "", ["-q", "-t", "ext4", image], { stdio: "pipe" });
  const bytes = readFileSync(image).subarray(0, statSync(image).size - 5000);
  await assert.rejects(openImage(memorySource(bytes), {}), { kind: "corrupt", message: /should have \d+ bytes/ });
});
