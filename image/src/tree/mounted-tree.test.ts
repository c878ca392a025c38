// A tree in the place of a folder of another one: each path leads to one of the two.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileTree } from "./file-tree.ts";
import { memoryTree } from "./memory-tree.ts";
import { mountTree } from "./mounted-tree.ts";

const outer: FileTree = {
  ...memoryTree({ "": { type: "directory", mode: 0o700 }, "usr/hidden": "", "usrx/file": "outer", a: "a" }),
  storedSize: async () => 1,
};
const inner: FileTree = {
  ...memoryTree({
    "": { type: "directory", mode: 0o711, xattrs: { "user.x": new Uint8Array(1) } },
    file: "inner",
    link: { target: "file" },
  }),
  storedSize: async () => 2,
};

test("what is mounted hides what was there, and a name that only begins alike is another", async () => {
  const tree = mountTree(outer, "usr", inner);
  assert.deepEqual(
    (await tree.list("")).map(({ name }) => name),
    ["a", "usr", "usrx"],
  );
  assert.deepEqual(
    (await tree.list("usr")).map(({ name }) => name),
    ["file", "link"],
  );
  assert.equal(Buffer.from(await tree.read("usr/file", 1, 3)).toString(), "nne");
  assert.equal(Buffer.from(await tree.read("usrx/file", 0, 9)).toString(), "outer");
  assert.equal(await tree.readLink("usr/link"), "file");
  assert.deepEqual([(await tree.stat("")).mode, (await tree.stat("usr")).mode], [0o700, 0o711]);
  assert.deepEqual([await tree.storedSize?.("a"), await tree.storedSize?.("usr/file")], [1, 2]);
  assert.equal((await tree.xattrs("usr"))?.size, 1);
  await assert.rejects(tree.stat("usr/hidden"), { kind: "io" });
});

test("without an outer tree there is the mounted folder and nothing else", async () => {
  const tree = mountTree(undefined, "usr", inner);
  assert.deepEqual(await tree.list(""), [{ name: "usr", type: "directory" }]);
  assert.equal((await tree.stat("")).mode, 0o711);
  assert.deepEqual([await tree.storedSize?.(""), await tree.storedSize?.("usr")], [0, 2]);
  assert.equal((await tree.xattrs(""))?.size, 0);
  await assert.rejects(tree.list("other"), { kind: "io", message: 'cannot read "other": no such file or folder' });
});

test("a tree that does not tell what is stored stores nothing", async () => {
  const { storedSize: _, ...plain } = inner;
  assert.equal(await mountTree(outer, "usr", plain).storedSize?.("usr/file"), 0);
});
