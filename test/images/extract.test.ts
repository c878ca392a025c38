// What is extracted from images: the same files as the tools and the kernel give, and never a file outside of the folder.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { compareTrees, type FileTree, ImageError, memorySource, memoryTree, openImage } from "../../image/src/index.ts";
import { parseDump } from "../../image/src/node/host-xattrs.ts";
import { extractTree, hostFolder, nodeDecompressors, openImageFile } from "../../image/src/node/index.ts";
import { campaign } from "../support/campaign.ts";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { makeFullTree } from "./full-tree.ts";
import { imageVariants } from "./image-variants.ts";
import { buildInMemory, patched } from "./memory-image.ts";
import { makeSquashfs, prose } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-extract-"));
after(() => rmSync(work, { recursive: true, force: true }));

const asRoot = { mayRunPrograms: true };

async function withTree<Result>(image: string, use: (tree: FileTree) => Promise<Result>): Promise<Result> {
  const opened = await openImageFile(image);
  try {
    return await use(opened.tree);
  } finally {
    await opened.close();
  }
}

function xattrsOf(folder: string): ReadonlyMap<string, ReadonlyMap<string, Uint8Array>> {
  const options = ["--recursive", "--physical", "--no-dereference", "--dump", "--encoding=hex", "--match=-"];
  const { stdout } = spawnSync("getfattr", [...options, "--", "."], { cwd: folder, maxBuffer: 1 << 28 });
  return new Map(Array.from(parseDump(stdout), ([name, values]) => [name.replace(/^\.(?:\/|$)/, ""), values]));
}

let full: string | undefined;
function fullTree(): string {
  if (full === undefined) {
    full = path.join(work, "full");
    mkdirSync(full);
    makeFullTree(full);
  }
  return full;
}

for (const name of [
  "squashfs: gzip, 128 KiB blocks",
  "squashfs: xz, 128 KiB blocks",
  "erofs: lz4hc, as sysext-bakery makes them",
  "ext4, filled by the kernel",
  "btrfs: zstd, filled by the kernel",
]) {
  test(`everything is restored by root: ${name}`, async (t) => {
    const variant = imageVariants.find((some) => some.name === name);
    assert.ok(variant);
    if (!canMount(t, variant.tool, "setfattr", "getfattr")) return;
    const image = path.join(work, "image.raw");
    variant.make(fullTree(), image);
    const folder = path.join(tempFolder(t), "out");
    await withTree(image, async (tree) => {
      const summary = await extractTree(tree, [""], folder, asRoot);
      assert.deepEqual(summary.leftOut, [
        { path: "special/socket", reason: "a socket exists only while its program runs" },
      ]);
      assert.deepEqual(summary.notRestored, []);
      const differences = await compareTrees(tree, hostFolder(folder, { xattrs: xattrsOf(folder) }));
      // The folder lost its socket while its time was that of the image; the folder extracted to keeps its own facts.
      assert.deepEqual(
        differences.filter(({ path: at }) => at !== "" && at !== "special/socket"),
        [],
      );
    });
    const holes = statSync(path.join(folder, "sparse/hole-in-front"));
    assert.ok(holes.blocks * 512 < 100_000, `a hole takes ${holes.blocks} blocks`);
  });
}

const gibibytes = campaign(1, 5);

test(`a file of ${gibibytes} GiB that is nearly all hole takes little room`, async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const source = path.join(work, "sparse");
  mkdirSync(source);
  writeFileSync(path.join(source, "sparse"), "");
  truncateSync(path.join(source, "sparse"), gibibytes * 2 ** 30);
  writeFileSync(path.join(source, "sparse"), "end", { flag: "a" });
  const image = path.join(work, "sparse.raw");
  makeSquashfs(source, image);
  const folder = tempFolder(t);
  await withTree(image, (tree) => extractTree(tree, ["sparse"], folder, asRoot));
  const { size, blocks } = statSync(path.join(folder, "sparse"));
  assert.equal(size, gibibytes * 2 ** 30 + 3);
  assert.ok(blocks * 512 < 1 << 20);
});

