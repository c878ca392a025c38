// A source tree as its image holds it: only hierarchies, root's, and no later than the build's time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "./memory-tree.ts";
import { storedTree } from "./stored-tree.ts";

const xattrs = { "user.x": new Uint8Array(1) };
const source = memoryTree({
  "": { type: "directory", mode: 0o700, uid: 5, mtime: 50, xattrs },
  "usr/file": { content: "content", uid: 5, gid: 6, mtime: 40, mode: 0o640, xattrs },
  "usr/link": { target: "file" },
  "opt/file": "",
  usrx: "",
});
const tree = storedTree(source, ["usr", "opt"]);

test("the root lists the hierarchies in the order of their names, whatever else there is", async () => {
  assert.deepEqual(
    (await tree.list("")).map(({ name }) => name),
    ["opt", "usr"],
  );
  assert.deepEqual(
    (await tree.list("usr")).map(({ name }) => name),
    ["file", "link"],
  );
  for (const path of ["usrx", "other/x"]) await assert.rejects(tree.list(path), { kind: "io" });
  await assert.rejects(tree.stat("usrx"), { kind: "io" });
});

test("files are root's and keep their modes, and the root has its own", async () => {
  const { mode, uid, gid, mtime } = await tree.stat("usr/file");
  assert.deepEqual([mode, uid, gid, mtime], [0o640, 0, 0, 40]);
  const root = await tree.stat("");
  assert.deepEqual([root.mode, root.uid, root.mtime], [0o755, 0, 50]);
  assert.deepEqual([(await tree.xattrs(""))?.size, (await tree.xattrs("usr/file"))?.size], [0, 1]);
  assert.equal(await tree.readLink("usr/link"), "file");
  assert.equal(Buffer.from(await tree.read("usr/file", 3, 2)).toString(), "te");
});

test("no time is later than the latest", async () => {
  const cut = storedTree(source, ["usr"], 45);
  assert.deepEqual([(await cut.stat("")).mtime, (await cut.stat("usr/file")).mtime], [45, 40]);
});
