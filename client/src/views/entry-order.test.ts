// Orders of a folder's entries: folders first, what is equal by name, what cannot be read last.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FileTree, memoryTree } from "../../../image/src/index.ts";
import { type EntryOrder, orderEntries } from "./entry-order.ts";

const files = memoryTree({
  "old/x": { mtime: 1 },
  old: { type: "directory", mtime: 10 },
  "young/x": { mtime: 1 },
  young: { type: "directory", mtime: 20 },
  "a.txt": { content: "four", mtime: 30 },
  "b.sh": { content: "a longer one", mtime: 10 },
  "c.txt": { content: "four", mtime: 20 },
  "d.SH": { content: "", mtime: 40 },
  link: { target: "a.txt", mtime: 50 },
  ".hidden": { content: "x", mtime: 5 },
});
const tree: FileTree = {
  ...files,
  storedSize: async (path) => (path === "a.txt" ? 100 : path === "b.sh" ? 50 : 0),
};

async function namesIn(order: EntryOrder, of: FileTree = tree): Promise<string> {
  const ordered = await orderEntries(of, "", await of.list(""), order);
  return ordered.map(({ name }) => name).join(" ");
}

test("each order puts folders first", async () => {
  assert.equal(await namesIn("name"), "old young .hidden a.txt b.sh c.txt d.SH link");
  assert.equal(await namesIn("size"), "old young b.sh a.txt c.txt .hidden d.SH link");
  assert.equal(await namesIn("stored"), "old young a.txt b.sh .hidden c.txt d.SH link");
  assert.equal(await namesIn("type"), "old young .hidden b.sh d.SH a.txt c.txt link");
  assert.equal(await namesIn("time"), "young old link d.SH a.txt c.txt b.sh .hidden");
});

test("where a tree tells no stored sizes, the sizes count", async () => {
  assert.equal(await namesIn("stored", files), await namesIn("size"));
});

test("a file that cannot be read comes last, and the others stay in order", async () => {
  const broken: FileTree = {
    ...tree,
    stat: (path) => (path === "b.sh" ? Promise.reject(new Error("bad inode")) : tree.stat(path)),
  };
  assert.equal(await namesIn("size", broken), "old young a.txt c.txt .hidden d.SH link b.sh");
});

test("of a big folder all facts are asked for at once, unless one of them is damaged", async () => {
  const many = memoryTree(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, "x".repeat(i % 7)])));
  let stats = 0;
  const counted: FileTree = {
    ...many,
    stat: (path) => {
      stats++;
      return many.stat(path);
    },
    listWithStats: async (path) =>
      await Promise.all(
        (await many.list(path)).map(async (entry) => ({ ...entry, stat: await many.stat(entry.name) })),
      ),
  };
  const atOnce = await namesIn("size", counted);
  assert.equal(stats, 0);
  const damaged = { ...counted, listWithStats: () => Promise.reject(new Error("bad inode")) };
  assert.equal(await namesIn("size", damaged), atOnce);
  assert.equal(stats, 1000);
});

test("whoever cancels does not wait", async () => {
  const control = new AbortController();
  control.abort();
  await assert.rejects(orderEntries(tree, "", await tree.list(""), "stored", control.signal), { name: "AbortError" });
});
