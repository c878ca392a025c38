// File systems of mkfs.vfat that mtools has filled, read by our reader: everything is as it was in the folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type FileTree, type ImageFacts, memorySource, openImage, walkTree } from "../../image/src/index.ts";
import { hostFolder, openImageFile } from "../../image/src/node/index.ts";
import { compareTrees } from "../../image/src/tree/compare.ts";
import { findTool, requireTool } from "../support/tools.ts";
import { noise, prose } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-fat-"));
const sample = path.join(work, "sample");
const image = path.join(work, "image.raw");

after(() => rmSync(work, { recursive: true, force: true }));

const names = [
  "UPPER1.TXT",
  "lower2.txt",
  "Mixed.Txt",
  "lower3.TXT",
  "UPPER4.txt",
  "no-extension",
  "two.dots.in-it",
  "with some blanks",
  "ä ö ü ß",
  "日本語のとても長い名前のファイル",
  "two halves",
  "exactly-13-ch",
  "exactly-26-characters-long",
  "n".repeat(255),
  "å first byte",
];

/** All that FAT can hold; times are even numbers of seconds. */
function makeSample(): void {
  const at = (...parts: string[]) => path.join(sample, ...parts);
  mkdirSync(at("EFI/BOOT"), { recursive: true });
  mkdirSync(at("empty-folder"));
  writeFileSync(at("empty"), "");
  for (const size of [1, 511, 512, 513, 4096, 65_537, 700_001])
    writeFileSync(at("EFI/BOOT", `${size}.EFI`), noise(size, `${size}`));
  mkdirSync(at("names"));
  for (const name of names) writeFileSync(at("names", name), name);
  mkdirSync(at("many"));
  for (let i = 0; i < 600; i++) writeFileSync(at("many", `file-${i}-with-a-rather-long-name`), `${i}`);
  mkdirSync(at("deep", ...Array.from({ length: 20 }, (_, i) => `level-${i}`)), { recursive: true });
  for (const [i, year] of [1980, 1999, 2024, 2107].entries()) {
    writeFileSync(at(`year-${year}`), "");
    const time = Date.UTC(year, i * 3 + 1, 28, 23, 59, 58) / 1000;
    utimesSync(at(`year-${year}`), time, time);
  }
  for (const entry of readdirSync(sample, { recursive: true, encoding: "utf8" })) {
    if (!entry.startsWith("year-")) utimesSync(at(entry), 1_700_000_000, 1_700_000_000);
  }
}

before(makeSample);

const environment = { ...process.env, TZ: "UTC", LC_ALL: "C.UTF-8", MTOOLS_SKIP_CHECK: "1" };

function mtools(program: string, ...args: string[]): void {
  execFileSync(program, ["-i", image, ...args], { stdio: "pipe", env: environment });
}

function makeFat(megabytes: number, ...options: string[]): void {
  rmSync(image, { force: true });
  writeFileSync(image, "");
  truncateSync(image, megabytes * 2 ** 20);
  execFileSync(findTool("mkfs.vfat") ?? "", [...options, image], { stdio: "pipe", env: environment });
}

function fill(folder: string): void {
  const entries = readdirSync(folder).map((name) => path.join(folder, name));
  mtools("mcopy", "-s", "-m", "-Q", ...entries, "::/");
}

async function readImage<Result>(
  use: (tree: FileTree, facts: ImageFacts, format: string) => Promise<Result>,
): Promise<Result> {
  const opened = await openImageFile(image);
  try {
    return await use(opened.tree, opened.facts, opened.format);
  } finally {
    await opened.close();
  }
}

const variants: readonly [name: string, variant: string, megabytes: number, options: readonly string[]][] = [
  ["FAT12", "FAT12", 8, ["-F", "12", "-s", "8", "-r", "512"]],
  ["FAT12 of the smallest clusters", "FAT12", 2, ["-F", "12", "-s", "1", "-r", "512"]],
  ["FAT16", "FAT16", 32, ["-F", "16"]],
  ["FAT16 with one table and larger sectors", "FAT16", 64, ["-F", "16", "-f", "1", "-S", "4096", "-s", "1"]],
  ["FAT32", "FAT32", 64, ["-F", "32"]],
  ["FAT32 with sectors of 2048 bytes", "FAT32", 200, ["-F", "32", "-S", "2048", "-s", "1"]],
  [
    "FAT32 with sectors of 4096 bytes and a large reserve",
    "FAT32",
    300,
    ["-F", "32", "-S", "4096", "-s", "1", "-R", "100"],
  ],
];

for (const [name, variant, megabytes, options] of variants) {
  test(`a file system equals the folder: ${name}`, async (t) => {
    if (!requireTool(t, "mkfs.vfat", "mcopy")) return;
    makeFat(megabytes, "-n", "MY LABEL", ...options);
    fill(sample);
    await readImage(async (tree, facts, format) => {
      assert.equal(format, "fat");
      assert.deepEqual([facts.variant, facts.label, facts.warning], [variant, "MY LABEL", undefined]);
      // Modes and owners are not written down, and mtools gives folders the time of the copy.
      const differences = await compareTrees(hostFolder(sample), tree, { ignore: ["mode", "owner"] });
      assert.deepEqual(await withoutFolderTimes(tree, differences), []);
      for await (const { path: file } of walkTree(tree, "")) {
        const { mode, uid, gid } = await tree.stat(file);
        assert.deepEqual([mode, uid, gid], [0o755, 0, 0]);
      }
    });
  });
}

