// Differences as a tree: folders that do not differ themselves stand in one line with what they hold.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ChangeNode, changeTree } from "./change-tree.ts";
import type { PageRow } from "./messages.ts";

function row(path: string): PageRow {
  return { path, change: "added", word: "added", aspects: [], size: "", opens: true };
}

/** The tree as lines, two spaces a level, with a star where a path differs itself. */
function linesOf(nodes: readonly ChangeNode[], indent = ""): string[] {
  return nodes.flatMap(({ name, row: found, children }) => [
    `${indent}${name}${found === undefined ? "" : " *"}`,
    ...linesOf(children, `${indent}  `),
  ]);
}

function tree(...paths: readonly string[]): string[] {
  return linesOf(changeTree(paths.map(row)));
}

test("folders with one folder alone stand in one line, and a file has a line of its own", () => {
  assert.deepEqual(tree("usr/lib/systemd/a", "usr/lib/systemd/b"), ["usr/lib/systemd", "  a *", "  b *"]);
  assert.deepEqual(tree("usr/lib/a"), ["usr/lib", "  a *"]);
  assert.deepEqual(tree("a"), ["a *"]);
});

test("a folder that differs itself has its own line, and joins those above it", () => {
  assert.deepEqual(tree("usr/lib", "usr/lib/x/a"), ["usr/lib *", "  x", "    a *"]);
  assert.deepEqual(tree("usr/lib", "usr/bin"), ["usr", "  lib *", "  bin *"]);
});

test("a line leads to the last of its folders", () => {
  const [top] = changeTree([row("usr/lib"), row("usr/lib/x/a")]);
  assert.deepEqual(
    [top?.path, top?.children[0]?.path, top?.children[0]?.children[0]?.path],
    [...["usr/lib", "usr/lib/x", "usr/lib/x/a"]],
  );
  assert.equal(top?.row?.path, "usr/lib");
});

test("odd names are names", () => {
  assert.deepEqual(tree("__proto__/constructor", "__proto__/toString"), [
    "__proto__",
    "  constructor *",
    "  toString *",
  ]);
});
