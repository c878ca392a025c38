import assert from "node:assert/strict";
import { test } from "node:test";
import { compareTrees } from "./compare.ts";
import type { FileTree } from "./file-tree.ts";
import { type MemoryFiles, memoryTree } from "./memory-tree.ts";

const before: MemoryFiles = { "usr/bin/tool": "tool", "usr/lib/link": { target: "a" }, "usr/share/doc": "text" };

const compare = (changes: MemoryFiles, options = {}) =>
  compareTrees(memoryTree(before), memoryTree({ ...before, ...changes }), options);

test("equal trees have no differences", async () => {
  assert.deepEqual(await compare({}), []);
});

for (const [aspect, path, file] of [
  ["mode", "usr/bin/tool", { content: "tool", mode: 0o755 }],
  ["owner", "usr/bin/tool", { content: "tool", uid: 1 }],
  ["mtime", "usr/bin/tool", { content: "tool", mtime: 1 }],
  ["content", "usr/bin/tool", { content: "loot" }],
  ["target", "usr/lib/link", { target: "b" }],
  ["xattrs", "usr/bin/tool", { content: "tool", xattrs: { "user.a": new Uint8Array(1) } }],
] as const) {
  test(`another ${aspect} is told, and not when it is to be ignored`, async () => {
    assert.deepEqual(await compare({ [path]: file }), [{ path, change: aspect }]);
    assert.deepEqual(await compare({ [path]: file }, { ignore: [aspect] }), []);
  });
}

test("another type is told alone", async () => {
  assert.deepEqual(await compare({ "usr/bin/tool": { target: "x" } }), [{ path: "usr/bin/tool", change: "type" }]);
});

test("what only one tree has is told in the order of names", async () => {
  const after = memoryTree({ "usr/bin/tool": "tool", "usr/new/file": "", "usr/share/doc": "text" });
  assert.deepEqual(await compareTrees(memoryTree(before), after), [
    { path: "usr/lib", change: "removed" },
    { path: "usr/new", change: "added" },
  ]);
});

test("two names of one file differ from two files of the same content", async () => {
  const plain = memoryTree({ a: "x", b: "x" });
  const linked: FileTree = {
    ...plain,
    stat: async (path) => ({ ...(await plain.stat(path)), ...(path === "" ? {} : { identity: "one" }) }),
  };
  assert.deepEqual(await compareTrees(plain, linked), [{ path: "b", change: "links" }]);
});
