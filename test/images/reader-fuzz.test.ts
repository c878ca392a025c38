// Damages small images at random places: whatever comes of it is a result or an ImageError, soon.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { ImageError, memorySource, openImage } from "../../image/src/index.ts";
import { nodeDecompressors } from "../../image/src/node/index.ts";
import { walkTree } from "../../image/src/tree/walk.ts";
import { canMount } from "../support/private-mounts.ts";
import { randomNumbers } from "../support/random-numbers.ts";
import { findTool, requireTool } from "../support/tools.ts";
import { inside, runOfDebian13 } from "./debian13-tool.ts";
import { buildInMemory } from "./memory-image.ts";
import { makeSampleTree, makeSquashfs, noise, prose } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-fuzz-"));
after(() => rmSync(work, { recursive: true, force: true }));

const tellingBytes = [0, 1, 0x7f, 0x80, 0xff];

type Pick = (below: number) => number;

/** A copy with some bytes changed, a stretch overwritten, or the end cut off. */
function damage(image: Uint8Array, pick: Pick, structures: Structures): Uint8Array {
  const copy = Uint8Array.from(image);
  const kind = pick(10);
  if (kind === 0) return copy.subarray(0, pick(copy.length));
  if (kind === 1) {
    const from = pick(copy.length);
    const to = pick(copy.length);
    copy.copyWithin(to, from, from + pick(64));
    return copy;
  }
  // What lies between the structures at both ends is mostly the contents of files.
  const inStructure = () => {
    const [start, length] = structures[pick(structures.length)] ?? [0, copy.length];
    return start + pick(length);
  };
  const places = [inStructure, () => pick(copy.length), () => copy.length - 1 - pick(Math.min(3000, copy.length))];
  for (let i = 1 + pick(8); i > 0; i--) {
    const at = places[pick(places.length)]?.() ?? 0;
    copy[at] = pick(2) === 0 ? (tellingBytes[pick(tellingBytes.length)] ?? 0) : pick(256);
  }
  return copy;
}

const stepsOfWalk = 5000;

/** Reads all that there is; gives false when an ImageError ended it. */
async function readEverything(bytes: Uint8Array): Promise<boolean> {
  try {
    const { tree } = await openImage(memorySource(bytes), nodeDecompressors());
    let steps = 0;
    for await (const { path, type } of walkTree(tree, "")) {
      steps += 1;
      if (steps > stepsOfWalk) break;
      const { size } = await tree.stat(path);
      await tree.xattrs(path);
      if (type === "symlink") await tree.readLink(path);
      if (type === "file") await tree.read(path, 0, 1 << 20);
      if (type === "file") await tree.read(path, Math.max(0, size - 100), 1000);
    }
    return true;
  } catch (error) {
    if (error instanceof ImageError) return false;
    throw error;
  }
}

/** Where an image has its first structures, and how many bytes of them. */
type Structures = readonly (readonly [start: number, length: number])[];

const squashfs: Structures = [[0, 96]];
const erofs: Structures = [[1024, 128 + 4096]];
/** The superblock, the description of a group, and behind its maps the inodes. */
const ext: Structures = [
  [1024, 352],
  [4096, 64],
  [4 * 4096 + 256, 40 * 256],
];

/** The superblock; the nodes of trees lie where mkfs.btrfs puts the first of them. */
const btrfs: Structures = [
  [65_536, 300],
  [65_536 + 811, 100],
  [1 << 20, 1 << 20],
];

async function fuzz(image: Uint8Array, rounds: number, seed: number, structures = squashfs): Promise<void> {
  assert.equal(await readEverything(image), true, "the undamaged image must be readable");
  const pick = randomNumbers(seed);
  let refused = 0;
  for (let round = 0; round < rounds; round++) {
    const bytes = damage(image, pick, structures);
    const started = performance.now();
    try {
      if (!(await readEverything(bytes))) refused += 1;
    } catch (error) {
      throw new Error(`round ${round} of seed ${seed}`, { cause: error });
    }
    const took = performance.now() - started;
    assert.ok(took < 20_000, `round ${round} of seed ${seed} took ${Math.round(took)} ms`);
  }
  assert.ok(refused > rounds / 10, `only ${refused} of ${rounds} damaged images were refused`);
}

