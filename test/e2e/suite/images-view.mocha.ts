// The Images view beyond browsing: marks, partitions, orders, filter, and what its images do when their files change.
import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as vscode from "vscode";
import { imageUri, partitionUri } from "../../../client/src/images/image-uri.ts";
import type { ExtensionApi } from "../../../client/src/main.ts";
import { createImagesDragAndDrop } from "../../../client/src/views/images-drag-and-drop.ts";
import type { ImagesNode } from "../../../client/src/views/images-node.ts";
import type { MemoryFiles } from "../../../image/src/index.ts";
import { commands } from "../../../shared/src/ids.ts";
import { buildDisk } from "../../images/memory-disk.ts";
import { buildInMemory } from "../../images/memory-image.ts";
import { eventually } from "../../support/eventually.ts";
import { extensionApi, inWorkspace } from "./editor.ts";
import { createMemoryFiles } from "./memory-files.ts";

const noToken = new vscode.CancellationTokenSource().token;

/** Puts an image beside the workspace's folder, where only opening shows it. */
async function openImageOf(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
  const file = path.join(path.dirname(inWorkspace("").fsPath), name);
  writeFileSync(file, bytes);
  const uri = vscode.Uri.file(file);
  await (await extensionApi()).images.open(uri);
  return uri;
}