const files = {
  "usr/bin/tool": { content: "#!/bin/sh\n", mode: 0o755, mtime: 1_600_000_000 },
  "usr/bin/alias": { target: "tool" },
  "usr/share/demo/large": prose(3_000_000, "large"),
  "usr/share/demo/small": "small",
} as const;

test("a file or folder that is asked for keeps its path, and the folders on the way their facts", async (t) => {
  const folder = tempFolder(t);
  const tree = memoryTree({ ...files, "usr/share": { type: "directory", mode: 0o750, mtime: 1_500_000_000 } });
  const summary = await extractTree(tree, ["usr/share/demo/small", "usr/bin"], folder, asRoot);
  assert.deepEqual([summary.files, summary.symlinks, summary.folders], [2, 1, 4]);
  assert.deepEqual(readdirSync(path.join(folder, "usr/share/demo")), ["small"]);
  const share = statSync(path.join(folder, "usr/share"));
  assert.deepEqual([share.mode & 0o7777, share.mtimeMs], [0o750, 1_500_000_000_000]);
  assert.equal(lstatSync(path.join(folder, "usr/bin/alias")).isSymbolicLink(), true);
  await assert.rejects(extractTree(tree, ["usr/nothing"], folder, asRoot), { name: "ImageError", message: /no such/ });
});

test("nothing is replaced unless it is asked for, and then only files", async (t) => {
  const folder = tempFolder(t);
  const outside = path.join(tempFolder(t), "outside");
  writeFileSync(outside, "mine");
  mkdirSync(path.join(folder, "usr/bin/alias"), { recursive: true });
  mkdirSync(path.join(folder, "usr/share/demo"), { recursive: true });
  symlinkSync(outside, path.join(folder, "usr/bin/tool"));
  writeFileSync(path.join(folder, "usr/share/demo/small"), "older");

  const tree = memoryTree(files);
  const careful = await extractTree(tree, [""], folder, asRoot);
  assert.deepEqual(careful.leftOut.map(({ path: at }) => at).sort(), [
    "usr/bin/alias",
    "usr/bin/tool",
    "usr/share/demo/small",
  ]);
  assert.equal(readFileSync(path.join(folder, "usr/share/demo/small"), "utf8"), "older");

  const forced = await extractTree(tree, [""], folder, { ...asRoot, force: true });
  assert.deepEqual(forced.leftOut, [
    { path: "usr/bin/alias", reason: "there is already a folder of this name; remove it" },
  ]);
  assert.equal(readFileSync(outside, "utf8"), "mine");
  assert.equal(lstatSync(path.join(folder, "usr/bin/tool")).isFile(), true);
  assert.equal(readFileSync(path.join(folder, "usr/share/demo/small"), "utf8"), "small");
});

test("what is replaced goes only when there is something in its place", async (t) => {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, "alias"), "older");
  writeFileSync(path.join(folder, "pipe"), "older");
  writeFileSync(path.join(folder, "second"), "older");
  const tree = memoryTree({ alias: { target: "tool" }, first: "1", pipe: { type: "fifo" } });
  const linked: FileTree = {
    ...tree,
    list: async () => ["alias", "first", "pipe", "second"].map((name) => ({ name, type: typeOf(name) })),
    stat: async (at) => {
      const stat = await tree.stat(at === "second" ? "first" : at);
      return stat.type === "file" ? { ...stat, nlink: 2, identity: "one" } : stat;
    },
    readLink: async () => "no\0target",
  };
  const typeOf = (name: string) => (name === "alias" ? "symlink" : name === "pipe" ? "fifo" : "file");
  const { PATH } = process.env;
  process.env["PATH"] = tempFolder(t);
  const { leftOut } = await extractTree(linked, [""], folder, { ...asRoot, force: true }).finally(() => {
    process.env["PATH"] = PATH;
  });
  assert.deepEqual(
    leftOut.map(({ path: at }) => at),
    ["alias", "pipe"],
  );
  assert.equal(leftOut[1]?.reason, 'the program "mkfifo" is not installed');
  assert.deepEqual(readdirSync(folder).sort(), ["alias", "first", "pipe", "second"]);
  assert.deepEqual(
    ["alias", "pipe", "second"].map((name) => readFileSync(path.join(folder, name), "utf8")),
    ["older", "older", "1"],
  );
  const again = await extractTree(tree, [""], folder, { ...asRoot, force: true });
  assert.deepEqual(again.leftOut, []);
  assert.equal(lstatSync(path.join(folder, "pipe")).isFIFO(), true);
  assert.equal(lstatSync(path.join(folder, "alias")).isSymbolicLink(), true);
});

