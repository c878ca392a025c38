// What the Images view shows below images, in which order, filtered, and how it says what cannot be read.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import type * as vscode from "vscode";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { type ClientWindow, eventually, openWindow } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import type { ImagesNode } from "./images-node.ts";

const { TreeItemCollapsibleState, ThemeIcon, Uri, workspace } = await import("vscode");
const image = "memory:/w/a.raw";

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.parse("memory:/w") });
});

const files = {
  "usr/bin/run": { content: "#!/bin/sh\n", mtime: 100, mode: 0o755 },
  "usr/big.txt": { content: "x".repeat(5000), mtime: 300 },
  "usr/new.conf": { content: "new", mtime: 500 },
  "usr/old.conf": { content: "four", mtime: 50 },
  "usr/link": { target: "bin/run" },
  "usr/lib/x": "x",
};

async function start(t: TestContext, content: Parameters<typeof buildInMemory>[0] = files, remembered = {}) {
  editor.write(image, await buildInMemory(content));
  const window = await openWindow(t, {}, remembered);
  const { imagesView } = window.api;
  return {
    ...window,
    view: imagesView,
    labels: async (node?: ImagesNode) => (await items(window, node)).map(({ label }) => label),
  };
}

async function items({ api: { imagesView } }: ClientWindow, node?: ImagesNode): Promise<vscode.TreeItem[]> {
  const children = await imagesView.getChildren(node);
  return await Promise.all(children.map((child) => imagesView.getTreeItem(child)));
}

const usr: ImagesNode = { kind: "entry", image, path: "usr", type: "directory" };
const top: ImagesNode = { kind: "image", image };

test("an image shows its root, folders first, each with what it is", async (t) => {
  const window = await start(t);
  assert.deepEqual(await window.labels(), ["a.raw"]);
  assert.deepEqual(await window.labels(top), ["usr"]);
  const all = await items(window, usr);
  assert.deepEqual(
    all.map(({ label, contextValue, description }) => [label, contextValue, description]),
    [
      ["bin", "entry.directory", undefined],
      ["lib", "entry.directory", undefined],
      ["big.txt", "entry.file", undefined],
      ["link", "entry.symlink", "→ bin/run"],
      ["new.conf", "entry.file", undefined],
      ["old.conf", "entry.file", undefined],
    ],
  );
  assert.equal(all[0]?.collapsibleState, TreeItemCollapsibleState.Collapsed);
  assert.equal(all[2]?.collapsibleState, TreeItemCollapsibleState.None);
  assert.equal(all[2]?.command?.command, "vscode.open");
  assert.equal(all[3]?.command?.command, "sysext.openTarget");
  assert.deepEqual([all[0]?.iconPath, all[2]?.iconPath], [ThemeIcon.Folder, ThemeIcon.File]);
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length, "ids are unique");
});

test("each order sorts, and shows what it sorts by", async (t) => {
  const window = await start(t);
  const { order } = window.view;
  const shown = async () =>
    (await items(window, usr)).map(({ label, description }) => [label, description].filter(Boolean).join(" "));
  const changed: unknown[] = [];
  window.view.onDidChangeTreeData?.((node) => changed.push(node));
  await order.set("size");
  assert.deepEqual((await shown()).slice(2), [
    "big.txt 5.0 kB",
    "old.conf 4 bytes",
    "new.conf 3 bytes",
    "link → bin/run",
  ]);
  await order.set("type");
  assert.deepEqual((await shown()).slice(2), ["new.conf", "old.conf", "big.txt", "link → bin/run"]);
  await order.set("time");
  const byTime = (await items(window, usr)).filter(({ contextValue }) => contextValue === "entry.file");
  assert.deepEqual(
    byTime.map(({ label }) => label),
    ["new.conf", "big.txt", "old.conf"],
  );
  assert.match(String(byTime[0]?.description), /1970/);
  await order.set("stored");
  assert.match(String((await items(window, usr))[2]?.description), /^[\d.]+ (bytes|kB)$/);
  assert.equal(window.memory.get("sysext.imagesOrder"), "stored");
  assert.equal(changed.length, 4);
  assert.ok(
    editor.executed.some(({ args }) => args[0] === "sysext.imagesOrder" && args[1] === "stored"),
    "menus know the order",
  );
});

