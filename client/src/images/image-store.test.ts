// Open images of this machine and of other file systems: what changed is seen, what is wrong is said, unpacking can be stopped.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import type * as vscode from "vscode";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { requireTool, tempFolder } from "../../../test/support/tools.ts";

const { Uri, FileSystemError } = await import("vscode");
const { createImageStore } = await import("./image-store.ts");
const { partitionUri } = await import("./image-uri.ts");

const imageOf = (text: string): Promise<Uint8Array> => buildInMemory({ "usr/file": text });

beforeEach(() => editor.reset());

function start(t: TestContext) {
  const store = createImageStore();
  t.after(() => store.dispose());
  const noticed: string[] = [];
  store.onDidNotice((uri) => noticed.push(uri.toString()));
  return { store, noticed };
}

async function fileIn(store: ReturnType<typeof createImageStore>, uri: vscode.Uri): Promise<string> {
  return await store.use(uri, async ({ tree }) => new TextDecoder().decode(await tree.read("usr/file", 0, 100)));
}

test("an image of another file system is read as it is now", async (t) => {
  const { store, noticed } = start(t);
  const uri = Uri.parse("memory:/w/a.raw");
  editor.write(uri, await imageOf("old"));
  assert.equal(await fileIn(store, uri), "old");
  assert.equal(store.isOpen(uri), true);
  assert.equal(await store.use(uri, async ({ handle }) => handle), undefined, "no other thread can open it");
  editor.write(uri, await imageOf("new"));
  assert.equal(await fileIn(store, uri), "new");
  assert.deepEqual(noticed, ["memory:/w/a.raw"]);
  store.release(uri);
  assert.equal(store.isOpen(uri), false);
});

test("each of size, time and the file itself tells a changed file of this machine", async (t) => {
  const { store, noticed } = start(t);
  const file = path.join(tempFolder(t), "a.raw");
  const uri = Uri.file(file);
  const write = async (text: string): Promise<void> => writeFileSync(file, await imageOf(text));
  await write("old");
  const { atime, mtime } = statSync(file);
  assert.equal(await fileIn(store, uri), "old");
  assert.equal(await store.use(uri, async ({ handle }) => handle?.size), statSync(file).size);
  await write("new");
  utimesSync(file, atime, mtime);
  assert.equal(await fileIn(store, uri), "new", "written over, its time put back");
  writeFileSync(`${file}.next`, await imageOf("end"));
  utimesSync(`${file}.next`, atime, mtime);
  renameSync(`${file}.next`, file);
  assert.equal(await fileIn(store, uri), "end", "another file of the same size and time");
  assert.equal(noticed.length, 2);
});

test("a missing image is said to be missing, and is noticed when it goes and comes", async (t) => {
  const { store, noticed } = start(t);
  const file = path.join(tempFolder(t), "a.raw");
  const [here, elsewhere] = [Uri.file(file), Uri.parse("memory:/a.raw")];
  const missing = { name: "ImageError", kind: "io", message: "the image no longer exists" };
  await assert.rejects(fileIn(store, here), missing);
  await assert.rejects(fileIn(store, elsewhere), missing);
  writeFileSync(file, await imageOf("text"));
  await store.recheck(here);
  assert.deepEqual(noticed, [here.toString()]);
  rmSync(file);
  await store.recheck(partitionUri(here, 1));
  assert.equal(noticed.length, 2);
  await store.recheck(Uri.file("/nobody/used.raw"));
  assert.equal(noticed.length, 2);
});

test("another failure of a file system is told in its words", async (t) => {
  const { store } = start(t);
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, "file"), "");
  await assert.rejects(fileIn(store, Uri.file(path.join(folder, "file/a.raw"))), { message: /no longer exists/ });
  const { workspace } = await import("vscode");
  t.mock.method(workspace.fs, "stat", async () => {
    throw FileSystemError.Unavailable("the server is away");
  });
  await assert.rejects(fileIn(store, Uri.parse("memory:/a.raw")), { kind: "io", message: "the server is away" });
});

test("a file of another file system that is too big for memory is refused before it is read", async (t) => {
  const { store } = start(t);
  const { workspace } = await import("vscode");
  const size = 256 * 1024 * 1024 + 1;
  t.mock.method(workspace.fs, "stat", async () => ({ type: 1, size, mtime: 1, ctime: 1 }));
  const read = t.mock.method(workspace.fs, "readFile", async () => new Uint8Array(0));
  await assert.rejects(fileIn(store, Uri.parse("memory:/a.raw")), { kind: "unsupported", message: /up to 256 MB/ });
  assert.equal(read.mock.callCount(), 0);
});

test("a compressed image is unpacked with a bar", async (t) => {
  const { store } = start(t);
  const folder = tempFolder(t);
  process.env["XDG_CACHE_HOME"] = path.join(folder, "cache");
  const uri = Uri.file(path.join(folder, "a.raw.gz"));
  writeFileSync(uri.fsPath, gzipSync(await imageOf("packed")));
  assert.equal(await fileIn(store, uri), "packed");
  assert.deepEqual(
    editor.progress.map(({ options }) => [options.title, options.cancellable]),
    [["Unpacking a.raw.gz", true]],
  );
  const told = editor.progress[0]?.reports.reduce((sum, { increment = 0 }) => sum + increment, 0);
  assert.ok(told !== undefined && told <= 100, String(told));
});

test("unpacking that is stopped is said to be stopped, and is tried again by the next use", async (t) => {
  const { store } = start(t);
  const folder = tempFolder(t);
  process.env["XDG_CACHE_HOME"] = path.join(folder, "cache");
  const uri = Uri.file(path.join(folder, "a.raw.gz"));
  writeFileSync(uri.fsPath, gzipSync(await imageOf("packed")));
  const use = fileIn(store, uri);
  while (editor.progress.length === 0) await new Promise((resolve) => setImmediate(resolve));
  editor.progress[0]?.cancel();
  await assert.rejects(use, { kind: "io", message: "the unpacking was stopped" });
  assert.equal(await fileIn(store, uri), "packed");
});

test("a partition is an image of its own, which other threads can open too", async (t) => {
  if (!requireTool(t, "sfdisk")) return;
  const { store } = start(t);
  const disk = path.join(tempFolder(t), "disk.raw");
  const image = await imageOf("inside");
  const bytes = new Uint8Array(2048 * 512 + image.length + 2048 * 512);
  writeFileSync(disk, bytes);
  execFileSync("sfdisk", ["--quiet", disk], {
    input: `label: dos\nstart=2048, size=${Math.ceil(image.length / 512)}\n`,
  });
  const { openSync, writeSync, closeSync } = await import("node:fs");
  const descriptor = openSync(disk, "r+");
  writeSync(descriptor, image, 0, image.length, 2048 * 512);
  closeSync(descriptor);
  const uri = partitionUri(Uri.file(disk), 1);
  assert.equal(await fileIn(store, uri), "inside");
  assert.equal(await store.use(uri, async ({ handle }) => handle?.partition), 1);
  assert.deepEqual([store.isOpen(uri), store.isOpen(Uri.file(disk))], [true, true]);
  await assert.rejects(fileIn(store, partitionUri(Uri.file(disk), 7)), {
    message: "it has no partition 7; its partitions are 1",
  });
  store.release(uri);
  assert.deepEqual([store.isOpen(uri), store.isOpen(Uri.file(disk))], [false, false]);
});
