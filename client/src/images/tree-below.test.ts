// A folder as a root, and which folder several files have in common.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../image/src/index.ts";
import { commonFolder, treeBelow } from "./tree-below.ts";

test("the folder's entries are the root's, and all questions reach them", async () => {
  const whole = memoryTree({ "usr/lib/a/file": { content: "text", mode: 0o600 }, "usr/lib/link": { target: "a" } });
  const tree = treeBelow({ ...whole, storedSize: async (path) => path.length }, "usr/lib");
  assert.deepEqual(
    (await tree.list("")).map(({ name }) => name),
    ["a", "link"],
  );
  assert.equal((await tree.stat("a/file")).mode, 0o600);
  assert.equal((await tree.stat("")).type, "directory");
  assert.equal(Buffer.from(await tree.read("a/file", 1, 2)).toString(), "ex");
  assert.equal(await tree.readLink("link"), "a");
  assert.equal((await tree.xattrs("a"))?.size, 0);
  assert.equal(await tree.storedSize?.("a/file"), "usr/lib/a/file".length);
  assert.equal(tree.listWithStats, undefined);
  assert.equal(treeBelow(whole, ""), whole);
});

test("the common folder holds all paths", () => {
  assert.equal(commonFolder(["usr/bin/a"]), "usr/bin");
  assert.equal(commonFolder(["usr/bin/a", "usr/bin/b"]), "usr/bin");
  assert.equal(commonFolder(["usr/bin/a", "usr/lib/b/c"]), "usr");
  assert.equal(commonFolder(["usr/lib", "usr/lib/b/c"]), "usr");
  assert.equal(commonFolder(["usr/library/x", "usr/lib/y"]), "usr");
  assert.equal(commonFolder(["usr/bin/a", "usr"]), "");
  assert.equal(commonFolder(["", "usr/bin/a"]), "");
});
