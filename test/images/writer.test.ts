// Images that our writer made, held against unsquashfs, the kernel and our own reader: all see the tree as it was.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, type TestContext, test } from "node:test";
import type { BuildPlan } from "../../image/src/formats/writable-formats.ts";
import { readHostXattrs } from "../../image/src/node/host-xattrs.ts";
import { buildImageFile, hostFolder, openImageFile } from "../../image/src/node/index.ts";
import { compareTrees, type TreeDifference } from "../../image/src/tree/compare.ts";
import type { FileTree } from "../../image/src/tree/file-tree.ts";
import { campaign } from "../support/campaign.ts";
import { canMount } from "../support/private-mounts.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { copyMachineTree } from "./machine-tree.ts";
import { makeSampleTree, run } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-writer-"));
const sample = path.join(work, "sample");
const image = path.join(work, "built.raw");

before(() => {
  mkdirSync(sample);
  makeSampleTree(path.join(sample, "usr"));
});
after(() => rmSync(work, { recursive: true, force: true }));

const usualPlan: BuildPlan = {
  format: "squashfs",
  hierarchies: ["usr"],
  compression: "gzip",
  level: 6,
  blockSize: 131_072,
};

async function build(folder: string, output: string, plan: Partial<BuildPlan> = {}, threads = 2) {
  return await buildImageFile({
    folder,
    output,
    plan: { ...usualPlan, ...plan },
    mayRunPrograms: true,
    threads,
  });
}

/** Differences between a source and what came of it; owners become root, and the folder above the tree is not the tree's. */
async function differences(source: string, result: FileTree): Promise<TreeDifference[]> {
  const found = await compareTrees(await hostTree(source), result, { ignore: ["owner"] });
  return found.filter(({ path, change }) => !(path === "" && (change === "mtime" || change === "mode")));
}

async function hostTree(folder: string): Promise<FileTree> {
  const xattrs = await readHostXattrs(folder, ["usr"]);
  return hostFolder(folder, xattrs === undefined ? {} : { xattrs });
}

async function assertUnpacks(t: TestContext, source: string): Promise<void> {
  const unpacked = path.join(tempFolder(t), "unpacked");
  const log = run("sh", "-c", 'exec unsquashfs -no-progress -d "$1" "$2" 2>&1', "sh", unpacked, image);
  assert.doesNotMatch(log, /warn|error|fail|corrupt|ignor/i);
  assert.deepEqual(await differences(source, await hostTree(unpacked)), []);
}

async function assertMounts(t: TestContext, source: string): Promise<void> {
  const mountPoint = tempFolder(t);
  run("mount", "-o", "loop,ro", image, mountPoint);
  try {
    assert.deepEqual(await differences(source, await hostTree(mountPoint)), []);
  } finally {
    run("umount", mountPoint);
  }
}

async function assertReads(source: string): Promise<void> {
  const opened = await openImageFile(image);
  try {
    assert.deepEqual(await differences(source, opened.tree), []);
  } finally {
    await opened.close();
  }
}

const variants: Record<string, Partial<BuildPlan>> = {
  "gzip, 128 KiB blocks": {},
  "gzip 9, 4 KiB blocks": { level: 9, blockSize: 4096 },
  "gzip 1, 1 MiB blocks": { level: 1, blockSize: 1_048_576 },
  "zstd 15, 128 KiB blocks": { compression: "zstd", level: 15 },
  "zstd 3, 4 KiB blocks": { compression: "zstd", level: 3, blockSize: 4096 },
  "zstd 22, 1 MiB blocks": { compression: "zstd", level: 22, blockSize: 1_048_576 },
  "nothing compressed": { compression: "none" },
};

for (const [name, plan] of Object.entries(variants)) {
  test(`unsquashfs, the kernel and our reader see the tree that was built: ${name}`, async (t) => {
    if (!requireTool(t, "unsquashfs", "getfattr") || !canMount(t, "losetup")) return;
    await build(sample, image, plan);
    await assertReads(sample);
    await assertUnpacks(t, sample);
    await assertMounts(t, sample);
  });
}

for (const compression of ["gzip", "zstd"] as const) {
  test(`a copy of the machine's libraries survives: ${compression}`, async (t) => {
    if (!requireTool(t, "unsquashfs", "getfattr") || !canMount(t, "losetup")) return;
    const folder = tempFolder(t);
    copyMachineTree(folder, campaign(60_000_000, 300_000_000));
    const counts = await build(folder, image, { compression, level: 3 });
    assert.ok(counts.files > campaign(200, 1000), `only ${counts.files} files`);
    await assertReads(folder);
    await assertUnpacks(t, folder);
    await assertMounts(t, folder);
  });
}

