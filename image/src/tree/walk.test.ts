import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "./memory-tree.ts";
import { walkTree } from "./walk.ts";

const tree = memoryTree({ "usr/b": "", "usr/a/deep/file": "", "usr/a.txt": "", "usr/link": { target: "a" }, etc: "" });

test("folders come before what is in them, names in the order of bytes, links are not followed", async () => {
  const paths = (await Array.fromAsync(walkTree(tree, ""))).map(({ path }) => path);
  assert.deepEqual(paths, ["etc", "usr", "usr/a", "usr/a/deep", "usr/a/deep/file", "usr/a.txt", "usr/b", "usr/link"]);
});

test("a walk may begin anywhere, and names paths from the root", async () => {
  assert.deepEqual(await Array.fromAsync(walkTree(tree, "usr/a")), [
    { path: "usr/a/deep", type: "directory" },
    { path: "usr/a/deep/file", type: "file" },
  ]);
});
