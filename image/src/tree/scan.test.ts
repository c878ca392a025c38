// A scan counts what will be written, each file once, in the order of names.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileTree } from "./file-tree.ts";
import { memoryTree } from "./memory-tree.ts";
import { pathOf, scanTree } from "./scan.ts";

const tree = memoryTree({
  "usr/b": { content: "12345", mtime: 70 },
  "usr/a/file": { content: "123", mtime: 20 },
  "usr/link": { target: "b" },
  "opt/pipe": { type: "fifo", mtime: 90 },
  "etc/not-asked-for": { content: "1", mtime: 1000 },
});

test("only the named folders are scanned, with their sums", async () => {
  let found = 0;
  const scanned = await scanTree(tree, ["usr", "opt"], undefined, (count) => {
    found = count;
  });
  const { files, directories, symlinks, bytes, newest, xattrsKnown, root } = scanned;
  assert.deepEqual([directories, symlinks, bytes, newest, xattrsKnown, found], [3, 1, 8, 90, true, 7]);
  assert.deepEqual(files.map(pathOf), ["usr/a/file", "usr/b"]);
  assert.deepEqual(
    root.entries.map(({ name }) => name),
    ["opt", "usr"],
  );
});

test("a file of several names is scanned once, and counts them", async () => {
  const linked: FileTree = {
    ...tree,
    stat: async (path) => {
      const stat = await tree.stat(path);
      return stat.type === "file" ? { ...stat, identity: "one" } : stat;
    },
  };
  const { files, bytes } = await scanTree(linked, ["usr"]);
  assert.deepEqual([files.length, files[0]?.names, bytes], [1, 2, 3]);
});

test("a tree that knows no attributes is told", async () => {
  const ignorant: FileTree = { ...tree, xattrs: async () => undefined };
  assert.equal((await scanTree(ignorant, ["usr"])).xattrsKnown, false);
});

test("a tree without an end is refused, and one of 2048 folders is not", async () => {
  const deep = (levels: number): FileTree => ({
    ...memoryTree({}),
    stat: async (path) => ({ ...(await tree.stat("usr")), type: path.endsWith("f") ? "file" : "directory" }),
    xattrs: async () => new Map(),
    list: async (path) => (path.split("/").length > levels - 1 ? [] : [{ name: "a", type: "directory" }]),
  });
  await assert.rejects(scanTree(deep(Number.POSITIVE_INFINITY), ["a"]), {
    kind: "unsupported",
    message: /2048 folders/,
  });
  assert.equal((await scanTree(deep(2048), ["a"])).directories, 2048);
});
