// The index has every path of a tree, says what it could not read, and stays within its limits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FileTree, memoryTree } from "../../../image/src/index.ts";
import { indexPaths, signMask } from "./path-index.ts";

const tree = memoryTree({
  "usr/bin/Hello": "a",
  "usr/lib/link": { target: "../bin/Hello" },
  "usr/lib/systemd/system/a.service": "b",
  "etc/caf\udce9": "c",
});

test("a folder comes before what is in it, links are not followed, and odd names are there", async () => {
  const { index, done } = indexPaths(tree);
  await done;
  assert.deepEqual(index.paths, [
    ...["etc", "etc/caf\udce9", "usr", "usr/bin", "usr/bin/Hello", "usr/lib", "usr/lib/link"],
    ...["usr/lib/systemd", "usr/lib/systemd/system", "usr/lib/systemd/system/a.service"],
  ]);
  assert.equal(index.folded[4], "usr/bin/hello");
  assert.equal(index.types[6], "symlink");
  for (const [at, folded] of index.folded.entries()) assert.equal(index.masks[at], signMask(folded), folded);
});

test("a folder that cannot be read is counted, and the rest is there", async () => {
  const broken: FileTree = {
    ...tree,
    list: (path) => (path === "usr/lib" ? Promise.reject(new Error("damaged")) : tree.list(path)),
  };
  const { index, done } = indexPaths(broken);
  await done;
  assert.equal(index.unread, 1);
  assert.equal(index.paths.at(-1), "usr/lib");
});

test("a root that cannot be read is an error", async () => {
  const { done } = indexPaths({ ...tree, list: () => Promise.reject(new Error("damaged")) });
  await assert.rejects(done, { message: "damaged" });
});

test("an index ends at its limits", async () => {
  const few = indexPaths(tree, { limits: { names: 4, length: 1000 } });
  await few.done;
  assert.deepEqual([few.index.paths.length, few.index.cut], [4, true]);
  const short = indexPaths(tree, { limits: { names: 1000, length: 20 } });
  await short.done;
  assert.ok(short.index.cut && short.index.paths.join("").length <= 20);
});

test("what never ends is no danger", async () => {
  const endless: FileTree = { ...tree, list: async () => [{ name: "folder", type: "directory" }] };
  const { index, done } = indexPaths(endless, { limits: { names: 100_000, length: 1_000_000 } });
  await done;
  assert.ok(index.cut);
});

test("whoever cancels does not wait for the rest", async () => {
  const control = new AbortController();
  const many = memoryTree(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}/x`, ""])));
  const slow: FileTree = {
    ...many,
    list: async (path) => {
      if (path === "f1000") control.abort();
      if (control.signal.aborted) throw control.signal.reason;
      return await many.list(path);
    },
  };
  const { index, done } = indexPaths(slow, { signal: control.signal });
  await assert.rejects(done, { name: "AbortError" });
  assert.ok(index.paths.length < 5000);
});
