// Disk images of systemd-repart and sfdisk: their partitions are found, and the extension in them reads as its folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { PartitionTable } from "../../image/src/index.ts";
import { hostFolder, openImageFile } from "../../image/src/node/index.ts";
import { compareTrees } from "../../image/src/tree/compare.ts";
import type { FileTree } from "../../image/src/tree/file-tree.ts";
import { findTool, requireRoot, requireTool } from "../support/tools.ts";
import { makeSampleTree, makeSquashfs } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-disks-"));
const root = path.join(work, "root");
const fileSystem = path.join(work, "usr.squashfs");
const image = path.join(work, "disk.raw");

before((): void => {
  mkdirSync(path.join(root, "usr"), { recursive: true });
  makeSampleTree(path.join(root, "usr"));
});
after(() => rmSync(work, { recursive: true, force: true }));

async function readDisk<Result>(
  use: (tree: FileTree, disk: PartitionTable | undefined) => Promise<Result>,
): Promise<Result> {
  const opened = await openImageFile(image);
  try {
    return await use(opened.tree, opened.disk);
  } finally {
    await opened.close();
  }
}

/** Runs `sfdisk` on a new image of `size` bytes; an array of lines of its script. */
function partition(size: number, ...script: readonly string[]): void {
  rmSync(image, { force: true });
  writeFileSync(image, "");
  truncateSync(image, size);
  execFileSync(findTool("sfdisk") ?? "", ["--quiet", "--no-reread", image], { input: script.join("\n") });
}

/** Puts a file at a place in the image. */
function place(file: string, offset: number): void {
  const handle = openSync(image, "r+");
  writeSync(handle, readFileSync(file), 0, undefined, offset);
  closeSync(handle);
}

for (const verity of ["off", "hash"]) {
  test(`an image of systemd-repart has the partitions that sfdisk lists, and the files of its folder: verity ${verity}`, async (t) => {
    if (!requireTool(t, "systemd-repart", "sfdisk", "mksquashfs") || !requireRoot(t)) return;
    const definitions = path.join(work, `definitions-${verity}`);
    mkdirSync(definitions);
    const common = "Format=squashfs\nCopyFiles=/usr\nSizeMinBytes=64M\nSizeMaxBytes=64M\n";
    const data = verity === "off" ? "" : "Verity=data\nVerityMatchKey=usr\n";
    writeFileSync(
      path.join(definitions, "10-root.conf"),
      `[Partition]\nType=root-x86-64\nLabel=demo\n${common}${data}`,
    );
    if (verity !== "off") {
      const hash = "Verity=hash\nVerityMatchKey=usr\nSizeMinBytes=8M\nSizeMaxBytes=8M\n";
      writeFileSync(path.join(definitions, "20-hash.conf"), `[Partition]\nType=root-x86-64-verity\n${hash}`);
    }
    rmSync(image, { force: true });
    const options = ["--empty=create", "--size=auto", "--dry-run=no", "--no-pager", "--json=off"];
    execFileSync("systemd-repart", [...options, `--definitions=${definitions}`, `--root=${root}`, image], {
      stdio: "pipe",
    });
    const { partitiontable: listed } = JSON.parse(
      execFileSync(findTool("sfdisk") ?? "", ["--json", image], { encoding: "utf8" }),
    );
    await readDisk(async (tree, disk) => {
      assert.equal(disk?.guid, listed.id.toLowerCase());
      assert.deepEqual(
        disk?.partitions.map(({ type, uuid, label, start, size }) => ({
          type,
          uuid,
          name: label,
          start: start / 512,
          size: size / 512,
        })),
        listed.partitions.map(({ type, uuid, name, start, size }: Record<string, string | number>) => ({
          type: String(type).toLowerCase(),
          uuid: String(uuid).toLowerCase(),
          name,
          start,
          size,
        })),
      );
      assert.deepEqual(
        disk?.partitions.map(({ role, architecture }) => [role, architecture]),
        [["root", "x86-64"], ...(verity === "off" ? [] : [["root-verity", "x86-64"]])],
      );
      assert.deepEqual(await compareTrees(hostFolder(path.join(root, "usr/sizes")), subTree(tree, "usr/sizes")), []);
      assert.deepEqual(await compareTrees(hostFolder(path.join(root, "usr/links")), subTree(tree, "usr/links")), []);
    });
  });
}

