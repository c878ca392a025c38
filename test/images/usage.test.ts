// Where the bytes of a real image go: the sums are those of a walk over all files, and of what squashfs has written.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { countUsage, type UsageFolder, walkTree } from "../../image/src/index.ts";
import { openImageFile } from "../../image/src/node/index.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { makeSampleTree, makeSquashfs } from "./sample-tree.ts";

/** The sum of what lies in the folders themselves, which no folder counts for another. */
function leaves(folder: UsageFolder): number {
  const own = folder.largest.reduce((sum, { real }) => sum + real, folder.rest.real);
  return folder.folders.reduce((sum, below) => sum + leaves(below), own);
}

test("the sums of an image are those of its files, each counted once", async (t) => {
  if (!requireTool(t, "mksquashfs")) return;
  const folder = tempFolder(t);
  const tree = path.join(folder, "tree");
  mkdirSync(tree);
  makeSampleTree(tree);
  const file = path.join(folder, "image.raw");
  makeSquashfs(tree, file);
  const image = await openImageFile(file);
  try {
    const { root, counts, storedKnown, unreadable } = await countUsage(image.tree);
    const expected = { real: 0, stored: 0, files: 0, folders: 0, symlinks: 0 };
    const seen = new Set<string>();
    for await (const { path: at, type } of walkTree(image.tree, "")) {
      if (type === "directory") expected.folders += 1;
      if (type === "symlink") expected.symlinks += 1;
      if (type !== "file") continue;
      const { size, identity } = await image.tree.stat(at);
      if (identity !== undefined && seen.has(identity)) continue;
      if (identity !== undefined) seen.add(identity);
      expected.files += 1;
      expected.real += size;
      expected.stored += (await image.tree.storedSize?.(at)) ?? 0;
    }
    assert.deepEqual([storedKnown, unreadable], [true, 0]);
    assert.equal(root.real, expected.real);
    assert.equal(root.real, leaves(root));
    assert.ok(Math.abs((root.stored ?? 0) - expected.stored) < 1);
    const { files, folders, symlinks } = counts;
    assert.deepEqual(
      { files, folders, symlinks },
      { files: expected.files, folders: expected.folders, symlinks: expected.symlinks },
    );
    assert.ok(
      (root.stored ?? 0) > 0 && (root.stored ?? 0) <= image.facts.bytesUsed,
      "contents take less than the image",
    );
  } finally {
    await image.close();
  }
});
