// The marks of files are those that ls and overlayfs would see.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../image/src/index.ts";
import { entryMarks } from "./entry-marks.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const tree = memoryTree({
  "bin/plain": { mode: 0o755 },
  "bin/su": { mode: 0o4755, uid: 0 },
  "bin/wall": { mode: 0o2755, gid: 5 },
  "bin/all": { mode: 0o6777, uid: 1000, gid: 1000 },
  shared: { type: "directory", mode: 0o2775, gid: 7 },
  tmp: { type: "directory", mode: 0o1777 },
  open: { type: "directory", mode: 0o777 },
  gone: { type: "char", rdev: 0, mode: 0o666 },
  null: { type: "char", rdev: 0x103, mode: 0o666 },
  hidden: { content: "", xattrs: { "user.overlay.whiteout": bytes("") } },
  kept: { content: "x", xattrs: { "user.overlay.whiteout": bytes("") } },
  "opaque/a": "a",
  opaque: { type: "directory", xattrs: { "trusted.overlay.opaque": bytes("y") } },
  contains: { type: "directory", xattrs: { "user.overlay.opaque": bytes("x") } },
  labelled: { type: "directory", xattrs: { "security.selinux": bytes("y") } },
  "link-in": { target: "bin/plain" },
  "link-out": { target: "/etc/os-release" },
  "link-up": { target: "../../../nowhere" },
  "link-round": { target: "link-round" },
});

const kinds = async (path: string): Promise<string> => (await entryMarks(tree, path)).map(({ kind }) => kind).join(" ");

test("special permissions are marked, ordinary ones are not", async () => {
  assert.equal(await kinds("bin/plain"), "");
  assert.deepEqual(await entryMarks(tree, "bin/su"), [{ kind: "setuid", owner: 0 }]);
  assert.deepEqual(await entryMarks(tree, "bin/wall"), [{ kind: "setgid", group: 5, folder: false }]);
  assert.equal(await kinds("bin/all"), "setuid setgid writable");
  assert.deepEqual(await entryMarks(tree, "shared"), [{ kind: "setgid", group: 7, folder: true }]);
  assert.deepEqual(await entryMarks(tree, "tmp"), [{ kind: "writable", sticky: true }]);
  assert.deepEqual(await entryMarks(tree, "open"), [{ kind: "writable", sticky: false }]);
});

test("what overlayfs hides by is marked, whatever its mode", async () => {
  assert.equal(await kinds("gone"), "whiteout");
  assert.equal(await kinds("null"), "");
  assert.equal(await kinds("hidden"), "whiteout");
  assert.equal(await kinds("kept"), "");
  assert.equal(await kinds("opaque"), "opaque");
  assert.equal(await kinds("contains"), "");
  assert.equal(await kinds("labelled"), "");
});

test("links that lead nowhere are marked with what is missing", async () => {
  assert.equal(await kinds("link-in"), "");
  assert.deepEqual(await entryMarks(tree, "link-out"), [{ kind: "broken", target: "etc/os-release" }]);
  assert.deepEqual(await entryMarks(tree, "link-up"), [{ kind: "broken", target: "nowhere" }]);
  assert.equal(await kinds("link-round"), "circle");
});

test("whoever cancels gets no marks, also of a link", async () => {
  const control = new AbortController();
  const slow = {
    ...tree,
    readLink: async (path: string) => {
      control.abort();
      return await tree.readLink(path);
    },
  };
  await assert.rejects(entryMarks(slow, "link-round", control.signal), { name: "AbortError" });
});