suite("images view", () => {
  let api: ExtensionApi;
  const opened: vscode.Uri[] = [];

  suiteSetup(async () => {
    api = await extensionApi();
  });
  teardown(async () => {
    await api.imagesView.filter.set("");
    await api.imagesView.order.set("name");
    for (const uri of opened.splice(0)) await api.images.close(uri.toString());
  });

  async function open(name: string, files: MemoryFiles | Uint8Array): Promise<vscode.Uri> {
    const uri = await openImageOf(name, files instanceof Uint8Array ? files : await buildInMemory(files));
    opened.push(uri);
    return uri;
  }

  async function childrenOf(image: vscode.Uri, ...labels: string[]): Promise<ImagesNode[]> {
    let nodes: ImagesNode[] = (await api.imagesView.getChildren()).filter((node) => node.image === image.toString());
    assert.equal(nodes.length, 1, `${image.path} is in the view`);
    for (const label of ["", ...labels]) {
      const found = label === "" ? nodes[0] : await named(nodes, label);
      assert.ok(found, `there is no "${label}"`);
      nodes = await api.imagesView.getChildren(found);
    }
    return nodes;
  }

  async function named(nodes: readonly ImagesNode[], label: string): Promise<ImagesNode | undefined> {
    for (const node of nodes) if ((await api.imagesView.getTreeItem(node)).label === label) return node;
    return undefined;
  }

  /** Labels with their descriptions. */
  async function shown(nodes: readonly ImagesNode[]): Promise<string[]> {
    const items = await Promise.all(nodes.map((node) => api.imagesView.getTreeItem(node)));
    return items.map(({ label, description }) => [label, description ?? ""].join(" | "));
  }

  test("remarkable files have a badge, a colour and a sentence", async () => {
    const image = await open("marks.raw", {
      "usr/bin/su": { content: "x", mode: 0o4755 },
      "usr/bin/all": { content: "x", mode: 0o666 },
      "usr/gone": { type: "char", rdev: 0 },
      "usr/opaque": { type: "directory", xattrs: { "trusted.overlay.opaque": Buffer.from("y") } },
      "usr/out": { target: "/etc/nothing" },
      "usr/plain": "x",
    });
    const { decorations } = api;
    const decorate = async (file: string) => await decorations.provideFileDecoration(imageUri(image, file), noToken);
    const badges: Record<string, RegExp> = {
      "usr/bin/su": /user 0.*setuid/,
      "usr/bin/all": /Any user can write/,
      "usr/gone": /Hides the file/,
      "usr/opaque": /Hides all/,
      "usr/out": /"\/etc\/nothing", which is not in this image/,
    };
    for (const [file, sentence] of Object.entries(badges)) {
      const decoration = await decorate(file);
      assert.match(decoration?.tooltip ?? "", sentence, file);
      assert.ok(decoration?.badge !== undefined && decoration.color !== undefined, file);
    }
    assert.equal(await decorate("usr/plain"), undefined);
    const cancelled = new vscode.CancellationTokenSource();
    cancelled.cancel();
    assert.equal(await decorations.provideFileDecoration(imageUri(image, "usr/bin/su"), cancelled.token), undefined);
  });

  test("a disk shows its extension's files and its partitions, of which those that can be read expand", async () => {
    const content = await buildInMemory({ "usr/bin/hello": "hello" });
    const home = await buildInMemory({ "usr/at-home": "home" });
    const luks = Buffer.alloc(4096);
    luks.write("LUKS\xba\xbe\0\x02", 0, "latin1");
    const verity = Buffer.alloc(4096);
    verity.write("verity\0\0", 0, "latin1");
    const image = await open(
      "disk.raw",
      buildDisk([
        { type: "root", label: "my-root", content },
        { type: "usr-verity", label: "", content: verity },
        { type: "unknown", label: "secret", content: luks },
        { type: "home", label: "home", content: home },
      ]),
    );
    const nodes = await childrenOf(image);
    const lines = await shown(nodes);
    assert.match(lines[0] ?? "", /^Extension's files/);
    assert.match(lines[1] ?? "", /^Partition 1: my-root \| root \(x86-64\), .*, a squashfs file system$/);
    assert.match(lines[2] ?? "", /^Partition 2 \| usr-verity \(x86-64\), .*dm-verity/);
    assert.match(lines[3] ?? "", /^Partition 3: secret \| unknown type, .*LUKS2/);
    assert.match(lines[4] ?? "", /^Partition 4: home \| home, .*squashfs/);
    const items = await Promise.all(nodes.map((node) => api.imagesView.getTreeItem(node)));
    assert.deepEqual(
      items.map(({ contextValue }) => contextValue),
      ["files", "partition.readable", "partition.closed", "partition.closed", "partition.readable"],
    );
    assert.equal(items[3]?.collapsibleState, vscode.TreeItemCollapsibleState.None);
    assert.ok(String((items[3]?.tooltip as vscode.MarkdownString | undefined)?.value).includes("UUID"));
    assert.deepEqual(await shown(await childrenOf(image, "Extension's files", "usr", "bin")), ["hello | "]);
    const [atHome] = await childrenOf(image, "Partition 4: home", "usr");
    assert.ok(atHome?.kind === "entry");
    // From a file inside a partition the way up leads to the partition, and to the image.
    const folder = await api.imagesView.getParent(atHome);
    const partition = folder && (await api.imagesView.getParent(folder));
    assert.deepEqual(partition, { kind: "partition", image: partitionUri(image, 4).toString() });
    assert.deepEqual(await api.imagesView.getParent(partition), { kind: "image", image: image.toString() });
    const bytes = await vscode.workspace.fs.readFile(imageUri(partitionUri(image, 4), "usr/at-home"));
    assert.equal(Buffer.from(bytes).toString(), "home");
  });

  test("a disk without an extension says so, and shows its partitions", async () => {
    const content = await buildInMemory({ "usr/x": "x" });
    const image = await open("no-extension.raw", buildDisk([{ type: "home", label: "h", content }]));
    const nodes = await childrenOf(image);
    assert.ok(nodes[0]?.kind === "problem" && nodes[0].warning === true);
    assert.match(nodes[0].message, /none of its partitions holds an extension/);
    assert.deepEqual(await shown(await childrenOf(image, "Partition 1: h", "usr")), ["x | "]);
  });

  test("entries are sorted in each order, with what they are sorted by", async () => {
    const image = await open("orders.raw", {
      "usr/b-folder/x": "",
      "usr/a.txt": { content: "x".repeat(10), mtime: 30 },
      "usr/b.sh": { content: "x".repeat(5000), mtime: 20 },
      "usr/c.txt": { content: "x".repeat(200), mtime: 86_400 },
    });
    const inOrder = async (order: "name" | "size" | "stored" | "type" | "time"): Promise<string[]> => {
      await api.imagesView.order.set(order);
      return await shown(await childrenOf(image, "usr"));
    };
    assert.deepEqual(await inOrder("name"), ["b-folder | ", "a.txt | ", "b.sh | ", "c.txt | "]);
    assert.deepEqual(await inOrder("size"), ["b-folder | ", "b.sh | 5.0 kB", "c.txt | 200 bytes", "a.txt | 10 bytes"]);
    assert.deepEqual(
      (await inOrder("stored")).map((line) => line.split(" ")[0]),
      ["b-folder", "b.sh", "c.txt", "a.txt"],
    );
    assert.deepEqual(await inOrder("type"), ["b-folder | ", "b.sh | ", "a.txt | ", "c.txt | "]);
    assert.match((await inOrder("time"))[1] ?? "", /^c\.txt \| 1970-01-02/);
    await vscode.commands.executeCommand(commands.sortImagesBySize);
    assert.equal(api.imagesView.order.current, "size");
  });

  test("a filter leaves what matches, unfolded, and says so", async () => {
    const image = await open("filtered.raw", {
      "usr/bin/needle": "a",
      "usr/bin/other": "b",
      "usr/lib/needles/inside": "c",
      "usr/share/nothing": "d",
    });
    const other = await open("unfiltered.raw", { "usr/bin/x": "a" });
    await vscode.commands.executeCommand(commands.filterImages, "NEEDLE");
    assert.match(api.treeView.message ?? "", /"NEEDLE": 2 of .* names/);
    assert.ok(!(await api.imagesView.getChildren()).some((node) => node.image === other.toString()));
    assert.deepEqual(await shown(await childrenOf(image, "usr")), ["bin | ", "lib | "]);
    assert.deepEqual(await shown(await childrenOf(image, "usr", "bin")), ["needle | "]);
    const [bin, lib] = await childrenOf(image, "usr");
    for (const node of [bin, lib]) {
      assert.ok(node);
      const { collapsibleState } = await api.imagesView.getTreeItem(node);
      assert.equal(collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
    }
    // What only matches itself has all that is in it.
    assert.deepEqual(await shown(await childrenOf(image, "usr", "lib", "needles")), ["inside | "]);
    await vscode.commands.executeCommand(commands.filterImages, "bin/nee");
    assert.deepEqual(await shown(await childrenOf(image, "usr")), ["bin | "]);
    // The last one counts, however fast they come.
    await Promise.all(["n", "ne", "zzz", "inside"].map((text) => api.imagesView.filter.set(text)));
    assert.deepEqual(await shown(await childrenOf(image, "usr", "lib", "needles")), ["inside | "]);
    await api.imagesView.filter.set("no such name");
    assert.match(api.treeView.message ?? "", /^None of .* names contains/);
    await vscode.commands.executeCommand(commands.clearImagesFilter);
    assert.equal(api.treeView.message, undefined);
    assert.equal((await childrenOf(image, "usr")).length, 3);
  });

  test("names are shown as they are, also those that nobody should have", async () => {
    const names = ["a\nb", "c\x1b[31m", "d\u202egnp.exe", "caf\udce9", "e\\..\\f", "100% ü 😀", " ", "...", "$(bug)"];
    const image = await open("odd.raw", Object.fromEntries(names.map((name) => [`usr/${name}`, `of ${name}`])));
    const nodes = await childrenOf(image, "usr");
    const labels = (await shown(nodes)).map((line) => line.slice(0, -3));
    assert.deepEqual(labels.toSorted(), [
      ...[" ", "$(bug)", "...", "100% ü 😀", "a\\x0ab", "c\\x1b[31m", "caf%E9", "d\\u202egnp.exe", "e\\..\\f"],
    ]);
    for (const node of nodes) {
      assert.ok(node.kind === "entry");
      const uri = imageUri(image, node.path);
      assert.match(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), /^of /, node.path);
      await api.imagesView.resolveTreeItem(await api.imagesView.getTreeItem(node), node, noToken);
    }
    await api.imagesView.filter.set("caf");
    assert.equal((await childrenOf(image, "usr")).length, 1);
  });

  test("an image that was cut off while it was open says so, and others stay usable", async () => {
    const files = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`usr/d${at}/f`, `${at}`.repeat(1000)]));
    const image = await open("cut-later.raw", files);
    const other = await open("whole.raw", { "usr/a": "a" });
    assert.equal((await childrenOf(image, "usr")).length, 600);
    truncateSync(image.fsPath, 5000);
    const [problem] = await childrenOf(image);
    assert.ok(problem?.kind === "problem", JSON.stringify(problem));
    assert.match(problem.message, /^[A-Z].*(ends|shorter|damaged).*\.$/);
    await assert.rejects(async () => await vscode.workspace.fs.readFile(imageUri(image, "usr/d1/f")));
    assert.deepEqual(await shown(await childrenOf(other, "usr")), ["a | "]);
  });

  test("an image that vanished says so, and is there again with its file", async () => {
    const image = await open("comes-and-goes.raw", { "usr/a": "a" });
    const node: ImagesNode = { kind: "image", image: image.toString() };
    await childrenOf(image);
    const hidden = `${image.fsPath}.hidden`;
    renameSync(image.fsPath, hidden);
    const { description } = await api.imagesView.getTreeItem(node);
    assert.match(String(description), /^no longer exists/);
    const [problem] = await api.imagesView.getChildren(node);
    assert.ok(problem?.kind === "problem" && /no longer exists/.test(problem.message));
    const told = nextChange(api, image);
    renameSync(hidden, image.fsPath);
    await api.images.recheck();
    await told;
    assert.deepEqual(await shown(await childrenOf(image)), ["usr | "]);
  });

  test("an image without a watcher is noticed to have changed, by a look and by use", async () => {
    const memory = createMemoryFiles();
    const registration = vscode.workspace.registerFileSystemProvider(memory.scheme, memory);
    try {
      const image = memory.write("/virtual.raw", await buildInMemory({ "usr/old": "old" }));
      opened.push(image);
      await api.images.open(image);
      assert.deepEqual(await shown(await childrenOf(image, "usr")), ["old | "]);
      memory.write("/virtual.raw", await buildInMemory({ "usr/new-1": "new" }));
      const first = nextChange(api, image);
      await api.images.recheck();
      await first;
      assert.deepEqual(await shown(await childrenOf(image, "usr")), ["new-1 | "]);
      memory.write("/virtual.raw", await buildInMemory({ "usr/new-2": "new" }));
      const second = nextChange(api, image);
      assert.deepEqual(await shown(await childrenOf(image, "usr")), ["new-2 | "]);
      await second;
      const folder = path.join(path.dirname(inWorkspace("").fsPath), "from-virtual");
      const target = vscode.Uri.file(folder);
      await vscode.commands.executeCommand(commands.extractFromImage, image, [image], target);
      assert.ok(await vscode.workspace.fs.stat(vscode.Uri.joinPath(target, "usr/new-2")));
      memory.remove("/virtual.raw");
      const [problem] = await childrenOf(image);
      assert.ok(problem?.kind === "problem" && /no longer exists/.test(problem.message));
    } finally {
      registration.dispose();
    }
  });

  test("a disk in a virtual file system opens partition by partition", async () => {
    const memory = createMemoryFiles();
    const registration = vscode.workspace.registerFileSystemProvider(memory.scheme, memory);
    try {
      const content = await buildInMemory({ "usr/x": "x" });
      const image = memory.write("/disk.raw", buildDisk([{ type: "home", label: "h", content }]));
      opened.push(image);
      await api.images.open(image);
      assert.deepEqual(await shown(await childrenOf(image, "Partition 1: h", "usr")), ["x | "]);
      assert.equal(memory.reads, 1);
    } finally {
      registration.dispose();
    }
  });

  test("an image that came compressed is listed, and unpacked when it is opened", async () => {
    const packed = inWorkspace("packed-later.raw.gz");
    writeFileSync(packed.fsPath, gzipSync(await buildInMemory({ "usr/a": "from gzip" })));
    await eventually("the image in the list", async () =>
      (await api.images.list()).find(({ id }) => id === packed.toString()),
    );
    const node: ImagesNode = { kind: "image", image: packed.toString() };
    const item = await api.imagesView.getTreeItem(node);
    assert.match(String(item.description), /^compressed; hosts do not accept it/);
    assert.equal(api.store.isOpen(packed), false, "a look at the list unpacks nothing");
    await api.imagesView.resolveTreeItem(item, node, noToken);
    assert.equal(api.store.isOpen(packed), false, "nor does its tooltip");
    assert.deepEqual(await shown(await childrenOf(packed, "usr")), ["a | "]);
    const lines = await api.imagesView.resolveTreeItem(item, node, noToken);
    assert.match((lines.tooltip as vscode.MarkdownString).value, /hosts.*do.*not.*accept/);
    rmSync(packed.fsPath);
  });

  test("images dropped onto the view open, and anything else is refused", async () => {
    const drop = createImagesDragAndDrop({ images: api.images, store: api.store });
    const folder = path.join(path.dirname(inWorkspace("").fsPath), "dropped");
    mkdirSync(folder, { recursive: true });
    const uris = ["one.raw", "two words.raw"].map((name) => vscode.Uri.file(path.join(folder, name)));
    for (const uri of uris) writeFileSync(uri.fsPath, await buildInMemory({ "usr/a": "a" }));
    const picture = vscode.Uri.file(path.join(folder, "picture.png"));
    writeFileSync(picture.fsPath, "\x89PNG\r\n\x1a\n");
    const data = new vscode.DataTransfer();
    const all = [...uris, picture, vscode.Uri.file(folder), vscode.Uri.file(path.join(folder, "missing.raw"))];
    const list = ["# a comment", ...all.map(String), "no uri at all"].join("\r\n");
    data.set("text/uri-list", new vscode.DataTransferItem(list));
    await drop.handleDrop(undefined, data);
    opened.push(...uris);
    const ids = (await api.images.list()).map(({ id }) => id);
    for (const uri of uris) assert.ok(ids.includes(uri.toString()), uri.path);
    assert.ok(!ids.some((id) => /picture|missing|dropped$/.test(id)), ids.join());
  });

  test("files that are dragged out of the view are named by their URIs", async () => {
    const image = await open("dragged.raw", { "usr/a": "a", "usr/folder/b": "b" });
    const drag = createImagesDragAndDrop({ images: api.images, store: api.store });
    const data = new vscode.DataTransfer();
    await drag.handleDrag(await childrenOf(image, "usr"), data);
    assert.equal(await data.get("text/uri-list")?.asString(), imageUri(image, "usr/a").toString());
  });

  test("what was unfolded is remembered", async () => {
    const image = await open("unfolded.raw", { "usr/lib/a": "a" });
    const [usr] = await childrenOf(image);
    assert.ok(usr);
    await vscode.commands.executeCommand("sysext.images.focus");
    await api.treeView.reveal(usr, { expand: true });
    await eventually("the unfolded folder to be remembered", async () => {
      const { collapsibleState } = await api.imagesView.getTreeItem(usr);
      return collapsibleState === vscode.TreeItemCollapsibleState.Expanded ? true : undefined;
    });
  });

  test("an older file under an image's name is another state", async () => {
    const image = await open("older.raw", { "usr/one": "1" });
    await childrenOf(image, "usr");
    writeFileSync(image.fsPath, await buildInMemory({ "usr/two": "2" }));
    utimesSync(image.fsPath, 1000, 1000);
    assert.deepEqual(await shown(await childrenOf(image, "usr")), ["two | "]);
  });
});

/** Settles when the list tells that the image changed. */
async function nextChange(api: ExtensionApi, image: vscode.Uri): Promise<void> {
  await new Promise<void>((resolve) => {
    const subscription = api.images.onDidChange((id) => {
      if (id !== image.toString()) return;
      subscription.dispose();
      resolve();
    });
  });
}
