// File systems of mkfs.btrfs, read by our reader: everything is as it was in the folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { hostFolder, openImageFile } from "../../image/src/node/index.ts";
import { compareTrees } from "../../image/src/tree/compare.ts";
import type { FileTree } from "../../image/src/tree/file-tree.ts";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { findTool, requireTool } from "../support/tools.ts";
import { makeSampleTree, prose } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-btrfs-"));
const sample = path.join(work, "sample");
const image = path.join(work, "image.raw");

before(() => makeSampleTree(sample));
after(() => rmSync(work, { recursive: true, force: true }));

/** Makes a file system and runs a script in it: `$2` is where it is mounted, `$3` the sample. */
function makeBtrfs(mountOptions: string, script: string, ...options: readonly string[]): void {
  rmSync(image, { force: true });
  writeFileSync(image, "");
  truncateSync(image, 200 << 20);
  execFileSync(findTool("mkfs.btrfs") ?? "", ["--quiet", ...options, image], { stdio: "pipe" });
  const mount = path.join(work, "mount");
  mkdirSync(mount, { recursive: true });
  const whole = `mount -o "loop,$4" "$1" "$2"; ${script}; umount "$2"`;
  const { status, output } = withPrivateMounts(whole, image, mount, sample, mountOptions);
  assert.equal(status, 0, output);
}

async function readImage<Result>(use: (tree: FileTree) => Promise<Result>): Promise<Result> {
  const opened = await openImageFile(image);
  try {
    return await use(opened.tree);
  } finally {
    await opened.close();
  }
}

test("what mkfs.btrfs itself fills, data and metadata mixed", async (t) => {
  if (!requireTool(t, "mkfs.btrfs")) return;
  rmSync(image, { force: true });
  const folder = path.join(sample, "sizes");
  const options = ["--quiet", "--mixed", "--metadata", "single", "--data", "single", "--shrink", "--rootdir", folder];
  execFileSync(findTool("mkfs.btrfs") ?? "", [...options, image], { stdio: "pipe" });
  await readImage(async (tree) => {
    const differences = await compareTrees(hostFolder(folder), tree);
    assert.deepEqual(
      differences.filter(({ path: at }) => at !== ""),
      [],
    );
  });
});

test("a subvolume is a folder where it lies, and the default one is the root", async (t) => {
  if (!canMount(t, "mkfs.btrfs", "btrfs")) return;
  const script = `
    btrfs -q subvolume create "$2/inner" || btrfs subvolume create "$2/inner"
    echo deep > "$2/inner/deep"
    btrfs subvolume create "$2/other" >/dev/null
    echo main > "$2/other/main"
    btrfs subvolume create "$2/other/nested" >/dev/null
    echo far > "$2/other/nested/far"`;
  makeBtrfs("compress=no", script);
  await readImage(async (tree) => {
    assert.deepEqual(
      (await tree.list("")).map(({ name, type }) => [name, type]),
      [
        ["inner", "directory"],
        ["other", "directory"],
      ],
    );
    assert.equal(Buffer.from(await tree.read("inner/deep", 0, 100)).toString(), "deep\n");
    assert.equal(Buffer.from(await tree.read("other/nested/far", 0, 100)).toString(), "far\n");
  });
  makeBtrfs("compress=no", `${script}; btrfs subvolume set-default "$2/other"`);
  await readImage(async (tree) => {
    assert.deepEqual(
      (await tree.list("")).map(({ name }) => name),
      ["main", "nested"],
    );
  });
});

test("room that was only set aside reads as zeros, and what was written into it as it is", async (t) => {
  if (!canMount(t, "mkfs.btrfs")) return;
  const content = prose(300_000, "set aside");
  writeFileSync(path.join(sample, "content"), content);
  makeBtrfs(
    "compress=no",
    'fallocate -l 1000000 "$2/file"; dd if="$3/content" of="$2/file" bs=4096 seek=16 conv=notrunc status=none',
  );
  rmSync(path.join(sample, "content"));
  const expected = Buffer.alloc(1_000_000);
  content.copy(expected, 65_536);
  await readImage(async (tree) => assert.deepEqual(Buffer.from(await tree.read("file", 0, 2_000_000)), expected));
});