test("FAT32 is told by its tables, also where it has as few clusters as FAT16", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy")) return;
  makeFat(64, "-F", "32", "-s", "1");
  fill(path.join(sample, "EFI"));
  // mtools does not fill one that was made so; what it wrote lies in front of all that is cut off here.
  const bytes = readFileSync(image).subarray(0, 20 << 20);
  bytes.writeUInt32LE(bytes.length / 512, 32);
  const { tree, facts } = await openImage(memorySource(bytes), {});
  assert.equal(facts.variant, "FAT32");
  const differences = await compareTrees(hostFolder(path.join(sample, "EFI")), tree, { ignore: ["mode", "owner"] });
  assert.deepEqual(await withoutFolderTimes(tree, differences), []);
});

test("pairs of surrogates are one character, and half of one stands for what cannot be read", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy")) return;
  makeFat(1);
  fill(path.join(sample, "names"));
  const replaced = async (units: readonly number[]) => {
    const bytes = readFileSync(image);
    const at = bytes.indexOf(Buffer.from("two h", "utf16le"));
    for (const [i, unit] of units.entries()) bytes.writeUInt16LE(unit, at + 2 * i);
    const { tree } = await openImage(memorySource(bytes), {});
    return (await tree.list("")).map(({ name }) => name).find((name) => name.endsWith(" halves"));
  };
  assert.equal(await replaced([0x78, 0xd83d, 0xde00]), "x\u{1f600} halves");
  assert.equal(await replaced([0x78, 0x78, 0xd83d]), "xx\ufffd halves");
  assert.equal(await replaced([0xde00, 0xd83d, 0x78]), "\ufffd\ufffdx halves");
});

test("short names: the code page, and lower case by its flags", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy")) return;
  const shown = async (change: (entry: Buffer) => void) => {
    makeFat(1, "-F", "12");
    const file = path.join(work, "SHORT.TXT");
    writeFileSync(file, "short");
    mtools("mcopy", "-Q", file, "::/");
    const bytes = readFileSync(image);
    const at = bytes.indexOf("SHORT   TXT");
    change(bytes.subarray(at, at + 32));
    return (await (await openImage(memorySource(bytes), {})).tree.list("")).map(({ name }) => name);
  };
  assert.deepEqual(await shown(() => undefined), ["SHORT.TXT"]);
  assert.deepEqual(await shown((entry) => entry.writeUInt8(0x08, 12)), ["short.TXT"]);
  assert.deepEqual(await shown((entry) => entry.writeUInt8(0x18, 12)), ["short.txt"]);
  assert.deepEqual(await shown((entry) => entry.write("\x8eRGER   ", "latin1")), ["ÄRGER.TXT"]);
  assert.deepEqual(await shown((entry) => entry.write("\x05ETA    ", "latin1")), ["σETA.TXT"]);
  assert.deepEqual(await shown((entry) => entry.write("NONE       ", "latin1")), ["NONE"]);
  assert.deepEqual(await shown((entry) => entry.writeUInt8(0xe5, 0)), []);
  await assert.rejects(
    shown((entry) => entry.write("A/B", "latin1")),
    { kind: "corrupt" },
  );
});

async function withoutFolderTimes(tree: FileTree, differences: readonly { path: string; change: string }[]) {
  const left = [];
  for (const difference of differences) {
    const isFolder = difference.change === "mtime" && (await tree.stat(difference.path)).type === "directory";
    if (!isFolder) left.push(difference);
  }
  return left;
}

test("files in many pieces are read as they are, and take the clusters that they are in", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy", "mdel")) return;
  for (const options of [
    ["-F", "12", "-s", "1"],
    ["-F", "16", "-s", "1"],
    ["-F", "32", "-s", "1"],
  ]) {
    makeFat(options[1] === "12" ? 1 : options[1] === "16" ? 8 : 40, ...options);
    const folder = path.join(work, "pieces");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (let i = 0; i < 100; i++) writeFileSync(path.join(folder, `${i}`), prose(600, `${i}`));
    fill(folder);
    const freed = Array.from({ length: 50 }, (_, i) => `${i * 2}`);
    mtools("mdel", ...freed.map((name) => `::/${name}`));
    for (const name of freed) rmSync(path.join(folder, name));
    // What fills a small file system goes into the holes as well.
    const large = noise(options[1] === "12" ? 300_000 : 2_000_000, "large");
    writeFileSync(path.join(work, "large"), large);
    mtools("mcopy", "-Q", path.join(work, "large"), "::/large");
    await readImage(async (tree) => {
      assert.deepEqual(Buffer.from(await tree.read("large", 0, large.length)), large);
      assert.deepEqual(Buffer.from(await tree.read("large", 123_456, 1000)), large.subarray(123_456, 124_456));
      assert.equal((await tree.read("large", large.length - 10, 1000)).length, 10);
      assert.equal((await tree.read("large", large.length + 10, 1000)).length, 0);
      assert.equal(await tree.storedSize?.("large"), Math.ceil(large.length / 512) * 512);
      for (let i = 1; i < 100; i += 2)
        assert.deepEqual(Buffer.from(await tree.read(`${i}`, 0, 1000)), prose(600, `${i}`));
    });
  }
});