test("extended attributes of programs are kept, the machine's labels are not", async (t) => {
  if (!requireTool(t, "setfattr", "getfattr", "setcap", "unsquashfs") || !canMount(t, "losetup")) return;
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "usr/bin"), { recursive: true });
  for (const name of ["ping", "arping", "plain", "odd name\n"]) writeFileSync(path.join(folder, "usr/bin", name), name);
  run("setcap", "cap_net_raw+ep", path.join(folder, "usr/bin/ping"));
  run("setcap", "cap_net_raw+ep", path.join(folder, "usr/bin/arping"));
  run("setfattr", "-n", "user.note", "-v", "0x00ff0a", path.join(folder, "usr/bin/odd name\n"));
  run("setfattr", "-n", "user.long", "-v", "x".repeat(2000), path.join(folder, "usr/bin"));
  run("setfattr", "-n", "trusted.overlay.opaque", "-v", "y", path.join(folder, "usr/bin"));
  const { xattrsKnown } = await build(folder, image);
  assert.equal(xattrsKnown, true);
  await assertReads(folder);
  await assertUnpacks(t, folder);
  await assertMounts(t, folder);
  const opened = await openImageFile(image);
  const attributes = await opened.tree.xattrs("usr/bin");
  await opened.close();
  assert.deepEqual([...(attributes?.keys() ?? [])], ["user.long"]);
});

/** Far more than one block of a folder's listing has, or one block of inodes. */
const crowdSize = campaign(10_000, 100_000);
const gibibytes = campaign(1, 5);

test(`a folder with ${crowdSize} entries, and a file of ${gibibytes} GiB that is mostly holes`, async (t) => {
  if (!requireTool(t, "unsquashfs") || !canMount(t, "losetup")) return;
  const folder = tempFolder(t);
  const crowd = path.join(folder, "usr/crowd");
  mkdirSync(crowd, { recursive: true });
  for (let i = 0; i < crowdSize; i++) writeFileSync(path.join(crowd, `entry-${i}`), i % 1000 === 0 ? `${i}` : "");
  writeFileSync(path.join(folder, "usr/huge"), "begin");
  truncateSync(path.join(folder, "usr/huge"), gibibytes * 2 ** 30);
  writeFileSync(path.join(folder, "usr/huge"), "end", { flag: "a" });
  const counts = await build(folder, image);
  assert.equal(counts.files, crowdSize + 1);
  assert.ok(counts.bytes < 5_000_000, `${counts.bytes} bytes`);

  const listed = run("unsquashfs", "-l", image).split("\n");
  assert.equal(listed.filter((line) => line.includes("/usr/crowd/entry-")).length, crowdSize);
  const mountPoint = tempFolder(t);
  run("mount", "-o", "loop,ro", image, mountPoint);
  try {
    const names = readdirSync(path.join(mountPoint, "usr/crowd"));
    assert.equal(names.length, crowdSize);
    assert.equal(readFileSync(path.join(mountPoint, "usr/crowd/entry-9000"), "utf8"), "9000");
    run(
      "sh",
      "-c",
      'test "$(tail -c 3 "$1")" = end && test "$(head -c 5 "$1")" = begin',
      "sh",
      path.join(mountPoint, "usr/huge"),
    );
  } finally {
    run("umount", mountPoint);
  }
});

test("the same tree gives the same bytes, whatever the number of threads and the order on the disk", async (t) => {
  const first = digest(await built(sample, { threads: 1 }));
  assert.equal(digest(await built(sample, { threads: 2 })), first);
  assert.equal(digest(await built(sample, { threads: 5 })), first);

  const folders = ["a", "b"].map((name) => path.join(tempFolder(t), name));
  const names = Array.from({ length: 300 }, (_, i) => `file-${i}`);
  for (const folder of folders) {
    mkdirSync(path.join(folder, "usr"), { recursive: true });
    for (const name of names) writeFileSync(path.join(folder, "usr", name), `content of ${name}`);
    names.reverse();
    symlinkSync("file-1", path.join(folder, "usr/link"));
    linkSync(path.join(folder, "usr/file-2"), path.join(folder, "usr/hard"));
  }
  const [a, b] = await Promise.all(folders.map((folder) => built(folder, { sourceDateEpoch: 1 })));
  assert.equal(digest(a), digest(b));

  async function built(folder: string, options: { threads?: number; sourceDateEpoch?: number }): Promise<Buffer> {
    const output = path.join(tempFolder(t), "out.raw");
    const { sourceDateEpoch } = options;
    await build(folder, output, sourceDateEpoch === undefined ? {} : { sourceDateEpoch }, options.threads);
    return readFileSync(output);
  }
});

function digest(bytes: Uint8Array | undefined): string {
  return createHash("sha256")
    .update(bytes ?? "")
    .digest("hex");
}

test("SOURCE_DATE_EPOCH is the image's time and the latest of a file; without it the newest file's time is", async () => {
  const [newest, epoch] = [4_000_000_000, 1_500_000_000]; // the sample has a file from after 2038
  await build(sample, image);
  assert.equal(await createdTime(), newest);
  await build(sample, image, { sourceDateEpoch: epoch });
  assert.equal(await createdTime(), epoch);
  const opened = await openImageFile(image);
  const times = await Promise.all(
    ["usr/usr/bin/tool", "usr/usr/empty-folder", "usr/links/dangling", ""].map(
      async (name) => (await opened.tree.stat(name)).mtime,
    ),
  );
  await opened.close();
  assert.deepEqual(times, [epoch, 0, 1_000_000_000, epoch]);
});

async function createdTime(): Promise<number> {
  const opened = await openImageFile(image);
  await opened.close();
  return opened.facts.created ?? Number.NaN;
}
