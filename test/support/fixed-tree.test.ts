// The judge of quick fixes sees each kind of change, and refuses what an editor could not do.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change } from "../../server/src/core/index.ts";
import { fixTree, wholeTree } from "./fixed-tree.ts";

const tree = {
  "usr/a": "one\ntwo\n",
  "usr/b/run": { content: "#!/bin/sh\n", mode: 0o755 },
  "usr/b/link": { target: "run" },
} as const;

function after(...changes: readonly Change[]) {
  return wholeTree(fixTree(tree, "usr/a", { title: "Do it", changes }));
}

function expected(files: Parameters<typeof wholeTree>[0]) {
  return wholeTree({ ...tree, ...files });
}

test("an edit changes the text of the finding's file", () => {
  assert.deepEqual(
    after(
      { kind: "edit", span: { start: 0, end: 3 }, text: "1" },
      { kind: "edit", span: { start: 4, end: 7 }, text: "2" },
    ),
    expected({ "usr/a": "1\n2\n" }),
  );
});

test("a folder is moved with its files, which keep modes and targets", () => {
  const { "usr/b/run": run, "usr/b/link": link, ...others } = tree;
  const moved = { ...others, "usr/c/run": run, "usr/c/link": link };
  assert.deepEqual(after({ kind: "rename", from: "usr/b", to: "usr/c" }), wholeTree(moved));
});

test("files are written and removed, and modes set", () => {
  assert.deepEqual(after({ kind: "write", path: "etc/x", text: "x\n" }), expected({ "etc/x": "x\n" }));
  assert.deepEqual(after({ kind: "remove", path: "usr/b" }), wholeTree({ "usr/a": tree["usr/a"] }));
  assert.deepEqual(
    after({ kind: "mode", path: "usr/a", mode: 0o600 }),
    expected({ "usr/a": { content: "one\ntwo\n", mode: 0o600 } }),
  );
});

test("what is not there can be neither removed nor given a mode", () => {
  assert.throws(() => after({ kind: "remove", path: "usr/none" }), /not there/);
  assert.throws(() => after({ kind: "mode", path: "usr/none", mode: 0o644 }), /not there/);
});

test("a mode, a target and a kind of file make trees differ", () => {
  const plain = wholeTree({ a: "" });
  for (const other of [{ mode: 0o600 }, { target: "b" }, { type: "fifo" as const }, { content: "x" }]) {
    assert.notDeepEqual(wholeTree({ a: other }), plain);
  }
  assert.deepEqual(wholeTree({ a: { type: "file", mode: 0o644 } }), plain);
});
