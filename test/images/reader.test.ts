// Images that mksquashfs made, read by our reader: everything in them is as it was in the folder.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { hostFolder, openImageFile } from "../../image/src/node/index.ts";
import { compareTrees } from "../../image/src/tree/compare.ts";
import type { FileTree } from "../../image/src/tree/file-tree.ts";
import { walkTree } from "../../image/src/tree/walk.ts";
import { campaign } from "../support/campaign.ts";
import { requireTool } from "../support/tools.ts";
import { largeImageEntries, makeLargeImage, openAndList } from "./large-image.ts";
import { makeSampleTree, makeSquashfs, prose, run } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-reader-"));
const sample = path.join(work, "sample");

before(() => makeSampleTree(sample));
after(() => rmSync(work, { recursive: true, force: true }));

async function readImage<Result>(image: string, use: (tree: FileTree) => Promise<Result>): Promise<Result> {
  const opened = await openImageFile(image);
  try {
    return await use(opened.tree);
  } finally {
    await opened.close();
  }
}

test("an image of lzma, which no kernel mounts, equals the folder", async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const image = path.join(work, "lzma.raw");
  makeSquashfs(sample, image, "-comp", "lzma");
  assert.deepEqual(await readImage(image, (tree) => compareTrees(hostFolder(sample), tree)), []);
});

