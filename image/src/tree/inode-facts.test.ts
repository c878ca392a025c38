// What all file systems of Linux have alike: types in modes, facts of inodes, names of entries.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileType } from "./file-tree.ts";
import { entriesByName, entryTypes, isDots, isEntryName, sizeOfInode, statOfInode, typeOfMode } from "./inode-facts.ts";

const types = ["fifo", "char", "directory", "block", "file", "symlink", "socket"] as const;

test("types are those of stat.h, and other numbers are damage at the inode", () => {
  const modes = [0o010644, 0o020644, 0o040755, 0o060600, 0o100644, 0o120777, 0o140755];
  assert.deepEqual(
    modes.map((mode) => typeOfMode(mode)),
    types,
  );
  for (const mode of [0, 0o030000, 0o160000, 0o177777]) {
    assert.throws(() => typeOfMode(mode, 99), { kind: "corrupt", offset: 99 });
  }
});

test("types beside names are those of dirent.h in the order of ext4", () => {
  assert.deepEqual(entryTypes, [undefined, "file", "directory", "char", "block", "fifo", "socket", "symlink"]);
});

function statOf(type: FileType, nlink: number) {
  const inode = { type, mode: 0o644, uid: 1, gid: 2, size: 9, mtime: 3, nlink };
  return statOfInode(inode, () => "key", 0x103);
}

test("files and symlinks have a size, devices their numbers, and what has several names an identity", () => {
  const facts = { mode: 0o644, uid: 1, gid: 2, mtime: 3 };
  assert.deepEqual(statOf("file", 1), { ...facts, type: "file", size: 9, nlink: 1 });
  assert.deepEqual(statOf("file", 2), { ...facts, type: "file", size: 9, nlink: 2, identity: "key" });
  assert.deepEqual(statOf("symlink", 0), { ...facts, type: "symlink", size: 9, nlink: 0 });
  assert.deepEqual(statOf("directory", 5), { ...facts, type: "directory", size: 0, nlink: 5 });
  assert.deepEqual(statOf("char", 1), { ...facts, type: "char", size: 0, nlink: 1, rdev: 0x103 });
  assert.deepEqual(statOf("block", 2), { ...facts, type: "block", size: 0, nlink: 2, identity: "key", rdev: 0x103 });
  assert.deepEqual(statOf("fifo", 2), { ...facts, type: "fifo", size: 0, nlink: 2, identity: "key" });
});

test("a size that no number holds is damage", () => {
  assert.equal(sizeOfInode(2 ** 53 - 1), 2 ** 53 - 1);
  assert.throws(() => sizeOfInode(2 ** 53, 7), { kind: "corrupt", offset: 7 });
});

test("names of entries are not empty and have neither slash nor zero", () => {
  assert.deepEqual(["a", ".", "..", "a b", "", "a/b", "a\0"].map(isEntryName), [
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  assert.deepEqual([".", "..", "...", ""].map(isDots), [true, true, false, false]);
});

test("entries are put in the order of their names' bytes, and a name that is there twice is damage", () => {
  const entry = (name: string, inode = 0) => ({ name, type: "file" as const, inode });
  assert.deepEqual([...entriesByName([entry("b"), entry("a"), entry("c")]).keys()], ["a", "b", "c"]);
  assert.equal(entriesByName([entry("a", 1), entry("b", 2)]).get("b")?.inode, 2);
  for (const names of [
    ["a", "a"],
    ["b", "a", "b"],
  ]) {
    assert.throws(
      () =>
        entriesByName(
          names.map((name) => entry(name)),
          5,
        ),
      { kind: "corrupt", offset: 5 },
    );
  }
});
