// Entries of a tree on the host: what is made of each type, what is left out with which reason, and what is counted.
import assert from "node:assert/strict";
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { tempFolder } from "../../../test/support/tools.ts";
import type { FileTree } from "../tree/file-tree.ts";
import { type MemoryFiles, memoryTree } from "../tree/memory-tree.ts";
import { createCopiers } from "./extract-copiers.ts";
import { createEntryMaker, type ExtractRoles } from "./extract-entry.ts";
import { createPlacement } from "./extract-placement.ts";
import { createRestorer, type Restorer } from "./extract-restore.ts";
import { createTally } from "./extract-tally.ts";

const none = { files: 0, folders: 0, symlinks: 0, special: 0, bytes: 0, leftOut: [] };
const value = Uint8Array.of(1);

interface Extraction extends Partial<Pick<ExtractRoles, "isRoot" | "mayRunPrograms" | "signal">> {
  readonly force?: boolean;
  readonly change?: (tree: FileTree) => FileTree;
}

/** Makes entries below a new folder; `kept` are the calls of the restorer for what is done in the end. */
function extraction(t: TestContext, files: MemoryFiles, { force = false, change, ...roles }: Extraction = {}) {
  const folder = tempFolder(t);
  const own = memoryTree(files);
  const tree = change?.(own) ?? own;
  const tally = createTally();
  const kept: string[] = [];
  const extractor = { uid: process.getuid?.(), gid: process.getgid?.(), mayRunPrograms: false };
  const restorer: Restorer = {
    ...createRestorer(folder, extractor),
    addFolder: (entry) => void kept.push(`folder ${entry}`),
    addXattrs: (entry, xattrs) => void kept.push(`xattrs ${entry} ${[...xattrs.keys()]}`),
    addFile: (entry, mode) => void kept.push(`file ${entry} ${mode.toString(8)}`),
  };
  const maker = createEntryMaker({
    ...{ tree, placement: createPlacement(folder, force), restorer, copiers: createCopiers(tree, {}), tally },
    ...{ isRoot: false, mayRunPrograms: false, ...roles },
  });
  return { ...maker, folder, kept, counts: tally.counts, file: (name: string) => path.join(folder, name) };
}

const reasonsOf = ({ leftOut }: { leftOut: readonly { path: string; reason: string }[] }) =>
  leftOut.map(({ path: entry, reason }) => `${entry}: ${reason}`);

test("folders are made once, and one that is there is filled", async (t) => {
  const made = extraction(t, {
    new: { type: "directory", xattrs: { "user.a": value } },
    there: { type: "directory" },
    file: { type: "directory" },
  });
  mkdirSync(made.file("there"));
  writeFileSync(made.file("file"), "");
  assert.equal(await made.makeFolder("new"), true);
  assert.equal(await made.makeFolder("there"), true);
  assert.equal(await made.makeFolder("file"), false);
  assert.equal(lstatSync(made.file("new")).mode & 0o777, process.platform === "win32" ? 0o666 : 0o700);
  assert.deepEqual(made.kept, ["folder new", "xattrs new user.a"]);
  const { leftOut, ...counts } = made.counts();
  assert.deepEqual(counts, { files: 0, folders: 1, symlinks: 0, special: 0, bytes: 0 });
  assert.deepEqual(leftOut, [{ path: "file", reason: "there is already a file of this name", isThere: true }]);
});

test("files have their content, mode and time; one with attributes gets them in the end", async (t) => {
  const made = extraction(t, {
    plain: { content: "content", mode: 0o640, mtime: 1_500_000_000 },
    attributes: { content: "12", mode: 0o751, xattrs: { "user.a": value } },
    there: "new",
  });
  writeFileSync(made.file("there"), "old");
  for (const name of ["plain", "attributes", "there"]) await made.makeEntry(name, "file");
  assert.equal(readFileSync(made.file("plain"), "utf8"), "content");
  assert.equal(readFileSync(made.file("there"), "utf8"), "old");
  const { mode, mtimeMs } = lstatSync(made.file("plain"));
  assert.deepEqual([mode & 0o777, mtimeMs], [process.platform === "win32" ? 0o666 : 0o640, 1_500_000_000_000]);
  assert.deepEqual(made.kept, ["xattrs attributes user.a", "file attributes 751"]);
  const counts = made.counts();
  assert.deepEqual({ ...counts, leftOut: [] }, { ...none, files: 2, bytes: 9 });
  assert.deepEqual(reasonsOf(counts), ["there: there is already a file of this name"]);
  assert.deepEqual(readdirSync(made.folder).sort(), ["attributes", "plain", "there"]);
});