test("a link in the way of a folder leads nothing out of it", async (t) => {
  const folder = tempFolder(t);
  const outside = tempFolder(t);
  symlinkSync(outside, path.join(folder, "usr"));
  const { leftOut } = await extractTree(memoryTree(files), [""], folder, asRoot);
  assert.deepEqual(
    leftOut.map(({ path: at }) => at),
    ["usr"],
  );
  assert.deepEqual(readdirSync(outside), []);
  await extractTree(memoryTree(files), [""], folder, { ...asRoot, force: true });
  assert.deepEqual(readdirSync(outside), []);
  assert.equal(readFileSync(path.join(folder, "usr/share/demo/small"), "utf8"), "small");
});

test("names that lead out of the folder make no file, and links that do are only links", async (t) => {
  const image = await buildInMemory({ "usr/AB": "up", "usr/C": "kept", "usr/link": { target: "../../../../etc" } });
  const hostile = await openImage(memorySource(patched(image, "AB", "..")), nodeDecompressors());
  const folder = path.join(tempFolder(t), "in");
  // The reader takes the whole folder for damaged.
  const { leftOut, files: made } = await extractTree(hostile.tree, [""], folder, asRoot);
  assert.deepEqual([leftOut.map(({ path: at }) => at), made], [["usr"], 0]);
  assert.match(leftOut[0]?.reason ?? "", /^its entries cannot be read: /);
  assert.deepEqual(
    readdirSync(path.dirname(folder)).filter((name) => name !== "in"),
    [],
  );

  const tree: FileTree = memoryTree({ a: "a", "b/c": "c" });
  for (const name of ["..", ".", "", "x/../../y", "/etc/x", "z\0"]) {
    const lying: FileTree = {
      ...tree,
      list: async (at) =>
        at === ""
          ? [
              { name, type: "file" },
              { name: "a", type: "file" },
            ]
          : await tree.list(at),
    };
    const target = path.join(tempFolder(t), "in");
    const { leftOut, files: count } = await extractTree(lying, [""], target, asRoot);
    assert.deepEqual([leftOut.length, count], [1, 1], name);
    assert.deepEqual(readdirSync(target), ["a"]);
    assert.deepEqual(readdirSync(path.dirname(target)), ["in"]);
  }
});

test("of two entries of one name the first is kept, and the other is named", async (t) => {
  const tree = memoryTree({ a: "first", "b/c": "c" });
  for (const force of [false, true]) {
    const folder = tempFolder(t);
    let reads = 0;
    const twice: FileTree = {
      ...tree,
      list: async (at) => (await tree.list(at)).flatMap((entry) => (entry.name === "b" ? [entry] : [entry, entry])),
      read: async (at, ...range) => (at === "a" && reads++ > 0 ? Buffer.from("other") : await tree.read(at, ...range)),
    };
    const { leftOut, files: count } = await extractTree(twice, [""], folder, { ...asRoot, force });
    assert.deepEqual(
      leftOut.map(({ path: at }) => at),
      ["a", "b/c"],
    );
    assert.equal(count, 2);
    assert.equal(readFileSync(path.join(folder, "a"), "utf8"), "first");
  }
});

test("a path that another one brings along is extracted once", async (t) => {
  const folder = tempFolder(t);
  const { leftOut, files: count } = await extractTree(memoryTree(files), ["usr/bin", "usr", "usr"], folder, asRoot);
  assert.deepEqual([leftOut, count], [[], Object.keys(files).length - 1]);
});

