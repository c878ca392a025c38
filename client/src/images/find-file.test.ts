// Paths inside an image lead where a host would be led; what is not there differs from what cannot be read.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { type FileTree, ImageError } from "../../../image/src/index.ts";
import { hostFolder } from "../../../image/src/node/index.ts";
import { tempFolder } from "../../../test/support/tools.ts";
import { findFile } from "./find-file.ts";

/** A tree of folders, files (text) and links (text that starts with "-> "). */
function tree(t: TestContext, entries: Readonly<Record<string, string>>): FileTree {
  const folder = tempFolder(t);
  for (const [name, content] of Object.entries(entries)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    if (content.startsWith("-> ")) symlinkSync(content.slice(3), path.join(folder, name));
    else writeFileSync(path.join(folder, name), content);
  }
  return hostFolder(folder);
}

async function leadsTo(files: FileTree, from: string): Promise<string> {
  const { path: target, stat } = await findFile(files, from);
  return `${stat?.type ?? "nothing at"} ${target}`;
}

test("a path without links leads to itself", async (t) => {
  const files = tree(t, { "usr/bin/a": "a" });
  assert.equal(await leadsTo(files, "usr/bin/a"), "file usr/bin/a");
  assert.equal(await leadsTo(files, ""), "directory ");
});

test("relative, absolute and chained links are followed, also in the middle of a path", async (t) => {
  const files = tree(t, {
    "usr/lib/x/file": "a",
    "usr/lib/relative": "-> x/../x/./file",
    "usr/lib/absolute": "-> /usr/lib/relative",
    "usr/lib64": "-> lib",
  });
  assert.equal(await leadsTo(files, "usr/lib/relative"), "file usr/lib/x/file");
  assert.equal(await leadsTo(files, "usr/lib/absolute"), "file usr/lib/x/file");
  assert.equal(await leadsTo(files, "usr/lib64/absolute"), "file usr/lib/x/file");
  assert.equal(await leadsTo(files, "usr/lib64"), "directory usr/lib");
});

test("a link out of the image says which path is missing", async (t) => {
  const files = tree(t, { "usr/lib/os": "-> ../../etc/os-release", "usr/a": "a", "usr/b": "-> a/c" });
  assert.equal(await leadsTo(files, "usr/lib/os"), "nothing at etc/os-release");
  assert.equal(await leadsTo(files, "usr/b"), "nothing at usr/a/c");
});

test("the root has no folder above it", async (t) => {
  const files = tree(t, { "usr/a": "a", "usr/up": "-> ../../../../usr/a" });
  assert.equal(await leadsTo(files, "usr/up"), "file usr/a");
});

test("links in a circle are an error", async (t) => {
  const files = tree(t, { "usr/a": "-> b", "usr/b": "-> a", "usr/self": "-> self/x" });
  await assert.rejects(findFile(files, "usr/a"), { name: "ImageError", message: /too many symlinks/ });
  await assert.rejects(findFile(files, "usr/self"), ImageError);
});

test("a name that is there but cannot be read is an error, not missing", async (t) => {
  const files = tree(t, { "usr/a": "a" });
  const broken: FileTree = {
    ...files,
    stat: (name) => (name === "usr/a" ? Promise.reject(new ImageError("corrupt", "bad inode")) : files.stat(name)),
  };
  await assert.rejects(findFile(broken, "usr/a"), { message: "bad inode" });
});