test("modes, owners, sizes and targets are those that unsquashfs lists", async (t) => {
  if (!requireTool(t, "mksquashfs", "unsquashfs")) return;
  const image = path.join(work, "listed.raw");
  makeSquashfs(sample, image, "-force-uid", "123456", "-force-gid", "7");
  // mode owner size date time path
  const expected = run("unsquashfs", "-lln", "-d", "", image)
    .split(/\n(?=[-dlcbps][-rwxsStT]{9} )/)
    .filter((line) => !line.startsWith("d"))
    .map((line) => line.replace(/\n$/, "").replace(/^(\S+) +(\S+) +(\d+) \S+ \S+ \//, "$1 $2 $3 "));
  const actual = await readImage(image, async (tree) => {
    const lines: string[] = [];
    for await (const { path, type } of walkTree(tree, "")) {
      if (type === "directory") continue;
      const { mode, uid, gid, size } = await tree.stat(path);
      const target = type === "symlink" ? ` -> ${await tree.readLink(path)}` : "";
      lines.push(`${modeText(type, mode)} ${uid}/${gid} ${size} ${latin1(path)}${target}`);
    }
    return lines;
  });
  assert.deepEqual(actual.sort(), expected.sort());
});

function modeText(type: string, mode: number): string {
  const bits = [..."rwxrwxrwx"].map((letter, i) => ((mode >> (8 - i)) & 1 ? letter : "-"));
  if (mode & 0o4000) bits[2] = bits[2] === "x" ? "s" : "S";
  return (type === "symlink" ? "l" : "-") + bits.join("");
}

/** A name as unsquashfs's output shows when it is read as bytes. */
function latin1(name: string): string {
  const bytes = Array.from(name).flatMap((character) =>
    /[\udc80-\udcff]/.test(character) ? [character.charCodeAt(0) - 0xdc00] : [...Buffer.from(character)],
  );
  return Buffer.from(bytes).toString("latin1");
}

test("devices, fifos and sockets have their numbers and modes", async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const folder = path.join(work, "devices");
  mkdirSync(folder);
  const image = path.join(work, "devices.raw");
  makeSquashfs(
    folder,
    image,
    ...["null c 666 0 5 1 3", "disk b 660 0 6 259 70000", "pipe i 600 1 2 f", "door i 755 3 4 s"].flatMap((node) => [
      "-p",
      node,
    ]),
  );
  await readImage(image, async (tree) => {
    assert.deepEqual(await tree.list(""), [
      { name: "disk", type: "block" },
      { name: "door", type: "socket" },
      { name: "null", type: "char" },
      { name: "pipe", type: "fifo" },
    ]);
    const device = await tree.stat("null");
    assert.deepEqual([device.mode, device.uid, device.gid, device.rdev], [0o666, 0, 5, 0x103]);
    assert.equal((await tree.stat("disk")).rdev, 0x1111_0370); // 70000 is 0x11170
    assert.deepEqual([(await tree.stat("pipe")).mode, (await tree.stat("door")).uid], [0o600, 3]);
  });
});

test("extended attributes come with their values, inline and shared", async (t) => {
  if (!requireTool(t, "mksquashfs", "setfattr")) return;
  const folder = path.join(work, "attributes");
  mkdirSync(folder);
  const shared = "v".repeat(2000);
  for (const name of ["a", "b", "c"]) {
    writeFileSync(path.join(folder, name), name);
    run("setfattr", "-n", "user.shared", "-v", shared, path.join(folder, name));
    run("setfattr", "-n", "user.own", "-v", `of ${name}`, path.join(folder, name));
  }
  run("setfattr", "-n", "user.folder", "-v", "0x00ff00", folder);
  const image = path.join(work, "attributes.raw");
  makeSquashfs(folder, image);
  await readImage(image, async (tree) => {
    for (const name of ["a", "b", "c"]) {
      const attributes = await tree.xattrs(name);
      assert.equal(Buffer.from(attributes?.get("user.shared") ?? []).toString(), shared);
      assert.equal(Buffer.from(attributes?.get("user.own") ?? []).toString(), `of ${name}`);
      assert.equal(attributes?.size, 2);
    }
    assert.deepEqual([...((await tree.xattrs("")) ?? [])], [["user.folder", new Uint8Array([0, 255, 0])]]);
  });
});

const gibibytes = campaign(1, 5);

test(`a file of ${gibibytes} GiB that is mostly holes is read where it has data`, async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const folder = path.join(work, "huge");
  mkdirSync(folder);
  const size = gibibytes * 2 ** 30;
  writeFileSync(path.join(folder, "huge"), "begin");
  truncateSync(path.join(folder, "huge"), size);
  writeFileSync(path.join(folder, "huge"), prose(200_000, "behind"), { flag: "a" });
  const image = path.join(work, "huge.raw");
  makeSquashfs(folder, image);
  await readImage(image, async (tree) => {
    assert.equal((await tree.stat("huge")).size, size + 200_000);
    assert.equal(Buffer.from(await tree.read("huge", 0, 7)).toString(), "begin\0\0");
    assert.deepEqual(Buffer.from(await tree.read("huge", size, 300_000)), prose(200_000, "behind"));
    assert.ok((await tree.read("huge", size / 2, 100_000)).every((byte) => byte === 0));
  });
});

const crowdSize = campaign(20_000, 100_000);

test(`a folder with ${crowdSize} entries lists in order, and one of them is found`, async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const folder = path.join(work, "crowd");
  mkdirSync(folder);
  for (let i = 0; i < crowdSize; i++) writeFileSync(path.join(folder, `entry-${i}`), "");
  const image = path.join(work, "crowd.raw");
  makeSquashfs(folder, image);
  await readImage(image, async (tree) => {
    assert.equal((await tree.stat("entry-13001")).type, "file");
    await assert.rejects(tree.stat("entry-130011"), { kind: "io" });
    await assert.rejects(tree.stat("zzz"), { kind: "io" });
    await assert.rejects(tree.stat("aaa"), { kind: "io" });
  });
  await readImage(image, async (tree) => {
    const names = (await tree.list("")).map(({ name }) => name);
    assert.equal(names.length, crowdSize);
    assert.deepEqual(names, names.toSorted());
  });
});

test("an image of 1 GB opens without being read", async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const image = makeLargeImage(work);
  assert.ok(statSync(image).size > 2 ** 30);
  const { bytesRead, entries } = await openAndList(image);
  assert.equal(entries, largeImageEntries);
  assert.ok(bytesRead < 1_000_000, `${bytesRead} bytes were read`);
});
