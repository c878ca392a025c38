import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "./memory-tree.ts";
import { type WalkedEntry, walkTree } from "./walk.ts";

async function collect(entries: AsyncIterable<WalkedEntry>): Promise<WalkedEntry[]> {
  const all: WalkedEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

const tree = memoryTree({ "usr/b": "", "usr/a/deep/file": "", "usr/a.txt": "", "usr/link": { target: "a" }, etc: "" });

test("folders come before what is in them, names in the order of bytes, links are not followed", async () => {
  const paths = (await collect(walkTree(tree, ""))).map(({ path }) => path);
  assert.deepEqual(paths, ["etc", "usr", "usr/a", "usr/a/deep", "usr/a/deep/file", "usr/a.txt", "usr/b", "usr/link"]);
});

test("a walk may begin anywhere, and names paths from the root", async () => {
  assert.deepEqual(await collect(walkTree(tree, "usr/a")), [
    { path: "usr/a/deep", type: "directory" },
    { path: "usr/a/deep/file", type: "file" },
  ]);
});