for (const [i, compression] of (["none", "gzip", "zstd"] as const).entries()) {
  test(`damaged images of our own: ${compression}`, async () => {
    const image = await buildInMemory(
      {
        "usr/bin/tool": { content: prose(9000, "tool"), mode: 0o755 },
        "usr/lib/noise": noise(13_000, "noise"),
        "usr/lib/zeros": new Uint8Array(30_000),
        "usr/lib/link": { target: "../bin/tool" },
        "usr/lib/attributes": {
          content: "x",
          xattrs: { "user.a": noise(300, "a"), "security.capability": noise(20, "c") },
        },
        "usr/share/a/b/c": "deep",
        ...Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`usr/share/many/${n}`, `${n}`])),
      },
      { compression },
    );
    await fuzz(image, 400, 1 + i);
  });
}

test("damaged images of mksquashfs", async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const sample = path.join(work, "sample");
  makeSampleTree(sample);
  const image = path.join(work, "image.raw");
  let seed = 100;
  for (const options of [
    ["-comp", "gzip"],
    ["-comp", "zstd", "-b", "1M"],
    ["-comp", "xz", "-Xbcj", "x86"],
    ["-comp", "lz4"],
    ["-comp", "lzo"],
    ["-comp", "lzma"],
    ["-noI", "-noD", "-noF"],
  ]) {
    for (const part of ["links", "names", "sparse"]) {
      makeSquashfs(path.join(sample, part), image, ...options);
      await fuzz(readFileSync(image), 60, seed++);
    }
  }
});

test("damaged images of mkfs.erofs", async (t) => {
  if (!canMount(t, "mkfs.erofs")) return;
  const sample = path.join(work, "erofs-sample");
  makeSampleTree(sample);
  const image = path.join(work, "erofs.raw");
  let seed = 200;
  for (const options of [
    ["--chunksize=4096"],
    ["-zlz4hc", "-C65536", "-Efragments,ztailpacking"],
    ["-zlzma", "-Elegacy-compress"],
    ["-zdeflate", "-C65536", "-Ededupe"],
    ["-zzstd", "-Eall-fragments"],
  ]) {
    for (const part of ["links", "names", "sparse"]) {
      rmSync(image, { force: true });
      const at = (...names: string[]) => path.posix.join(inside, ...names);
      runOfDebian13("mkfs.erofs", work, "-d0", ...options, at("erofs.raw"), at("erofs-sample", part));
      await fuzz(readFileSync(image), 60, seed++, erofs);
    }
  }
});

test("damaged file systems of mke2fs", async (t) => {
  if (!requireTool(t, "mke2fs")) return;
  const sample = path.join(work, "ext-sample");
  makeSampleTree(sample);
  const image = path.join(work, "ext.raw");
  let seed = 300;
  for (const type of ["ext2", "ext4"]) {
    for (const part of ["usr", "sparse"]) {
      rmSync(image, { force: true });
      const options = [
        "-q",
        "-t",
        type,
        "-b",
        "4096",
        "-N",
        "200",
        "-O",
        "^resize_inode",
        "-d",
        path.join(sample, part),
      ];
      execFileSync(findTool("mke2fs") ?? "", [...options, image, "2M"], { stdio: "pipe" });
      await fuzz(readFileSync(image), 100, seed++, ext);
    }
  }
});

test("a damaged file system of mkfs.btrfs", async (t) => {
  if (!requireTool(t, "mkfs.btrfs")) return;
  const folder = path.join(work, "btrfs-sample");
  makeSampleTree(folder);
  const image = path.join(work, "btrfs.raw");
  const options = ["--quiet", "--mixed", "--metadata", "single", "--data", "single", "--shrink", "--rootdir"];
  execFileSync(findTool("mkfs.btrfs") ?? "", [...options, path.join(folder, "sparse"), image], { stdio: "pipe" });
  await fuzz(readFileSync(image), 100, 400, btrfs);
});
