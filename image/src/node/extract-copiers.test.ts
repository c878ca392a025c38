// Who copies a file: this thread what is small, other threads what is large once there is much to copy.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileStat } from "../tree/file-tree.ts";
import { memoryTree } from "../tree/memory-tree.ts";
import { createCopiers } from "./extract-copiers.ts";

const large = 128 << 10;
const much = 32 << 20;
const tree = memoryTree({});
const image = { handle: { descriptor: -1, size: 0 }, root: "usr" };
const fileOf = (size: number): FileStat => ({
  ...{ type: "file", mode: 0o644, uid: 0, gid: 0, size, mtime: 0, nlink: 1 },
});

test("without an image this thread copies all", async () => {
  const copiers = createCopiers(tree, {});
  for (let i = 0; i < 3; i++) assert.equal(copiers.of(fileOf(2 ** 40)).depth, 1);
  copiers.stop(new Error("own"));
  await copiers.close();
});

test("threads begin with 32 MiB of files, of which one is large", async () => {
  const here = (first: number, second: number) => {
    const copiers = createCopiers(tree, { image });
    const [before, after] = [copiers.of(fileOf(first)), copiers.of(fileOf(second))];
    return { isHere: before === after, close: copiers.close };
  };
  for (const [first, second, isHere] of [
    [much - large - 1, large, true],
    [much - large, large, false],
    [much - 1, large - 1, true],
    [0, much - 1, true],
    [0, much, false],
  ] as const) {
    const found = here(first, second);
    assert.equal(found.isHere, isHere, `${first} ${second}`);
    await found.close();
  }
});
