import assert from "node:assert/strict";
import { test } from "node:test";
import { compareTrees } from "./compare.ts";
import type { FileTree } from "./file-tree.ts";
import { type MemoryFiles, memoryTree } from "./memory-tree.ts";

const before: MemoryFiles = { "usr/bin/tool": "tool", "usr/lib/link": { target: "a" }, "usr/share/doc": "text" };

const attributed = { content: "tool", xattrs: { "user.a": new Uint8Array(1) } };

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

for (const [aspect, path, file] of [
  ["owner", "usr/bin/tool", { content: "tool", gid: 1 }],
  ["size", "usr/bin/tool", { content: "tools" }],
  ["xattrs", "usr/bin/tool", { content: "tool", xattrs: {} }],
] as const) {
  test(`another ${aspect} is told without a second one (${JSON.stringify(file)})`, async () => {
    const [base, change] = [
      { ...before, [path]: attributed },
      { ...before, [path]: { ...attributed, ...file } },
    ];
    assert.deepEqual(await compareTrees(memoryTree(base), memoryTree(change)), [{ path, change: aspect }]);
  });
}

test("an attribute with another value, or another name, is told; a tree that knows none differs from none", async () => {
  const tree = (name: string, value: number): FileTree =>
    memoryTree({ a: { content: "", xattrs: { [name]: Uint8Array.from([value]) } } });
  const told = [{ path: "a", change: "xattrs" }];
  assert.deepEqual(await compareTrees(tree("user.a", 1), tree("user.a", 1)), []);
  assert.deepEqual(await compareTrees(tree("user.a", 1), tree("user.a", 2)), told);
  assert.deepEqual(await compareTrees(tree("user.a", 1), tree("user.b", 1)), told);
  const ignorant: FileTree = { ...tree("user.a", 1), xattrs: async () => undefined };
  assert.deepEqual(await compareTrees(ignorant, tree("user.a", 2)), []);
  assert.deepEqual(await compareTrees(tree("user.a", 2), ignorant), []);
});

test("a device with other numbers is told", async () => {
  const device = (rdev: number) => memoryTree({ null: { type: "char", rdev } });
  assert.deepEqual(await compareTrees(device(0x103), device(0x105)), [{ path: "null", change: "device" }]);
});

test("one byte that differs is told, wherever it lies and however the bytes lie in memory", async () => {
  const size = 2 ** 20 + 7;
  for (const at of [0, 1, 3, 4, 2 ** 20 - 1, 2 ** 20, size - 1]) {
    for (const shift of [0, 1]) {
      const content = new Uint8Array(size + shift).subarray(shift);
      const other = content.slice();
      other[at] = 1;
      const found = await compareTrees(memoryTree({ a: content }), memoryTree({ a: other }));
      assert.deepEqual(found, [{ path: "a", change: "content" }], `byte ${at}, shifted by ${shift}`);
    }
  }
});

test("a file is read to its end and not behind it, and progress counts entries and bytes", async () => {
  const size = 2 ** 20 + 5;
  const tree = memoryTree({ "usr/a": new Uint8Array(size) });
  const reads: number[] = [];
  const noted: FileTree = {
    ...tree,
    read: async (path, offset, length) => {
      reads.push(length);
      return await tree.read(path, offset, length);
    },
  };
  const last = { entries: 0, bytes: 0 };
  await compareTrees(tree, noted, { onProgress: (progress) => Object.assign(last, progress) });
  assert.deepEqual(reads, [2 ** 20, 5]);
  assert.deepEqual(last, { entries: 3, bytes: size });
  assert.deepEqual(await compareTrees(tree, noted, { ignore: ["content"] }), []);
  assert.equal(reads.length, 2);
});

test("names of one file in both trees differ only where they are others", async () => {
  const linked = (files: MemoryFiles, identities: Readonly<Record<string, string>>): FileTree => {
    const tree = memoryTree(files);
    return {
      ...tree,
      stat: async (path) => {
        const identity = identities[path];
        return { ...(await tree.stat(path)), ...(identity === undefined ? {} : { identity }) };
      },
    };
  };
  const files = { a: "x", b: "x", c: "x" };
  const ab = linked(files, { a: "1", b: "1", c: "2" });
  assert.deepEqual(await compareTrees(ab, linked(files, { a: "7", b: "7", c: "8" })), []);
  assert.deepEqual(await compareTrees(ab, linked(files, { a: "7", b: "8", c: "7" })), [
    { path: "b", change: "links" },
    { path: "c", change: "links" },
  ]);
});
