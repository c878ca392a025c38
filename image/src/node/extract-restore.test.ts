// What is restored of owner, mode and times, in which order, and what is noted when the system refuses.
import assert from "node:assert/strict";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../../test/support/tools.ts";
import type { FileStat } from "../tree/file-tree.ts";
import { createRestorer, type FactSetter } from "./extract-restore.ts";

const stat: FileStat = { type: "file", mode: 0o4755, uid: 7, gid: 8, size: 0, mtime: 1_500_000_000, nlink: 1 };
const root = { uid: 0, gid: 0, mayRunPrograms: false };
const user = { uid: 7, gid: 8, mayRunPrograms: false };

/** Writes down what is set; what `refused` names throws an error of that code. */
function recorder(refused: Partial<Record<"owner" | "mode" | "times", string>> = {}) {
  const calls: string[] = [];
  function record(what: "owner" | "mode" | "times", value: string): void {
    const code = refused[what];
    if (code !== undefined) throw Object.assign(new Error(code), { code });
    calls.push(`${what} ${value}`);
  }
  const setter: FactSetter = {
    setOwner: (uid, gid) => record("owner", `${uid}:${gid}`),
    setMode: (mode) => record("mode", mode.toString(8)),
    setTimes: (time) => record("times", String(time.getTime())),
  };
  return { calls, setter };
}

test("root gives the owner first, because that clears bits of the mode, and then mode and times", () => {
  const { calls, setter } = recorder();
  const restorer = createRestorer("/nowhere", root);
  restorer.restore(setter, stat);
  assert.deepEqual(calls, ["owner 7:8", "mode 4755", "times 1500000000000"]);
  assert.deepEqual(restorer.notRestored(), []);
});

test("an owner that the system refuses is noted once, and takes setuid and setgid with it", () => {
  const { calls, setter } = recorder({ owner: "EINVAL" });
  const restorer = createRestorer("/nowhere", root);
  restorer.restore(setter, stat);
  restorer.restore(setter, { ...stat, mode: 0o2640 });
  restorer.restore(setter, { ...stat, mode: 0o1640 });
  assert.deepEqual(
    calls.filter((call) => call.startsWith("mode")),
    ["mode 755", "mode 640", "mode 1640"],
  );
  assert.deepEqual(restorer.notRestored(), [
    "owners: this user namespace does not map all users and groups of the image",
    "setuid and setgid bits: the files do not have the owners of the image",
  ]);
});

test("a mode or time that is refused is noted, and what comes after it is set", () => {
  const { calls, setter } = recorder({ owner: "EPERM", mode: "EPERM" });
  const restorer = createRestorer("/nowhere", root);
  restorer.restore(setter, { ...stat, mode: 0o644 });
  restorer.restore(recorder({ times: "EROFS" }).setter, { ...stat, mode: 0o644 });
  assert.deepEqual(calls, ["times 1500000000000"]);
  assert.deepEqual(restorer.notRestored(), [
    "owners: no permission",
    "modes: no permission",
    "times: the file system is read-only",
  ]);
});

test("a user keeps setuid on own files, and is told of files of others", () => {
  const { calls, setter } = recorder();
  const own = createRestorer("/nowhere", user);
  own.restore(setter, stat);
  assert.deepEqual([calls[0], own.notRestored()], ["mode 4755", []]);
  for (const other of [{ uid: 9 }, { gid: 9 }]) {
    const restorer = createRestorer("/nowhere", user);
    const mode = restorer.restoreOwner(setter, { ...stat, ...other });
    assert.equal(mode, 0o755);
    assert.deepEqual(restorer.notRestored(), [
      "owners: only root can change them",
      "setuid and setgid bits: the files do not have the owners of the image",
    ]);
  }
});

test("a system without owners notes none, and makes no file setuid", () => {
  const restorer = createRestorer("/nowhere", { uid: undefined, gid: undefined, mayRunPrograms: false });
  assert.equal(restorer.restoreOwner(recorder().setter, stat), 0o755);
  assert.equal(restorer.restoreOwner(recorder().setter, { ...stat, mode: 0o644 }), 0o644);
  assert.deepEqual(restorer.notRestored(), ["setuid and setgid bits: the files do not have the owners of the image"]);
});

test("the end restores inner folders before outer ones, and notes those that are gone", async (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "outer/inner"), { recursive: true });
  writeFileSync(path.join(folder, "outer/file"), "");
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const restorer = createRestorer(folder, { uid, gid, mayRunPrograms: false });
  const own = { ...stat, uid, gid, mode: 0o500 };
  restorer.addFolder("outer", own);
  restorer.addFolder("outer/inner", { ...own, mode: 0o711, mtime: 1_400_000_000 });
  restorer.addFolder("gone", own);
  restorer.addFile("outer/file", 0o604, own);
  restorer.addXattrs("outer/file", new Map([["user.x", new Uint8Array(1)]]));
  await restorer.finish();
  const found = ["outer", "outer/inner", "outer/file"].map((name) => {
    const { mode, mtimeMs } = statSync(path.join(folder, name));
    return [mode & 0o7777, mtimeMs / 1000];
  });
  assert.deepEqual(found, [
    [0o500, 1_500_000_000],
    [0o711, 1_400_000_000],
    [0o604, 1_500_000_000],
  ]);
  const [first, ...rest] = restorer.notRestored();
  assert.equal(first, "extended attributes: no program may be started");
  assert.ok(rest.includes("modes: no such file or folder"), rest.join());
});
