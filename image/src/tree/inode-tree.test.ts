// Files of a file system of inodes by their paths: what is found, what is kept, and which folders are damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileStat, FileType } from "./file-tree.ts";
import { type InodeEntry, type InodeFileSystem, inodeTree } from "./inode-tree.ts";

interface TestInode {
  readonly type: FileType;
  readonly place: number;
  readonly entries?: Readonly<Record<string, number>>;
  readonly content?: string;
}

type Inode = { readonly [Type in FileType]: TestInode & { readonly type: Type } }[FileType];

const file = (place: number, content: string): Inode => ({ type: "file", place, content });
const folder = (place: number, entries: Readonly<Record<string, number>>): Inode => ({
  type: "directory",
  place,
  entries,
});

const inodes: readonly Inode[] = [
  folder(0, { file: 1, folder: 2, link: 3, char: 6 }),
  file(1, "content"),
  folder(2, { inner: 4 }),
  { type: "symlink", place: 3, content: "target" },
  folder(4, { deep: 5 }),
  file(5, "deep"),
  { type: "char", place: 6 },
];

const statOf = ({ type, place, content = "" }: Inode): FileStat => ({
  ...{ type, mode: 0o644, uid: 0, gid: 0, size: content.length, mtime: place, nlink: 1 },
});

function treeOf(all: readonly Inode[] = inodes, more: Partial<InodeFileSystem<number, Inode>> = {}) {
  const calls: string[] = [];
  const inodeAt = (place: number) => all[place] ?? assert.fail(`there is no inode ${place}`);
  const tree = inodeTree<number, Inode>({
    root: 0,
    keyOf: String,
    offsetOf: (place) => place * 100,
    async readInode(place) {
      calls.push(`inode ${place}`);
      return inodeAt(place);
    },
    async readDirectory({ place, entries = {} }) {
      calls.push(`entries ${place}`);
      const found = Object.entries(entries).map(([name, inode]): [string, InodeEntry<number>] => [
        name,
        { name, inode, type: inodeAt(inode).type },
      ]);
      return new Map(found);
    },
    stat: async (inode) => statOf(inode),
    sizeOf: ({ content = "" }) => content.length,
    read: async ({ content = "" }, offset, length) =>
      new Uint8Array(Buffer.from(content.slice(offset, offset + length))),
    readLink: async ({ content = "" }) => content,
    xattrs: async ({ place }) => new Map([["user.place", Uint8Array.of(place)]]),
    storedSize: async ({ content = "" }) => content.length * 2,
    ...more,
  });
  return { ...tree, calls };
}

test("each file is found by its path", async () => {
  const tree = treeOf();
  assert.deepEqual(await tree.list(""), [
    { name: "file", type: "file" },
    { name: "folder", type: "directory" },
    { name: "link", type: "symlink" },
    { name: "char", type: "char" },
  ]);
  assert.deepEqual(await tree.list("folder/inner"), [{ name: "deep", type: "file" }]);
  for (const [path, place] of [
    ["", 0],
    ["file", 1],
    ["folder", 2],
    ["folder/inner", 4],
    ["folder/inner/deep", 5],
  ] as const) {
    assert.equal((await tree.stat(path)).mtime, place);
    assert.deepEqual(await tree.xattrs(path), new Map([["user.place", Uint8Array.of(place)]]));
  }
  assert.equal(await tree.readLink("link"), "target");
  assert.deepEqual(await Promise.all(["file", "folder", "link"].map((path) => tree.storedSize?.(path))), [14, 0, 0]);
});

test("a range of a file ends with the file", async () => {
  const text = async (...range: [number, number]) => Buffer.from(await treeOf().read("file", ...range)).toString();
  assert.deepEqual(
    await Promise.all([text(0, 7), text(2, 3), text(5, 99), text(7, 1), text(99, 1), text(0, 0), text(0, 2 ** 50)]),
    ["content", "nte", "nt", "", "", "", "content"],
  );
  const large = treeOf(inodes, {
    sizeOf: () => 2 ** 40,
    read: async (_, offset, length) => Uint8Array.of(offset, length % 251),
  });
  assert.deepEqual(await large.read("file", 1, 2 ** 30), Uint8Array.of(1, 2 ** 30 % 251));
  await assert.rejects(large.read("file", 0, 2 ** 30 + 1), { kind: "unsupported", message: /read it in parts/ });
});