test("a file with several names is one file on the host, and copied where its first name could not be made", async (t) => {
  const files = { a: "same", b: "same", c: "same", x: "other" };
  const change = (tree: FileTree): FileTree => ({
    ...tree,
    stat: async (entry) => ({ ...(await tree.stat(entry)), ...(entry === "x" ? {} : { identity: "1" }) }),
  });
  const made = extraction(t, files, { change });
  await Promise.all(Object.keys(files).map((name) => made.makeEntry(name, "file")));
  const inode = (name: string) => lstatSync(made.file(name), { bigint: true }).ino;
  assert.equal(inode("a"), inode("b"));
  assert.equal(inode("a"), inode("c"));
  assert.notEqual(inode("a"), inode("x"));
  assert.deepEqual(made.counts(), { ...none, files: 4, bytes: 9 });

  const unreadable = extraction(t, files, {
    change: (tree) => ({
      ...change(tree),
      read: (entry, ...range) => (entry === "a" ? Promise.reject(new TypeError("own")) : tree.read(entry, ...range)),
    }),
  });
  await assert.rejects(unreadable.makeEntry("a", "file"), TypeError);
  await unreadable.makeEntry("b", "file");
  assert.deepEqual(readdirSync(unreadable.folder), ["b"]);
  assert.equal(unreadable.counts().files, 1);

  const taken = extraction(t, files, { change });
  writeFileSync(taken.file("b"), "old");
  for (const name of ["a", "b"]) await taken.makeEntry(name, "file");
  assert.equal(readFileSync(taken.file("b"), "utf8"), "old");
  assert.deepEqual([taken.counts().files, taken.counts().leftOut.length], [1, 1]);

  const forced = extraction(t, files, { change, force: true });
  writeFileSync(forced.file("b"), "old");
  for (const name of ["a", "b"]) await forced.makeEntry(name, "file");
  assert.equal(readFileSync(forced.file("b"), "utf8"), "same");
});

test("symlinks lead where they led", { skip: process.platform === "win32" }, async (t) => {
  const made = extraction(t, {
    link: { target: "../nowhere", mtime: 1_500_000_000 },
    odd: { target: "odd-\udcff", xattrs: { "user.a": value } },
    there: { target: "x" },
  });
  writeFileSync(made.file("there"), "");
  for (const name of ["link", "odd", "there"]) await made.makeEntry(name, "symlink");
  assert.equal(readlinkSync(made.file("link")), "../nowhere");
  assert.equal(lstatSync(made.file("link")).mtimeMs, 1_500_000_000_000);
  assert.deepEqual(readlinkSync(made.file("odd"), "buffer"), Buffer.from("odd-\xff", "latin1"));
  assert.deepEqual(made.kept, ["xattrs odd user.a"]);
  assert.equal(made.counts().symlinks, 2);
  assert.equal(made.counts().leftOut.length, 1);
});

test("what only a program or root can make is left out with the reason", async (t) => {
  const files: MemoryFiles = {
    socket: { type: "socket" },
    fifo: { type: "fifo" },
    char: { type: "char", rdev: 0x103 },
    block: { type: "block", rdev: 0x801 },
    "fifo-\udcff": { type: "fifo" },
  };
  const refused = async (names: readonly ("socket" | "fifo" | "char" | "block")[], options: Extraction) => {
    const made = extraction(t, files, options);
    for (const name of names) await made.makeEntry(name, name);
    assert.deepEqual({ ...made.counts(), leftOut: [] }, none);
    return reasonsOf(made.counts());
  };
  assert.deepEqual(await refused(["socket", "fifo", "char", "block"], {}), [
    "socket: a socket exists only while its program runs",
    "fifo: only a program can make a fifo, and none may be started here",
    "char: only a program can make a character device, and none may be started here",
    "block: only a program can make a block device, and none may be started here",
  ]);
  if (process.platform === "win32") return;
  assert.deepEqual(await refused(["socket", "char", "block"], { mayRunPrograms: true }), [
    "socket: a socket exists only while its program runs",
    "char: only root can make devices",
    "block: only root can make devices",
  ]);
  const odd = extraction(t, files, { mayRunPrograms: true });
  await odd.makeEntry("fifo-\udcff", "fifo");
  assert.deepEqual(reasonsOf(odd.counts()), [
    "fifo-\udcff: a device or fifo cannot have a name that is not UTF-8 here",
  ]);
});

test("a fifo is made by a program", { skip: process.platform === "win32" }, async (t) => {
  const made = extraction(t, { fifo: { type: "fifo", mode: 0o640 } }, { mayRunPrograms: true });
  await made.makeEntry("fifo", "fifo");
  const stats = lstatSync(made.file("fifo"));
  assert.deepEqual([stats.isFIFO(), stats.mode & 0o777, made.counts().special], [true, 0o640, 1]);
});

test("an entry that cannot be read throws and is not counted", async (t) => {
  const made = extraction(t, {});
  await assert.rejects(made.makeEntry("missing", "file"), { kind: "io" });
  await assert.rejects(made.makeFolder("missing"), { kind: "io" });
  assert.deepEqual(made.counts(), none);
});

test("a file that was there already is never given the other names of the image's file", async (t) => {
  const files = { a: "new", b: "new", c: "new" };
  const change = (tree: FileTree): FileTree => ({
    ...tree,
    stat: async (entry) => ({ ...(await tree.stat(entry)), identity: "1" }),
  });
  for (const inTheWay of ["file", "directory"] as const) {
    const made = extraction(t, files, { change });
    if (inTheWay === "file") writeFileSync(made.file("a"), "old");
    else mkdirSync(made.file("a"));
    for (const name of Object.keys(files)) await made.makeEntry(name, "file");
    assert.deepEqual([readFileSync(made.file("b"), "utf8"), readFileSync(made.file("c"), "utf8")], ["new", "new"]);
    assert.equal(lstatSync(made.file("b")).ino, lstatSync(made.file("c")).ino, "b and c are one file");
    const { leftOut, ...counts } = made.counts();
    assert.equal(counts.files, 2);
    assert.deepEqual(
      leftOut.map(({ path: entry }) => entry),
      ["a"],
    );
  }
});
