// Files and folders are watched by their names, whatever signs are in them, until the watching ends.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { editor } from "../../test/support/fake-vscode/editor.ts";
import { touch } from "../../test/support/fake-vscode/workspace.ts";

const { Uri } = await import("vscode");
const { watchFile, watchFolder } = await import("./watch-files.ts");

beforeEach(() => editor.reset());

test("a file is told of when it comes, changes and goes, and no other is", () => {
  const told: string[] = [];
  const watching = watchFile(Uri.file("/w/a[1].raw"), (file) => void told.push(file.path));
  for (const what of ["created", "changed", "deleted"] as const) {
    touch(Uri.file("/w/a[1].raw"), what);
    touch(Uri.file("/w/a1.raw"), what);
    touch(Uri.file("/w/x/a[1].raw"), what);
  }
  assert.deepEqual(told, ["/w/a[1].raw", "/w/a[1].raw", "/w/a[1].raw"]);
  watching.dispose();
  assert.equal(editor.watchers.size, 0);
});

test("of a folder all files are told, at any depth", () => {
  const told: string[] = [];
  watchFolder(Uri.file("/w/{a}"), (file) => void told.push(file.path));
  for (const path of ["/w/{a}/x", "/w/{a}/b/c/y", "/w/a/x"]) touch(Uri.file(path), "changed");
  assert.deepEqual(told, ["/w/{a}/x", "/w/{a}/b/c/y"]);
});