test("what is not there or is something else is an io error that says what was to be done", async () => {
  const tree = treeOf();
  const refused = (what: Promise<unknown> | undefined, message: string) =>
    assert.rejects(what ?? Promise.resolve(), { kind: "io", message });
  await refused(tree.stat("none"), 'cannot read "none": no such file or folder');
  await refused(tree.stat("/file"), 'cannot read "/file": no such file or folder');
  await refused(tree.stat("file/x"), 'cannot read "file/x": no such file or folder');
  await refused(tree.stat("none/x/y"), 'cannot read "none/x/y": no such file or folder');
  await refused(tree.list("none"), 'cannot read the folder "none": no such file or folder');
  await refused(tree.list("file"), 'cannot read the folder "file": it is a file');
  await refused(tree.list("char"), 'cannot read the folder "char": it is a device');
  await refused(tree.listWithStats?.("link"), 'cannot read the folder "link": it is a symlink');
  await refused(tree.read("folder", 0, 1), 'cannot read "folder": it is a folder');
  await refused(tree.readLink("file"), 'cannot read the symlink "file": it is a file');
  await refused(tree.xattrs("none"), 'cannot read the attributes of "none": no such file or folder');
  await refused(tree.storedSize?.("none"), 'cannot read "none": no such file or folder');
});

test("folders and their entries are read once", async () => {
  const tree = treeOf();
  for (let i = 0; i < 2; i++) await tree.stat("folder/inner/deep");
  assert.deepEqual(tree.calls, [
    ...["inode 0", "entries 0", "inode 2", "entries 2", "inode 4", "entries 4", "inode 5"],
    "inode 5",
  ]);
});

test("a name of a folder may be found without its other entries, unless these are there", async () => {
  const asked: string[] = [];
  const find = {
    async findEntry({ place }: Inode, name: string): Promise<InodeEntry<number> | undefined> {
      asked.push(`${place} ${name}`);
      return name === "file" ? { name, type: "file", inode: 1 } : undefined;
    },
  };
  const tree = treeOf(inodes, find);
  assert.equal((await tree.stat("file")).mtime, 1);
  await assert.rejects(tree.stat("none"), { kind: "io" });
  assert.deepEqual(
    [asked, tree.calls],
    [
      ["0 file", "0 none"],
      ["inode 0", "inode 1"],
    ],
  );
  await tree.list("");
  await tree.stat("link");
  assert.equal(asked.length, 2);
  const whole = treeOf(inodes, { findEntry: () => undefined });
  assert.equal((await whole.stat("file")).mtime, 1);
});

test("facts come at once where the file system knows them, and the longer way where it does not", async () => {
  const known = (place: number) => (place === 3 ? undefined : statOf(inodes[place] ?? assert.fail("no inode")));
  const tree = treeOf(inodes, { statNow: known });
  const all = (await tree.listWithStats?.("")) ?? [];
  assert.deepEqual(
    all.map(({ name, type, stat }) => [name, type, stat.mtime]),
    [
      ["file", "file", 1],
      ["folder", "directory", 2],
      ["link", "symlink", 3],
      ["char", "char", 6],
    ],
  );
  assert.deepEqual(tree.calls, ["inode 0", "entries 0", "inode 3"]);
  await tree.stat("file");
  assert.equal(tree.calls.length, 3);
  const inner = await tree.listWithStats?.("folder/inner");
  assert.equal(inner?.[0]?.stat.mtime, 5);
  for (const statNow of [() => assert.fail("own"), () => statOf(folder(9, {}))]) {
    const doubtful = treeOf(inodes, { statNow });
    await doubtful.list("");
    assert.equal((await doubtful.stat("file")).mtime, 1);
  }
});

test("folders in two places and entries of another type than their inode are damage", async () => {
  const loop = treeOf([folder(0, { a: 1 }), folder(1, { b: 1 })]);
  assert.equal((await loop.list("a")).length, 1);
  await assert.rejects(loop.list("a/b"), { kind: "corrupt", offset: 100, message: /more than one parent/ });
  const twice = treeOf([folder(0, { a: 1, b: 1 }), folder(1, {})]);
  await twice.list("b");
  await assert.rejects(twice.list("a"), { kind: "corrupt", offset: 100, message: /more than one parent/ });
  await assert.rejects(treeOf([file(0, "")]).list(""), {
    kind: "corrupt",
    offset: 0,
    message: /inode is that of a file/,
  });
  const lying = (type: FileType) =>
    treeOf(inodes, { readDirectory: async () => new Map([["x", { name: "x", inode: 1, type }]]) });
  await assert.rejects(lying("fifo").stat("x"), {
    kind: "corrupt",
    offset: 100,
    message: /says fifo and its inode file/,
  });
  await assert.rejects(lying("directory").list("x"), { kind: "corrupt", message: /inode is that of a file/ });
});

test("everything ends with an abort", async () => {
  const tree = treeOf(inodes, { statNow: (place) => statOf(inodes[place] ?? assert.fail("no inode")) });
  await tree.list("folder/inner");
  const signal = AbortSignal.abort();
  for (const ended of [
    () => tree.list("", signal),
    () => tree.listWithStats?.("", signal),
    () => tree.stat("folder/inner", signal),
    () => tree.read("file", 0, 1, signal),
    () => tree.readLink("link", signal),
    () => tree.xattrs("", signal),
  ]) {
    await assert.rejects(async () => await ended(), { name: "AbortError" });
  }
});