test("a file that is damaged is left out with the reason, and the others come", async (t) => {
  const tree = memoryTree(files);
  const broken: FileTree = {
    ...tree,
    read: async (at, offset, length) => {
      if (at.endsWith("large") && offset > 1 << 20) throw Object.assign(new Error("bad block"), { name: "ImageError" });
      return await tree.read(at, offset, length);
    },
  };
  const folder = tempFolder(t);
  const { leftOut, files: count } = await extractTree(broken, [""], folder, asRoot);
  assert.deepEqual(leftOut, [{ path: "usr/share/demo/large", reason: "bad block" }]);
  assert.equal(count, 2);
  assert.deepEqual(readdirSync(path.join(folder, "usr/share/demo")), ["small"]);

  writeFileSync(path.join(folder, "usr/share/demo/large"), "older");
  await extractTree(broken, [""], folder, { ...asRoot, force: true });
  assert.equal(readFileSync(path.join(folder, "usr/share/demo/large"), "utf8"), "older");
});

test("a folder that cannot be read is left empty with the reason, and the others come", async (t) => {
  const tree = memoryTree({ "a/first": "1", "b/deep/lost": "2", "c/last": "3" });
  const broken: FileTree = {
    ...tree,
    list: async (at) => {
      if (at === "b/deep") throw new ImageError("corrupt", "bad folder");
      return await tree.list(at);
    },
  };
  const folder = tempFolder(t);
  const { leftOut, files: count } = await extractTree(broken, [""], folder, asRoot);
  assert.deepEqual(leftOut, [{ path: "b/deep", reason: "its entries cannot be read: bad folder" }]);
  assert.equal(count, 2);
  assert.equal(readFileSync(path.join(folder, "c/last"), "utf8"), "3");
});

test("names that differ in case only are two files, or one is named where the folder takes them for one", async (t) => {
  const folder = tempFolder(t);
  const { leftOut, files: count } = await extractTree(memoryTree({ "a/X": "1", "a/x": "2" }), [""], folder, asRoot);
  assert.equal(readdirSync(path.join(folder, "a")).length, count);
  assert.equal(count + leftOut.length, 2);
  assert.equal(readFileSync(path.join(folder, "a/X"), "utf8"), "1");
});

test("cancelled in the middle, nothing half written is left", async (t) => {
  const tree = memoryTree(files);
  const stop = new AbortController();
  const slow: FileTree = {
    ...tree,
    read: async (at, offset, length, signal) => {
      if (at.endsWith("large") && offset > 0) stop.abort();
      signal?.throwIfAborted();
      return await tree.read(at, offset, length);
    },
  };
  const folder = tempFolder(t);
  await assert.rejects(extractTree(slow, [""], folder, { ...asRoot, signal: stop.signal }), { name: "AbortError" });
  const there = readdirSync(folder, { recursive: true, encoding: "utf8" });
  assert.deepEqual(
    there.filter((name) => name.includes("large") || name.includes(".#")),
    [],
  );
});

test("a full disk is told, and leaves no half of a file", async (t) => {
  if (!canMount(t)) return;
  const image = path.join(work, "large.raw");
  const source = tempFolder(t);
  writeFileSync(path.join(source, "a-small"), "small");
  writeFileSync(path.join(source, "large"), prose(8 << 20, "large"));
  if (!requireTool(t, "mksquashfs")) return;
  makeSquashfs(source, image);
  const cli = path.join(import.meta.dirname, "../../cli/src/main.ts");
  const mount = tempFolder(t);
  const script =
    'mount -t tmpfs -o size=2m none "$1"; "$2" "$3" extract "$4" --output "$1/out" || echo "status $?"; ls -A "$1/out"; umount "$1"';
  const { output } = withPrivateMounts(script, mount, process.execPath, cli, image);
  assert.match(output, /cannot write to ".*": the disk is full/);
  assert.match(output, /1 entry was extracted to ".*" before the command stopped/);
  assert.match(output, /status 2\n(?:a-small\n)?$/);
});
