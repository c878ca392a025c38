// Big folders come in runs, in the order of the Explorer.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileTree, TreeEntry } from "../../../image/src/index.ts";
import { createFolderPages, pageLength, pageStart } from "./folder-pages.ts";

function treeOf(folders: Readonly<Record<string, readonly TreeEntry[]>>): { tree: FileTree; listed: string[] } {
  const listed: string[] = [];
  const unused = (): never => assert.fail("only lists are asked for");
  const list = async (path: string): Promise<TreeEntry[]> => {
    listed.push(path);
    return [...(folders[path] ?? [])];
  };
  return { tree: { list, stat: unused, read: unused, readLink: unused, xattrs: unused }, listed };
}

const many = (count: number): TreeEntry[] =>
  Array.from({ length: count }, (_, index) => ({ name: `f${index}`, type: "file" }));

test("folders come first, each kind in its own order", async () => {
  const { tree } = treeOf({
    "": [
      { name: "B", type: "file" },
      { name: "a", type: "directory" },
      { name: "b", type: "symlink" },
      { name: "z", type: "directory" },
    ],
  });
  const names = (await createFolderPages().list(tree, "")).map((entry) => entry.name);
  assert.deepEqual(names, ["a", "z", "B", "b"]);
});

test("a big folder is listed once, a small one each time", async () => {
  const { tree, listed } = treeOf({ big: many(pageLength + 1), small: many(pageLength) });
  const pages = createFolderPages();
  for (let turn = 0; turn < 3; turn++) {
    assert.equal((await pages.list(tree, "big")).length, pageLength + 1);
    assert.equal((await pages.list(tree, "small")).length, pageLength);
  }
  assert.deepEqual(listed, ["big", "small", "small", "small"]);
});

test("only the latest big folders are remembered", async () => {
  const { tree, listed } = treeOf(Object.fromEntries([..."abcde"].map((name) => [name, many(pageLength + 1)])));
  const pages = createFolderPages();
  for (const name of "abcdea") await pages.list(tree, name);
  assert.equal(listed.join(""), "abcdea");
});

test("an entry is in the run that begins at or before it", () => {
  assert.deepEqual([0, pageLength - 1, pageLength, 2 * pageLength + 5].map(pageStart), [
    0,
    0,
    pageLength,
    2 * pageLength,
  ]);
});
