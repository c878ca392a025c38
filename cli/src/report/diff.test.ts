import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChangedFile, TreeChange } from "../../../image/src/index.ts";
import { changeJson, changeLine, totalLine } from "./diff.ts";

const file: ChangedFile = { type: "file", mode: 0o755, uid: 0, gid: 0, size: 10, mtime: 0, nlink: 1 };

const added: TreeChange = { path: "a", change: "added", type: "file", aspects: [], after: file, bytes: 10 };
const removed: TreeChange = { path: "b", change: "removed", type: "file", aspects: [], before: file, bytes: -1500 };
const changed: TreeChange = {
  ...{ path: "c", change: "changed", type: "file", bytes: 12 },
  aspects: ["mode", "owner", "mtime", "size", "xattrs", "links"],
  before: file,
  after: { ...file, mode: 0o4644, uid: 1, gid: 2, mtime: 60, size: 22 },
};

test("a line says what happened to a path, with the amount and its sign", () => {
  assert.equal(changeLine(added), "+ a  +10 bytes\n");
  assert.equal(changeLine(removed), "- b  -1.5 kB\n");
  assert.equal(changeLine({ ...added, bytes: 1 }), "+ a  +1 byte\n");
  assert.equal(changeLine({ ...added, bytes: 999 }), "+ a  +999 bytes\n");
  assert.equal(changeLine({ ...added, bytes: 1000 }), "+ a  +1 kB\n");
});

test("a changed file shows each aspect, the earlier value first", () => {
  assert.equal(
    changeLine(changed),
    "~ c  mode 0755 -> 4644 (-rwSr--r--), owner 0:0 -> 1:2, time 1970-01-01 00:00:00 -> 1970-01-01 00:01:00, " +
      "content, extended attributes, hard links, +12 bytes\n",
  );
  assert.equal(changeLine({ ...changed, aspects: ["size"], bytes: 0 }), "~ c  content\n");
  const link: ChangedFile = { ...file, type: "symlink", target: "old" };
  assert.equal(
    changeLine({
      ...{ path: "l", change: "changed", type: "symlink", bytes: 0, aspects: ["type", "target"] },
      before: file,
      after: link,
    }),
    '~ l  type file -> symlink, target "" -> "old"\n',
  );
});

test("folders, links and devices that only one side has show what they are", () => {
  assert.equal(changeLine({ ...added, type: "directory", bytes: 0 }), "+ a/\n");
  assert.equal(changeLine({ ...added, type: "fifo", bytes: 0 }), "+ a  fifo\n");
  const target = { ...file, type: "symlink", target: "x\n" } as const;
  assert.equal(changeLine({ ...removed, type: "symlink", before: target, bytes: 0 }), "- b  -> x\\n\n");
});

test("the last line counts each kind and adds the bytes", () => {
  assert.equal(totalLine([]), "no differences\n");
  assert.equal(totalLine([added, added, removed, changed]), "2 added, 1 removed, 1 changed; -1.47 kB\n");
  assert.equal(totalLine([{ ...changed, bytes: 0 }]), "1 changed; same total size\n");
});

test("JSON has aspects of what both sides have, and the facts of each side", () => {
  const facts = { type: "file", mode: "0755", uid: 0, gid: 0, size: 10, mtime: 0 };
  assert.deepEqual(changeJson(added), { path: "a", change: "added", type: "file", after: facts, bytes: 10 });
  assert.deepEqual(changeJson(removed), { path: "b", change: "removed", type: "file", before: facts, bytes: -1500 });
  assert.deepEqual(changeJson(changed), {
    ...{ path: "c", change: "changed", type: "file", aspects: changed.aspects, before: facts, bytes: 12 },
    after: { ...facts, mode: "4644", uid: 1, gid: 2, size: 22, mtime: 60 },
  });
  const link: ChangedFile = { ...file, type: "symlink", target: "x" };
  assert.deepEqual(changeJson({ ...added, type: "symlink", after: link }), {
    ...{ path: "a", change: "added", type: "symlink", bytes: 10 },
    after: { ...facts, type: "symlink", target: "x" },
  });
});