test("attributes: a file that is read-only is so, hidden ones are shown", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy", "mattrib")) return;
  makeFat(8);
  fill(sample);
  mtools("mattrib", "+r", "+h", "+s", "::/year-1999");
  await readImage(async (tree, { label }) => {
    assert.equal((await tree.stat("year-1999")).mode, 0o555);
    assert.equal(label, undefined);
  });
});

/** A small file system whose bytes a test may change: the file A has three clusters, the file B one, the folder D one. */
function small(): Buffer {
  makeFat(1, "-F", "12", "-s", "1", "-f", "1", "-r", "16");
  const folder = path.join(work, "small");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "D"), { recursive: true });
  writeFileSync(path.join(folder, "A"), prose(1500, "a"));
  writeFileSync(path.join(folder, "B"), prose(100, "b"));
  writeFileSync(path.join(folder, "D/C"), "c");
  for (const name of ["A", "B", "D"]) mtools("mcopy", "-s", "-Q", path.join(folder, name), "::/");
  return readFileSync(image);
}

/** Sets an entry of the only table, which begins at the second sector. */
function link(bytes: Buffer, cluster: number, next: number): void {
  const at = 512 + cluster + (cluster >> 1);
  const old = bytes.readUInt16LE(at);
  bytes.writeUInt16LE(cluster % 2 === 1 ? (old & 0x000f) | (next << 4) : (old & 0xf000) | next, at);
}

test("chains that lead round, into each other, nowhere, or end too early are damage", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy")) return;
  const whole = small();
  const readAll = async (bytes: Buffer) => {
    const { tree } = await openImage(memorySource(bytes), {});
    for await (const { path: file, type } of walkTree(tree, "")) if (type === "file") await tree.read(file, 0, 2000);
  };
  await readAll(whole);
  for (const [cluster, next, message] of [
    [3, 2, /cluster 2 is used twice/],
    [2, 2, /cluster 2 is used twice/],
    [3, 5, /cluster 5 is used twice/],
    [3, 0, /leads to 0, and they are numbered from 2/],
    [3, 1, /leads to 1,/],
    [3, 0xff0, /leads to 4080,/],
    [3, 0xff7, /leads to 4087,/],
    [3, 0xfff, /fewer clusters than its size needs/],
  ] as const) {
    const bytes = Buffer.from(whole);
    link(bytes, cluster, next);
    await assert.rejects(readAll(bytes), { kind: "corrupt", message }, `${cluster} to ${next}`);
  }
  const root = whole.indexOf("A          ");
  const folder = Buffer.from(whole);
  folder[folder.indexOf("D          ", root, "latin1") + 26] = 2;
  await assert.rejects(readAll(folder), { kind: "corrupt" });
});

test("an EFI partition opens beside the others, also of a disk that came compressed", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy", "sfdisk")) return;
  makeFat(4);
  fill(path.join(sample, "EFI"));
  const partition = readFileSync(image);
  const disk = path.join(work, "disk.raw");
  writeFileSync(disk, "");
  truncateSync(disk, 8 << 20);
  const table = "label: gpt\nstart=2048, size=8192, type=U\n";
  execFileSync(findTool("sfdisk") ?? "", ["--quiet", "--no-reread", disk], { input: table });
  const bytes = readFileSync(disk);
  bytes.set(partition, 2048 * 512);
  writeFileSync(disk, bytes);
  writeFileSync(`${disk}.gz`, gzipSync(bytes));
  const unpack = { cacheFolder: path.join(work, "cache") };
  for (const file of [disk, `${disk}.gz`]) {
    const whole = await openImageFile(file, { unpack });
    assert.equal(whole.format, "disk");
    const [esp] = whole.disk?.partitions ?? [];
    assert.equal(esp?.role, "esp");
    assert.deepEqual(esp && (await whole.disk?.content(esp)), { kind: "fat", name: "a FAT file system" });
    await whole.close();
    const opened = await openImageFile(file, { partition: 1, unpack });
    assert.equal(opened.format, "fat");
    const differences = await compareTrees(hostFolder(path.join(sample, "EFI")), opened.tree, {
      ignore: ["mode", "owner"],
    });
    assert.deepEqual(await withoutFolderTimes(opened.tree, differences), []);
    await opened.close();
  }
});

test("what was not unmounted says so, and what was cut says how long it should be", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy")) return;
  const bytes = small();
  const dirty = Buffer.from(bytes);
  dirty[37] = 1;
  assert.match((await openImage(memorySource(dirty), {})).facts.warning ?? "", /not unmounted/);
  await assert.rejects(openImage(memorySource(bytes.subarray(0, 600_000)), {}), {
    kind: "corrupt",
    message: /should have 1048576 bytes and ends after 600000/,
  });
});
