// Which images are listed, what is remembered of them, and who is told of changes.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import type * as vscode from "vscode";
import { fakeMemento } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { touch } from "../../../test/support/fake-vscode/workspace.ts";
import type { ImageStore } from "./image-store.ts";

const { Uri, workspace, EventEmitter } = await import("vscode");
const { createImageList } = await import("./image-list.ts");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

/** A store that only tells what was done with it. */
function fakeStore() {
  const notices = new EventEmitter<vscode.Uri>();
  const calls: string[] = [];
  const store: ImageStore = {
    use: async () => assert.fail("nobody reads an image for a list"),
    isOpen: () => false,
    onDidNotice: notices.event,
    recheck: async (uri) => void calls.push(`recheck ${uri.path}`),
    release: (uri) => void calls.push(`release ${uri.path}`),
    releaseAll: () => void calls.push("release all"),
    dispose: () => undefined,
  };
  return { store, notices, calls };
}

function start(t: TestContext, remembered: readonly string[] = []) {
  const { store, notices, calls } = fakeStore();
  const memory = fakeMemento({ "sysext.openedImages": remembered });
  const list = createImageList(memory, store);
  const changes: (string | undefined)[] = [];
  list.onDidChange((id) => changes.push(id));
  t.after(() => list.dispose());
  return {
    list,
    notices,
    calls,
    changes,
    paths: async () => (await list.list()).map(({ uri, opened }) => `${uri.path}${opened ? " opened" : ""}`),
    kept: () => memory.get("sysext.openedImages"),
  };
}

test("images of the workspace, compressed or not, and opened ones are listed by name", async (t) => {
  for (const name of ["b.raw", "sub/a.raw.zst", "c.raw.xz", "d.raw.gz", "e.img", "raw"])
    editor.write(`file:///w/${name}`, "");
  const { paths } = start(t, ["file:///v/z.raw", "file:///a/first.raw"]);
  assert.deepEqual(await paths(), [
    ...["/a/first.raw opened", "/v/z.raw opened", "/w/b.raw", "/w/c.raw.xz", "/w/d.raw.gz", "/w/sub/a.raw.zst"],
  ]);
});

test("an image that is opened is listed, remembered and watched until it is closed", async (t) => {
  const { list, paths, changes, calls, kept } = start(t);
  const uri = Uri.file("/v/[1].raw");
  const { id } = await list.open(uri);
  assert.equal((await list.open(uri)).id, id);
  assert.deepEqual([await paths(), kept(), changes], [["/v/[1].raw opened"], [id], [undefined]]);
  touch(uri, "changed");
  assert.deepEqual([changes.slice(1), calls], [[id], ["release /v/[1].raw"]]);
  await list.close(id);
  assert.deepEqual([await paths(), kept(), changes.length], [[], [], 3]);
  touch(uri, "changed");
  assert.equal(changes.length, 3, "nobody watches it any more");
  await list.close("file:///not/listed.raw");
  assert.equal(changes.length, 3);
});

test("an image of the workspace is not opened a second time, also when it was made a moment ago", async (t) => {
  const { list, paths, kept, changes } = start(t);
  assert.deepEqual(await paths(), []);
  editor.write("file:///w/new.raw", "");
  const image = await list.open(Uri.file("/w/new.raw"));
  assert.deepEqual([image.opened, kept(), changes], [false, [], [undefined]]);
  assert.deepEqual(await paths(), ["/w/new.raw"]);
  assert.equal((await list.open(Uri.file("/w/other.txt"))).opened, true);
});

test("what comes to and goes from the workspace changes the list, what changes is read anew", async (t) => {
  const { paths, changes, calls } = start(t);
  assert.deepEqual(await paths(), []);
  const uri = Uri.file("/w/a.raw");
  editor.write(uri, "");
  touch(uri, "created");
  assert.deepEqual([await paths(), changes], [["/w/a.raw"], [undefined]]);
  touch(uri, "changed");
  assert.deepEqual(changes, [undefined, uri.toString()]);
  editor.files.clear();
  touch(uri, "deleted");
  assert.deepEqual([await paths(), changes.length], [[], 3]);
  assert.deepEqual(calls, ["release /w/a.raw", "release /w/a.raw", "release /w/a.raw"]);
});

test("refreshing looks everything up again", async (t) => {
  const { list, paths, changes, calls } = start(t);
  await paths();
  editor.write("file:///w/a.raw", "");
  assert.deepEqual(await paths(), [], "a list is kept");
  list.refresh();
  assert.deepEqual([await paths(), changes, calls], [["/w/a.raw"], [undefined], ["release all"]]);
});

test("other folders have other images", async (t) => {
  const { paths, changes } = start(t);
  await paths();
  editor.write("file:///v/a.raw", "");
  workspace.updateWorkspaceFolders(1, 0, { uri: Uri.file("/v") });
  editor.events.folders.fire({ added: [], removed: [] });
  assert.deepEqual([await paths(), changes], [["/v/a.raw"], [undefined]]);
});

test("a window that comes to the front looks at all images again, one that goes does not", async (t) => {
  editor.write("file:///w/a.raw", "");
  const { paths, calls, notices, changes } = start(t, ["file:///v/z.raw"]);
  await paths();
  editor.events.windowState.fire({ focused: false, active: false });
  editor.events.windowState.fire({ focused: true, active: true });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(calls.sort(), ["recheck /v/z.raw", "recheck /w/a.raw"]);
  notices.fire(Uri.file("/w/a.raw"));
  assert.deepEqual(changes, ["file:///w/a.raw"]);
});