test("a filter leaves what matches and what leads to it, unfolded, and ends", async (t) => {
  const window = await start(t);
  const { filter } = window.view;
  await filter.set("RUN");
  assert.match(filter.summary ?? "", /^Filtered by "RUN": 1 of 9 names\.$/);
  assert.equal(window.imagesTree.message, filter.summary);
  assert.deepEqual(
    [await window.labels(), await window.labels(top), await window.labels(usr)],
    [["a.raw"], ["usr"], ["bin"]],
  );
  const [folder] = await items(window, usr);
  assert.equal(folder?.collapsibleState, TreeItemCollapsibleState.Expanded);
  assert.equal(window.memory.get("sysext.imagesFilter"), "RUN");
  assert.deepEqual(
    editor.progress.map(({ options }) => options.location),
    [{ viewId: "sysext.images" }],
  );
  await filter.set("nowhere");
  assert.deepEqual([await window.labels(), filter.summary], [[], 'None of 9 names contains "nowhere".']);
  await filter.set("");
  assert.equal(filter.summary, undefined);
  assert.equal((await window.labels(usr)).length, 6);
});

test("a filter is there again after a reload, once somebody looks at the view", async (t) => {
  const window = await start(t, files, { "sysext.imagesFilter": "old" });
  await eventually(() => (window.view.filter.summary ?? "").startsWith("Filtered"));
  assert.deepEqual(await window.labels(usr), ["old.conf"]);
});

test("a folder of thousands is shown in runs, and each file knows its run", async (t) => {
  const many = Object.fromEntries(Array.from({ length: 2100 }, (_, at) => [`usr/f${String(at).padStart(4, "0")}`, ""]));
  const window = await start(t, many);
  const runs = await window.view.getChildren(usr);
  const [first, second] = runs;
  assert.ok(first?.kind === "range" && second?.kind === "range", "runs");
  assert.deepEqual([first.start, first.firstName, second.firstName > first.lastName], [0, "f0000", true]);
  const last = runs.at(-1);
  assert.ok(last?.kind === "range" && last.lastName === "f2099");
  const inSecond = await window.view.getChildren(second);
  assert.equal(inSecond[0]?.kind === "entry" && inSecond[0].path, `usr/${second.firstName}`);
  const counts = await Promise.all(runs.map(async (run) => (await window.view.getChildren(run)).length));
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    2100,
  );
  assert.ok(inSecond[0]);
  assert.deepEqual(await window.view.getParent(inSecond[0]), second);
  assert.deepEqual(await window.view.getParent(second), usr);
  assert.match(String((await window.view.getTreeItem(second)).label), /^f\d{4} … f\d{4}$/);
});

test("parents lead up to the image", async (t) => {
  const { view } = await start(t);
  const file: ImagesNode = { kind: "entry", image, path: "usr/lib/x", type: "file" };
  const folder = await view.getParent(file);
  assert.deepEqual(folder, { kind: "entry", image, path: "usr/lib", type: "directory" });
  assert.deepEqual(await view.getParent(usr), top);
  assert.equal(await view.getParent(top), undefined);
  assert.deepEqual(await view.root(image), top);
  assert.deepEqual(await view.getParent({ kind: "partition", image: `${image}#partition=2` }), top);
});

