// Sums of folders are those of their files, links count once, and what cannot be read is passed over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ImageError } from "../bytes/image-error.ts";
import type { FileTree } from "./file-tree.ts";
import { memoryTree } from "./memory-tree.ts";
import { countUsage, type UsageFolder } from "./usage.ts";
import { type UsageItem, usageLevel } from "./usage-level.ts";

/** A file of so many bytes, which nobody reads. */
function bytes(count: number): Uint8Array {
  return new Uint8Array(count);
}

const small = {
  "usr/bin/big": bytes(1000),
  "usr/bin/small": bytes(10),
  "usr/share/doc/a": bytes(300),
  "usr/share/doc/b": bytes(200),
  "usr/share/link": { target: "doc/a" },
  "usr/share/fifo": { type: "fifo" },
  "etc/empty": "",
} as const;

/** Stores everything in half of its size. */
function halved(tree: FileTree): FileTree {
  return { ...tree, storedSize: async (path) => (await tree.stat(path)).size / 2 };
}

function outline(item: UsageItem, indent = ""): string[] {
  const line = `${indent}${item.kind} ${item.path} ${item.real}/${item.stored} ${item.files}`;
  return [line, ...item.children.flatMap((child) => outline(child, `${indent} `))];
}

test("every folder has the sum of what is below it", async () => {
  const { root, counts, storedKnown } = await countUsage(halved(memoryTree(small)));
  assert.deepEqual(counts, { files: 5, folders: 5, symlinks: 1, others: 1 });
  assert.equal(storedKnown, true);
  const level = usageLevel(root, "", { measure: "real", depth: 3, most: 40 });
  assert.ok(level);
  assert.deepEqual(outline(level), [
    "folder  1510/755 5",
    " folder usr 1510/755 4",
    "  folder usr/bin 1010/505 2",
    "   file usr/bin/big 1000/500 1",
    "   file usr/bin/small 10/5 1",
    "  folder usr/share 500/250 2",
    "   folder usr/share/doc 500/250 2",
    " folder etc 0/0 1",
    "  file etc/empty 0/0 1",
  ]);
});

test("a tree that does not tell what is stored has real sizes only", async () => {
  const { root, storedKnown } = await countUsage(memoryTree(small));
  assert.deepEqual([root.real, root.stored, storedKnown], [1510, undefined, false]);
});

test("a file with two names counts once", async () => {
  const tree = memoryTree({ "usr/a": bytes(100), "usr/b": bytes(100), "usr/c": bytes(7) });
  const linked: FileTree = {
    ...tree,
    async stat(path) {
      const stat = await tree.stat(path);
      return path === "usr/c" ? stat : { ...stat, nlink: 2, identity: "one" };
    },
  };
  const { root, counts } = await countUsage(linked);
  assert.deepEqual([root.real, counts.files], [107, 2]);
});

test("folders of many files show the largest by either size, and the rest as one", async () => {
  const files = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`usr/f${at}`, bytes(at)]));
  const tree = memoryTree(files);
  // The smallest are stored the worst.
  const inverse: FileTree = { ...tree, storedSize: async (path) => 3000 - (await tree.stat(path)).size };
  const { root, largest } = await countUsage(inverse);
  const total = (3000 * 2999) / 2;
  assert.equal(root.real, total);
  assert.ok(largest.length <= 200 && largest.length >= 100, `${largest.length} are kept`);
  assert.equal(Math.max(...largest.map(({ real }) => real)), 2999);
  assert.equal(Math.max(...largest.map(({ stored }) => stored)), 3000);
  for (const measure of ["real", "stored"] as const) {
    const level = usageLevel(root, "usr", { measure, depth: 1, most: 20 });
    assert.ok(level);
    assert.equal(level.children.length, 21);
    assert.deepEqual(
      level.children.slice(0, 2).map(({ name }) => name),
      measure === "real" ? ["f2999", "f2998"] : ["f0", "f1"],
    );
    assert.equal(level.children.at(-1)?.kind, "rest");
    assert.equal(
      level.children.reduce((sum, { real }) => sum + real, 0),
      total,
    );
    assert.equal(
      level.children.reduce((sum, child) => sum + child.files, 0),
      3000,
    );
  }
});

test("what cannot be read is counted and passed over", async () => {
  const tree = memoryTree(small);
  const broken: FileTree = {
    ...tree,
    list: (path) =>
      path === "usr/share/doc" ? Promise.reject(new ImageError("corrupt", "bad folder")) : tree.list(path),
    stat: (path) =>
      path === "usr/bin/small" ? Promise.reject(new ImageError("corrupt", "bad inode")) : tree.stat(path),
  };
  const { root, unreadable, firstProblem } = await countUsage(broken);
  assert.deepEqual([root.real, unreadable, firstProblem], [1000, 2, "bad inode"]);
});

test("a folder that holds itself ends", async () => {
  const endless: FileTree = {
    ...memoryTree({}),
    list: async () => [{ name: "a", type: "directory" }],
  };
  const { root, counts } = await countUsage(endless);
  assert.ok(counts.folders < 3000);
  let deep: UsageFolder | undefined = root;
  for (let level = 0; level < 100; level++) deep = deep?.folders[0];
  assert.equal(deep?.name, "a");
});

test("it stops when it is told to, and lets others work", async () => {
  const tree = memoryTree(Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`f${at}`, ""])));
  const control = new AbortController();
  const pauses: number[] = [];
  const pause = async (seen: number): Promise<void> => {
    pauses.push(seen);
    if (seen === 1000) control.abort();
  };
  await assert.rejects(countUsage(tree, { signal: control.signal, pause }), { name: "AbortError" });
  assert.deepEqual(pauses, [500, 1000]);
});

test("a folder that is not there has no level", async () => {
  const { root } = await countUsage(memoryTree(small));
  assert.equal(usageLevel(root, "usr/lib", { measure: "real", depth: 1, most: 10 }), undefined);
});
