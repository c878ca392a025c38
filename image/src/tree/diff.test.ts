// Each path that differs is told once, with what differs and by how much.
import assert from "node:assert/strict";
import { test } from "node:test";
import { diffTrees, type TreeChange } from "./diff.ts";
import { type MemoryFiles, memoryTree } from "./memory-tree.ts";
import { storedTree } from "./stored-tree.ts";

async function changesOf(before: MemoryFiles, after: MemoryFiles): Promise<string[]> {
  const changes = await diffTrees(memoryTree(before), memoryTree(after), { ignore: ["mtime"] });
  return changes.map(textOf);
}

function textOf({ path, change, type, aspects, bytes }: TreeChange): string {
  return [change, type, path, aspects.join("+"), bytes].filter((part) => part !== "").join(" ");
}

const same = { "usr/a": "1234", "usr/link": { target: "a" } };

test("equal trees have no changes, whatever their times", async () => {
  assert.deepEqual(await changesOf(same, { ...same, "usr/a": { content: "1234", mtime: 5 } }), []);
});

test("what only one tree has is told with all that is in it", async () => {
  const more = { ...same, "usr/new/deep/file": "12", "usr/new/link": { target: "x" } };
  assert.deepEqual(await changesOf(same, more), [
    "added directory usr/new 0",
    "added directory usr/new/deep 0",
    "added file usr/new/deep/file 2",
    "added symlink usr/new/link 0",
  ]);
  assert.deepEqual(await changesOf(more, same), [
    "removed directory usr/new 0",
    "removed directory usr/new/deep 0",
    "removed file usr/new/deep/file -2",
    "removed symlink usr/new/link 0",
  ]);
});

test("content, size, mode, owner, target, attributes and links are told by name", async () => {
  assert.deepEqual(await changesOf(same, { ...same, "usr/a": "1235" }), ["changed file usr/a content 0"]);
  assert.deepEqual(await changesOf(same, { ...same, "usr/a": "12345" }), ["changed file usr/a size 1"]);
  const other = { content: "12", mode: 0o755, uid: 7, xattrs: { "user.x": new Uint8Array(1) } };
  assert.deepEqual(await changesOf(same, { ...same, "usr/a": other }), [
    "changed file usr/a mode+owner+size+xattrs -2",
  ]);
  assert.deepEqual(await changesOf(same, { ...same, "usr/link": { target: "b" } }), [
    "changed symlink usr/link target 0",
  ]);
});

test("a folder that became a file loses what was in it", async () => {
  const folder = { "usr/x/one": "1", "usr/x/two": "22" };
  assert.deepEqual(await changesOf(folder, { "usr/x": "333" }), [
    "changed file usr/x type 3",
    "removed file usr/x/one -1",
    "removed file usr/x/two -2",
  ]);
  assert.deepEqual(await changesOf({ "usr/x": "333" }, folder), [
    "changed directory usr/x type -3",
    "added file usr/x/one 1",
    "added file usr/x/two 2",
  ]);
});

test("of a source tree only the hierarchies count, as root's", async () => {
  const source = memoryTree({
    "usr/a": { content: "1234", uid: 1000, gid: 1000 },
    "README.md": "x",
    "usr/link": { target: "a" },
  });
  const stored = storedTree(source, ["usr"]);
  assert.deepEqual(await diffTrees(memoryTree(same), stored, { ignore: ["mtime"] }), []);
  const cut = storedTree(
    memoryTree({ "usr/a": { content: "", mtime: 90 }, "usr/b": { content: "", mtime: 7 } }),
    ["usr"],
    8,
  );
  assert.deepEqual([(await cut.stat("usr/a")).mtime, (await cut.stat("usr/b")).mtime], [8, 7]);
  await assert.rejects(stored.stat("README.md"), { name: "ImageError", message: /no such file/ });
  await assert.rejects(stored.list("other"), { name: "ImageError" });
});

test("what became something else names both sides, with targets of symlinks", async () => {
  const [change, ...more] = await diffTrees(memoryTree({ x: "123" }), memoryTree({ x: { target: "there" } }));
  assert.equal(more.length, 0);
  assert.deepEqual([change?.change, change?.type, change?.bytes], ["changed", "symlink", -3]);
  assert.deepEqual([change?.before?.target, change?.after?.target], [undefined, "there"]);
  assert.deepEqual([change?.before?.size, change?.after?.type], [3, "symlink"]);
});

test("what only one tree has is there on its side only", async () => {
  const [added] = await diffTrees(memoryTree({}), memoryTree({ a: "1" }));
  const [removed] = await diffTrees(memoryTree({ a: "1" }), memoryTree({}));
  assert.deepEqual([added?.before, added?.after?.size], [undefined, 1]);
  assert.deepEqual([removed?.before?.size, removed?.after], [1, undefined]);
});

test("a comparison that is aborted ends with the reason", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(diffTrees(memoryTree({ a: "1" }), memoryTree({ a: "2" }), { signal }), { name: "AbortError" });
});