/** The tree below a folder of another one. */
function subTree(tree: FileTree, folder: string): FileTree {
  const at = (inside: string) => (inside === "" ? folder : `${folder}/${inside}`);
  return {
    list: (inside, signal) => tree.list(at(inside), signal),
    stat: (inside, signal) => tree.stat(at(inside), signal),
    read: (inside, offset, length, signal) => tree.read(at(inside), offset, length, signal),
    readLink: (inside, signal) => tree.readLink(at(inside), signal),
    xattrs: (inside, signal) => tree.xattrs(at(inside), signal),
  };
}

const usrType = "8484680c-9521-48c6-9c11-b0720656f69e";

test("a usr partition is read as the folder usr, also from the backup of a table whose beginning is broken", async (t) => {
  if (!requireTool(t, "sfdisk", "mksquashfs")) return;
  makeSquashfs(path.join(root, "usr"), fileSystem);
  const sectors = Math.ceil(statSync(fileSystem).size / 512);
  partition((sectors + 4096) * 512, "label: gpt", `start=2048, size=${sectors}, type=${usrType}, name="a usr"`);
  place(fileSystem, 2048 * 512);
  const check = async (copy: "first" | "backup") =>
    await readDisk(async (tree, disk) => {
      assert.equal(disk?.copy, copy);
      assert.deepEqual(
        disk?.partitions.map(({ number, label }) => [number, label]),
        [[1, "a usr"]],
      );
      assert.deepEqual(await tree.list(""), [{ name: "usr", type: "directory" }]);
      assert.deepEqual(await compareTrees(hostFolder(path.join(root, "usr/links")), subTree(tree, "usr/links")), []);
    });
  await check("first");
  const broken = path.join(work, "zero");
  writeFileSync(broken, Buffer.alloc(40, 0xff));
  place(broken, 512 + 24);
  await check("backup");
});

test("partitions of an MBR, those of the chain among them", async (t) => {
  if (!requireTool(t, "sfdisk", "mksquashfs")) return;
  makeSquashfs(path.join(root, "usr/links"), fileSystem);
  partition(
    64 << 20,
    "label: dos",
    "size=8MiB, type=ef",
    "size=16MiB, type=5",
    "size=4MiB, type=82",
    "size=4MiB, type=83",
  );
  const { partitiontable } = JSON.parse(
    execFileSync(findTool("sfdisk") ?? "", ["--json", image], { encoding: "utf8" }),
  );
  const linux = partitiontable.partitions.find(({ type }: { type: string }) => type === "83");
  place(fileSystem, linux.start * 512);
  await readDisk(async (tree, disk) => {
    assert.equal(disk?.kind, "mbr");
    assert.deepEqual(
      disk?.partitions.map(({ number, role, start, size }) => [number, role, start / 512, size / 512]),
      partitiontable.partitions
        .filter(({ type }: { type: string }) => type !== "5")
        .map(({ node, type, start, size }: { node: string; type: string; start: number; size: number }) => [
          Number(/\d+$/.exec(node)?.[0]),
          { ef: "esp", "82": "swap", "83": "linux-generic" }[type],
          start,
          size,
        ]),
    );
    assert.deepEqual(await compareTrees(hostFolder(path.join(root, "usr/links")), tree), []);
  });
});

test("what is no extension's disk says why", async (t) => {
  if (!requireTool(t, "sfdisk")) return;
  const esp = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
  partition(8 << 20, "label: gpt", `start=2048, type=${esp}`);
  await hasNoFiles(/none of its partitions holds an extension/);
  partition(8 << 20, "label: gpt", `start=2048, type=${usrType}`);
  await hasNoFiles(/partition 1 of it \(usr\) has only zeros/);
  const whole = path.join(work, "whole.raw");
  copyFileSync(image, whole);
  truncateSync(image, 2048 * 512 + 100);
  const cut = await openImageFile(image);
  assert.match(cut.facts.warning ?? "", /it ends after 1048676 bytes, but partition 1 of it \(usr\) ends at byte/);
  await cut.close();
  await assert.rejects(openImageFile(image, { partition: 1 }), { kind: "corrupt" });
});

/** The disk opens for its partitions, and says why it has no tree. */
async function hasNoFiles(why: RegExp): Promise<void> {
  const disk = await openImageFile(image);
  try {
    assert.equal(disk.format, "disk");
    assert.match(disk.facts.warning ?? "", why);
    assert.deepEqual(await disk.tree.list(""), []);
    await assert.rejects(openImageFile(image, { partition: 1 }), { kind: "unsupported", message: /partition 1 of it/ });
    await assert.rejects(openImageFile(image, { partition: 7 }), {
      message: "it has no partition 7; its partitions are 1",
    });
  } finally {
    await disk.close();
  }
}
