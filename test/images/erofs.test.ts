// Images that mkfs.erofs made, read by our reader: everything in them is as it was in the folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { hostFolder, openImageFile } from "../../image/src/node/index.ts";
import { compareTrees } from "../../image/src/tree/compare.ts";
import type { FileTree } from "../../image/src/tree/file-tree.ts";
import { canMount } from "../support/private-mounts.ts";
import { requireTool } from "../support/tools.ts";
import { inside, runOfDebian13 } from "./debian13-tool.ts";
import { makeSampleTree } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-erofs-"));
const sample = path.join(work, "sample");
const image = path.join(work, "image.raw");

before(() => makeSampleTree(sample));
after(() => rmSync(work, { recursive: true, force: true }));

function makeErofs(folder: string, ...options: readonly string[]): void {
  rmSync(image, { force: true });
  const at = (host: string) => path.posix.join(inside, path.relative(work, host));
  runOfDebian13("mkfs.erofs", work, "-d0", ...options, at(image), at(folder));
}

async function readImage<Result>(use: (tree: FileTree, compression: string) => Promise<Result>): Promise<Result> {
  const opened = await openImageFile(image);
  try {
    return await use(opened.tree, opened.facts.compression);
  } finally {
    await opened.close();
  }
}

/** Options, and the compressions that the image says it has. */
const variants: Readonly<Record<string, readonly [options: readonly string[], compression: string]>> = {
  plain: [[], "none"],
  "in chunks": [["--chunksize=4096"], "none"],
  "blocks of 512 bytes": [["-b512"], "none"],
  "extended inodes only": [["-Eforce-inode-extended"], "none"],
  lz4: [["-zlz4"], "lz4"],
  "lz4, blocks of 1024 bytes": [["-zlz4", "-b1024"], "lz4"],
  "lz4 as before Linux 5.4": [["-zlz4", "-Elegacy-compress"], "none"],
  "lz4hc, long pieces": [["-zlz4hc,12", "-C65536"], "lz4"],
  "lz4hc, long pieces, older index": [["-zlz4hc", "-C32768", "-Elegacy-compress"], "lz4"],
  "lz4hc, ends beside inodes": [["-zlz4hc", "-C65536", "-Eztailpacking"], "lz4"],
  "lz4hc, as sysext-bakery makes them": [["-zlz4hc,12", "-C65536", "-Efragments,ztailpacking"], "lz4"],
  "lz4, all in fragments": [["-zlz4", "-Eall-fragments"], "lz4"],
  "lz4, what repeats stored once": [["-zlz4", "-Ededupe"], "lz4"],
  lzma: [["-zlzma", "-C65536"], "lzma"],
  "lzma, fragments": [["-zlzma", "-C1048576", "-Efragments"], "lzma"],
  deflate: [["-zdeflate", "-C65536"], "deflate"],
  zstd: [["-zzstd", "-C65536"], "zstd"],
  "zstd, fragments, what repeats stored once": [["-zzstd", "-C131072", "-Efragments,dedupe"], "zstd"],
};

for (const [name, [options, compression]] of Object.entries(variants)) {
  test(`an image of mkfs.erofs equals the folder: ${name}`, async (t) => {
    if (!canMount(t, "mkfs.erofs")) return;
    makeErofs(sample, ...options);
    await readImage(async (tree, named) => {
      assert.equal(named, compression);
      assert.deepEqual(await compareTrees(hostFolder(sample), tree), []);
    });
  });
}

test("extended attributes come with their values, beside inodes, shared, and with prefixes of the image", async (t) => {
  if (!canMount(t, "mkfs.erofs") || !requireTool(t, "setfattr")) return;
  const folder = path.join(work, "attributes");
  mkdirSync(folder);
  for (const name of ["a", "b", "c"]) {
    const file = path.join(folder, name);
    writeFileSync(file, name);
    execFileSync("setfattr", ["-n", "user.shared", "-v", "the same for all", file]);
    execFileSync("setfattr", ["-n", "trusted.overlay.opaque", "-v", "y", file]);
    execFileSync("setfattr", ["-n", `user.own.${name}`, "-v", `value of ${name}`, file]);
    execFileSync("setfattr", ["-n", "user.empty", file]);
  }
  for (const options of [
    ["-x1"],
    ["-x9"],
    ["--xattr-prefix=user.own.", "-zlz4"],
    ["--xattr-prefix=user.own.", "-zlz4", "-Efragments"],
  ]) {
    makeErofs(folder, ...options);
    await readImage(async (tree) =>
      assert.deepEqual(await compareTrees(hostFolder(folder), tree), [], options.join(" ")),
    );
  }
});

test("devices, fifos and sockets have their numbers and modes, and times before 1970 and after 2106 are kept", async (t) => {
  if (!canMount(t, "mkfs.erofs")) return;
  const folder = path.join(work, "special");
  mkdirSync(folder);
  execFileSync("mknod", ["-m", "620", path.join(folder, "char"), "c", "260", "70000"]);
  execFileSync("mknod", [path.join(folder, "block"), "b", "8", "1"]);
  execFileSync("mkfifo", ["-m", "604", path.join(folder, "fifo")]);
  writeFileSync(path.join(folder, "late"), "");
  execFileSync("touch", ["-d", "2150-01-01", path.join(folder, "late")]);
  makeErofs(folder, "--preserve-mtime");
  await readImage(async (tree) => assert.deepEqual(await compareTrees(hostFolder(folder), tree), []));
});

test("an image of which the end is missing says how long it should be", async (t) => {
  if (!canMount(t, "mkfs.erofs")) return;
  makeErofs(sample);
  const { size } = statSync(image);
  writeFileSync(image, readFileSync(image).subarray(0, size - 100_000));
  await assert.rejects(openImageFile(image), { kind: "corrupt", message: /should have \d+ bytes/ });
});