test("what is no image, damaged or gone is a line that says so", async (t) => {
  const window = await start(t);
  editor.write("memory:/w/b.raw", Buffer.from("%PDF-1.7 and more"));
  await window.api.images.refresh();
  const problem = async (uri: string) => await window.view.getChildren({ kind: "image", image: uri });
  const [no] = await problem("memory:/w/b.raw");
  assert.ok(no?.kind === "problem");
  assert.match(no.message, /^It is .*\.$/);
  assert.deepEqual(await window.view.getChildren(no), []);
  const item = await window.view.getTreeItem(no);
  assert.deepEqual([item.label, item.contextValue], [no.message, "problem"]);
  const [gone] = await problem("memory:/w/c.raw");
  assert.ok(gone?.kind === "problem");
  assert.equal(gone.message, "The image no longer exists.");
  const [missing] = await window.view.getChildren({ kind: "entry", image, path: "usr/none", type: "directory" });
  assert.ok(missing?.kind === "problem" && missing.path === "usr/none");
});

test("an image says where it is, that the user opened it, is compressed, or is gone", async (t) => {
  editor.write("memory:/w/sub/c.raw.gz", "");
  const window = await start(t, files, { "sysext.openedImages": ["memory:/v/z.raw"] });
  const all = await items(window);
  assert.deepEqual(
    all.map(({ label, description, contextValue }) => [label, description, contextValue]),
    [
      ["z.raw", "no longer exists · /v", "image.opened"],
      ["a.raw", "", "image.workspace"],
      ["c.raw.gz", "compressed; hosts do not accept it · sub", "image.workspace.packed"],
    ],
  );
});

test("what was unfolded is unfolded after a reload, but not what a filter unfolds", async (t) => {
  const window = await start(t);
  window.imagesTree.expand(usr);
  const [folder] = await items(window, top);
  assert.equal(folder?.collapsibleState, TreeItemCollapsibleState.Expanded);
  window.imagesTree.collapse(usr);
  assert.equal((await items(window, top))[0]?.collapsibleState, TreeItemCollapsibleState.Collapsed);
  await window.view.filter.set("run");
  window.imagesTree.expand(usr);
  await window.view.filter.set("");
  assert.equal((await items(window, top))[0]?.collapsibleState, TreeItemCollapsibleState.Collapsed);
});

test("tooltips tell facts, and do not unpack an image for them", async (t) => {
  editor.write("memory:/w/c.raw.gz", "");
  const window = await start(t);
  const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
  const tooltip = async (node: ImagesNode): Promise<string> => {
    const item = await window.view.resolveTreeItem(await window.view.getTreeItem(node), node, token);
    return item.tooltip instanceof Object ? item.tooltip.value : String(item.tooltip);
  };
  assert.match(await tooltip(top), /\/w\/a\.raw[\s\S]*squashfs/);
  assert.match(
    await tooltip({ kind: "entry", image, path: "usr/big.txt", type: "file" }),
    /\/usr\/big\.txt[\s\S]*Size: 5\.0 kB/,
  );
  assert.match(await tooltip({ kind: "image", image: "memory:/w/c.raw.gz" }), /^\/w\/c\.raw\.gz$/);
  assert.equal(editor.progress.length, 0);
});

test("a changed image changes its part of the view, and all of it when it is filtered", async (t) => {
  const { view, api } = await start(t);
  const changed: unknown[] = [];
  view.onDidChangeTreeData?.((node) => changed.push(node));
  await view.getChildren(top);
  editor.write(image, await buildInMemory({ "usr/other": "" }));
  await api.store.recheck(Uri.parse(image));
  assert.deepEqual(changed, [top]);
  const [first] = await view.getChildren(usr);
  assert.ok(first?.kind === "entry" && first.path === "usr/other");
});

test("the selection tells menus of what kind it is", async (t) => {
  const { imagesTree } = await start(t);
  imagesTree.select(usr);
  await eventually(() => editor.executed.some(({ args }) => args[0] === "sysext.imagesSelected"));
  assert.deepEqual(
    editor.executed.findLast(({ args }) => args[0] === "sysext.imagesSelected")?.args[1],
    "entry.directory",
  );
});
