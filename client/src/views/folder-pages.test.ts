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
  const names = (await createFolderPages().list(tree, "", "name")).map((entry) => entry.name);
  assert.deepEqual(names, ["a", "z", "B", "b"]);
});

test("a big folder is listed once, a small one each time", async () => {
  const { tree, listed } = treeOf({ big: many(pageLength + 1), small: many(pageLength) });
  const pages = createFolderPages();
  for (let turn = 0; turn < 3; turn++) {
    assert.equal((await pages.list(tree, "big", "name")).length, pageLength + 1);
    assert.equal((await pages.list(tree, "small", "name")).length, pageLength);
  }
  assert.deepEqual(listed, ["big", "small", "small", "small"]);
});

test("only the latest big folders are remembered", async () => {
  const { tree, listed } = treeOf(Object.fromEntries([..."abcde"].map((name) => [name, many(pageLength + 1)])));
  const pages = createFolderPages();
  for (const name of "abcdea") await pages.list(tree, name, "name");
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

test("each order of a big folder is listed by itself", async () => {
  const { tree, listed } = treeOf({ big: [{ name: "z", type: "directory" }, ...many(pageLength)] });
  const pages = createFolderPages();
  const byType = await pages.list(tree, "big", "type");
  assert.deepEqual(await pages.list(tree, "big", "type"), byType);
  assert.equal((await pages.list(tree, "big", "name")).length, byType.length);
  assert.deepEqual(listed, ["big", "big"]);
});

test("those who ask at the same time wait for one list, and one that fails is tried again", async () => {
  const { tree, listed } = treeOf({ big: many(pageLength + 1) });
  const pages = createFolderPages();
  const asked = await Promise.all([pages.list(tree, "big", "name"), pages.list(tree, "big", "name")]);
  assert.equal(asked[0], asked[1]);
  assert.deepEqual(listed, ["big"]);
  let fails = true;
  const broken = { ...tree, list: (path: string) => (fails ? Promise.reject(new Error("damaged")) : tree.list(path)) };
  await assert.rejects(pages.list(broken, "big", "name"), { message: "damaged" });
  fails = false;
  assert.equal((await pages.list(broken, "big", "name")).length, pageLength + 1);
});

test("two entries of one name are told apart", async () => {
  const { tree } = treeOf({
    "": [
      { name: "a", type: "file" },
      { name: "a", type: "directory" },
      { name: "b", type: "file" },
      { name: "a", type: "file" },
    ],
  });
  assert.deepEqual(await createFolderPages().list(tree, "", "name"), [
    { name: "a", type: "directory" },
    { name: "a", type: "file", twin: 1 },
    { name: "b", type: "file" },
    { name: "a", type: "file", twin: 2 },
  ]);
});
