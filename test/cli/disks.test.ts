// Disks of sfdisk with file systems of the real tools, as files and as block devices, in `sysext` as a user runs it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { makeSquashfs, noise } from "../images/sample-tree.ts";
import { loopDevice } from "../support/loop-device.ts";
import { findTool, requireTool, tempFolder } from "../support/tools.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-cli-disks-"));
const at = (name: string) => path.join(work, name);
/** Two states of a tree: a program changes, a file comes. */
const treeOne = at("one/hello");
const treeTwo = at("two/hello");
const mebibyte = 1 << 20;
const types = {
  esp: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
  usr: "8484680c-9521-48c6-9c11-b0720656f69e",
  linux: "0fc63daf-8483-4772-8e79-3d69d8477de4",
} as const;

before(() => {
  ensureBundles();
  for (const tree of [treeOne, treeTwo]) {
    cpSync(path.join(projectFolder, "examples/hello/usr"), path.join(tree, "usr"), { recursive: true });
    mkdirSync(path.join(tree, "usr/share/hello"), { recursive: true });
    writeFileSync(path.join(tree, "usr/share/hello/noise"), noise(300_000, "disk"));
  }
  appendFileSync(path.join(treeTwo, "usr/bin/hello"), "# more\n");
  writeFileSync(path.join(treeTwo, "usr/share/hello/new"), "new");
});
after(() => rmSync(work, { recursive: true, force: true }));

/**
 * Makes the disk "NAME.raw" with a FAT, a squashfs of one tree and an ext4 of another; partitions 1 to 3. Gives its path, and
 * undefined when a tool is missing.
 */
function makeDisk(t: TestContext, name: string, squashfs: string, ext: string): string | undefined {
  if (!requireTool(t, "sfdisk", "mksquashfs", "mke2fs", "mkfs.vfat")) return undefined;
  const parts = ["fat", "squashfs", "ext4"].map((kind) => at(`${name}.${kind}`));
  const [fat = "", squashed = "", extended = ""] = parts;
  for (const [file, size] of [
    [fat, 2],
    [extended, 4],
  ] as const) {
    writeFileSync(file, "");
    truncateSync(file, size * mebibyte);
  }
  execFileSync(findTool("mkfs.vfat") ?? "", [fat], { stdio: "pipe" });
  makeSquashfs(squashfs, squashed, "-all-root");
  const options = ["-q", "-t", "ext4", "-O", "^has_journal", "-E", "root_owner=0:0", "-d", ext];
  execFileSync(findTool("mke2fs") ?? "", [...options, extended], { stdio: "pipe" });
  const disk = at(`${name}.raw`);
  writeFileSync(disk, "");
  truncateSync(disk, 16 * mebibyte);
  const script = [
    "label: gpt",
    `start=2048, size=4096, type=${types.esp}`,
    `start=8192, size=8192, type=${types.usr}`,
    `start=16384, size=8192, type=${types.linux}, name="data"`,
  ];
  execFileSync(findTool("sfdisk") ?? "", ["--quiet", "--no-reread", disk], { input: script.join("\n") });
  const bytes = readFileSync(disk);
  for (const [index, part] of parts.entries()) bytes.set(readFileSync(part), [1, 4, 8].map((n) => n * mebibyte)[index]);
  writeFileSync(disk, bytes);
  return disk;
}

const same = { status: 0, stdout: "", stderr: "no differences\n" };

test("diff --partition compares one partition of two disks", async (t) => {
  const one = makeDisk(t, "one", treeOne, treeOne);
  const two = makeDisk(t, "two", treeOne, treeTwo);
  if (one === undefined || two === undefined) return;
  assert.deepEqual(await runCli(["diff", one, two, "--partition", "1"]), same);
  assert.deepEqual(await runCli(["diff", one, two, "--partition", "2"]), same);
  assert.deepEqual(await runCli(["diff", one, two, "--partition", "3"]), {
    status: 1,
    stdout: "~ usr/bin/hello  content, +7 bytes\n+ usr/share/hello/new  +3 bytes\n",
    stderr: "1 added, 1 changed; +10 bytes\n",
  });
  const back = await runCli(["diff", two, one, "--partition", "3"]);
  assert.equal(back.stdout, "~ usr/bin/hello  content, -7 bytes\n- usr/share/hello/new  -3 bytes\n");
  const { status, stdout, stderr } = await runCli(["diff", one, two, "--partition", "4"]);
  assert.deepEqual([status, stdout], [2, ""]);
  assert.equal(stderr, `sysext: ${one}: it has no partition 4; its partitions are 1, 2, 3\n`);
});

test("diff --partition compares a partition with a source tree", async (t) => {
  const disk = makeDisk(t, "source", treeOne, treeTwo);
  if (disk === undefined) return;
  // What a build would store of the tree is its usr, so the file beside it does not count.
  writeFileSync(path.join(treeOne, "notes.txt"), "not in the image");
  t.after(() => rmSync(path.join(treeOne, "notes.txt")));
  assert.deepEqual(await runCli(["diff", disk, treeOne, "--partition", "2"]), same);
  assert.deepEqual(await runCli(["diff", treeOne, disk, "--partition", "2"]), same);
  const { status, stdout } = await runCli(["diff", disk, treeTwo, "--partition", "2"]);
  assert.equal(status, 1);
  assert.equal(stdout, "~ usr/bin/hello  content, +7 bytes\n+ usr/share/hello/new  +3 bytes\n");
  const data = await runCli(["diff", disk, treeTwo, "--partition", "3", "--ignore", "owner"]);
  assert.equal(data.stdout, "- lost+found/\n");
});

test("a block device is read like a file: info, ls, cat, diff and extract", async (t) => {
  const disk = makeDisk(t, "device", treeOne, treeTwo);
  const device = disk === undefined ? undefined : loopDevice(t, disk);
  if (disk === undefined || device === undefined) return;
  const info = await runCli(["info", device]);
  assert.equal(info.status, 0, info.stderr);
  const listed = ({ stdout }: { stdout: string }) => stdout.match(/^ {2}\d: .*$/gm) ?? [];
  assert.equal(listed(info).length, 3, info.stdout);
  assert.deepEqual(listed(info), listed(await runCli(["info", disk])));
  const list = await runCli(["ls", "--recursive", device, "--partition", "3"]);
  assert.deepEqual([list.status, list.stderr], [0, ""]);
  assert.ok(list.stdout.includes("usr/share/hello/new"), list.stdout);
  assert.deepEqual(await runCli(["cat", device, "usr/share/hello/new", "--partition", "3"]), {
    status: 0,
    stdout: "new",
    stderr: "",
  });
  assert.deepEqual(await runCli(["diff", device, disk]), same);
  const folder = path.join(tempFolder(t), "out");
  const extracted = await runCli(["extract", device, "--partition", "2", "--output", folder]);
  assert.deepEqual([extracted.status, extracted.stderr], [0, ""]);
  for (const file of ["usr/bin/hello", "usr/share/hello/noise"]) {
    assert.deepEqual(readFileSync(path.join(folder, file)), readFileSync(path.join(treeOne, file)));
  }
});
