// The Images view and the file system behind it show what is inside an image.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as vscode from "vscode";
import { imageUri } from "../../../client/src/images/image-uri.ts";
import type { ExtensionApi } from "../../../client/src/main.ts";
import type { ImagesNode } from "../../../client/src/views/images-node.ts";
import { commands } from "../../../shared/src/ids.ts";
import type { TreeDescription } from "../../../shared/src/requests.ts";
import { eventually } from "../../support/eventually.ts";
import { extensionApi, inWorkspace } from "./editor.ts";

/** Builds a tree of files (text) and links (text that starts with "-> "). */
async function buildFrom(
  api: ExtensionApi,
  name: string,
  entries: Readonly<Record<string, string>>,
): Promise<vscode.Uri> {
  const folder = inWorkspace(name);
  for (const [file, content] of Object.entries(entries)) {
    const target = path.join(folder.fsPath, file);
    mkdirSync(path.dirname(target), { recursive: true });
    rmSync(target, { force: true });
    if (content.startsWith("-> ")) symlinkSync(content.slice(3), target);
    else writeFileSync(target, content);
  }
  const tree: TreeDescription = {
    ...{ uri: folder.toString(), name, class: "sysext" },
    ...{ hierarchies: ["usr"], leftOut: [], releaseFiles: [], build: {} },
  };
  return (await api.buildTree(tree, {})).uri;
}

/** The labels below a node, after the names that lead to it. */
async function labelsAt(api: ExtensionApi, image: vscode.Uri, ...names: string[]): Promise<string[]> {
  const nodes = await api.imagesView.getChildren(await nodeAt(api, image, ...names));
  return await Promise.all(nodes.map(async (node) => String((await api.imagesView.getTreeItem(node)).label)));
}

async function nodeAt(api: ExtensionApi, image: vscode.Uri, ...names: string[]): Promise<ImagesNode> {
  const { imagesView } = api;
  let node = (await imagesView.getChildren()).find((candidate) => candidate.image === image.toString());
  assert.ok(node, `${image.fsPath} is not in the view`);
  for (const name of names) {
    const children: ImagesNode[] = await imagesView.getChildren(node);
    const labels = await Promise.all(children.map(async (child) => (await imagesView.getTreeItem(child)).label));
    node = children[labels.indexOf(name)];
    assert.ok(node, `there is no "${name}" among ${labels.join(", ")}`);
  }
  return node;
}

async function listed(api: ExtensionApi, image: vscode.Uri): Promise<void> {
  await eventually(`${image.fsPath} in the list of images`, async () =>
    (await api.images.list()).find(({ id }) => id === image.toString()),
  );
}

suite("browse", () => {
  let api: ExtensionApi;
  let image: vscode.Uri;

  suiteSetup(async () => {
    api = await extensionApi();
    image = await buildFrom(api, "sample", {
      "usr/bin/hello": "#!/bin/sh\necho hello\n",
      "usr/lib/data.json": '{ "a": 1 }\n',
      "usr/lib/relative": "-> ../bin/hello",
      "usr/lib/absolute": "-> /usr/lib/data.json",
      "usr/lib/folder": "-> ../bin",
      "usr/lib/outside": "-> /etc/os-release",
      "usr/lib/loop": "-> loop",
      "usr/lib/zz/inner": "x",
    });
    await listed(api, image);
  });

  test("an image of the workspace expands down to its files, folders first", async () => {
    assert.deepEqual(await labelsAt(api, image), ["usr"]);
    assert.deepEqual(await labelsAt(api, image, "usr"), ["bin", "lib"]);
    assert.deepEqual(await labelsAt(api, image, "usr", "lib"), [
      ...["zz", "absolute", "data.json", "folder", "loop", "outside", "relative"],
    ]);
  });

  test("a file reads through the editor's file system, with its own size and time", async () => {
    const uri = imageUri(image, "usr/bin/hello");
    const source = inWorkspace("sample/usr/bin/hello");
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), readFileSync(source.fsPath, "utf8"));
    const [inside, outside] = [await vscode.workspace.fs.stat(uri), await vscode.workspace.fs.stat(source)];
    assert.equal(inside.size, outside.size);
    assert.equal(inside.mtime, Math.floor(outside.mtime / 1000) * 1000);
    assert.equal(inside.type, vscode.FileType.File);
  });

  test("a file opens in an editor with its own language and cannot be changed", async () => {
    const document = await vscode.workspace.openTextDocument(imageUri(image, "usr/lib/data.json"));
    assert.equal(document.languageId, "json");
    assert.equal(vscode.workspace.fs.isWritableFileSystem("sysext-image"), false);
    await assert.rejects(async () => await vscode.workspace.fs.writeFile(document.uri, Buffer.from("x")));
  });

  test("a folder lists files, folders and links with their types", async () => {
    const entries = new Map(await vscode.workspace.fs.readDirectory(imageUri(image, "usr/lib")));
    const { File, Directory, SymbolicLink, Unknown } = vscode.FileType;
    assert.equal(entries.get("data.json"), File);
    assert.equal(entries.get("zz"), Directory);
    assert.equal(entries.get("relative"), File | SymbolicLink);
    assert.equal(entries.get("folder"), Directory | SymbolicLink);
    assert.equal(entries.get("outside"), Unknown | SymbolicLink);
  });

  test("links are followed, also in the middle of a path", async () => {
    const read = async (file: string): Promise<string> =>
      Buffer.from(await vscode.workspace.fs.readFile(imageUri(image, file))).toString();
    assert.match(await read("usr/lib/relative"), /echo hello/);
    assert.match(await read("usr/lib/folder/hello"), /echo hello/);
    assert.match(await read("usr/lib/absolute"), /"a"/);
    const { type } = await vscode.workspace.fs.stat(imageUri(image, "usr/lib/relative"));
    assert.equal(type, vscode.FileType.File | vscode.FileType.SymbolicLink);
  });

  test("what is not in the image is not found", async () => {
    for (const missing of ["usr/nothing", "usr/lib/outside", "usr/bin/hello/x"]) {
      await assert.rejects(
        async () => await vscode.workspace.fs.stat(imageUri(image, missing)),
        (error) => error instanceof vscode.FileSystemError && error.code === "FileNotFound",
        missing,
      );
    }
  });

  test("a symlink shows its target and opens it", async () => {
    const node = await nodeAt(api, image, "usr", "lib", "relative");
    assert.equal((await api.imagesView.getTreeItem(node)).description, "→ ../bin/hello");
    await vscode.commands.executeCommand(commands.openTarget, node);
    const active = await eventually("the link's target in an editor", () => vscode.window.activeTextEditor?.document);
    assert.equal(active.uri.toString(), imageUri(image, "usr/bin/hello").toString());
  });

  test("a tooltip shows mode, owner, size and time", async () => {
    const node = await nodeAt(api, image, "usr", "bin", "hello");
    const item = await api.imagesView.getTreeItem(node);
    const token = new vscode.CancellationTokenSource().token;
    const { tooltip } = await api.imagesView.resolveTreeItem(item, node, token);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    for (const part of ["/usr/bin/hello", "-rw-r--r--", "0:0", "21 bytes", "UTC"]) {
      assert.ok(tooltip.value.replaceAll("&nbsp;", " ").includes(part), `"${part}" in ${tooltip.value}`);
    }
  });

  test("a file that is no image says what it is", async () => {
    const packed = inWorkspace("packed.raw");
    writeFileSync(packed.fsPath, gzipSync(readFileSync(image.fsPath)));
    await listed(api, packed);
    const [problem, ...others] = await labelsAt(api, packed);
    assert.match(problem ?? "", /^It is .*gzip.*unpack it.*\.$/);
    assert.deepEqual(others, []);
  });

  test("a truncated image says so, and the other images stay usable", async () => {
    const cut = inWorkspace("cut.raw");
    writeFileSync(cut.fsPath, readFileSync(image.fsPath).subarray(0, 300));
    await listed(api, cut);
    const [problem] = await labelsAt(api, cut);
    assert.match(problem ?? "", /^[A-Z].*\.$/);
    assert.deepEqual(await labelsAt(api, image), ["usr"]);
  });

  test("an image that is built again shows its new content", async () => {
    await buildFrom(api, "sample", { "usr/lib/new-file": "new" });
    await eventually("the new file in the view", async () =>
      (await labelsAt(api, image, "usr", "lib")).find((label) => label === "new-file"),
    );
  });

  test("an image that vanished says so", async () => {
    const gone = await buildFrom(api, "gone", { "usr/a": "a" });
    await api.images.open(gone);
    const node = await nodeAt(api, gone);
    rmSync(gone.fsPath);
    const [problem] = await api.imagesView.getChildren(node);
    assert.ok(problem?.kind === "problem" && /no longer exists/.test(problem.message));
  });

  test("a folder with many entries comes in runs, and each entry knows its run", async () => {
    const names = Array.from({ length: 2500 }, (_, index) => `file-${String(index).padStart(4, "0")}`);
    const many = await buildFrom(api, "many", Object.fromEntries(names.map((name) => [`usr/share/${name}`, name])));
    await listed(api, many);
    const runs = await labelsAt(api, many, "usr", "share");
    assert.deepEqual(runs, ["file-0000 … file-0999", "file-1000 … file-1999", "file-2000 … file-2499"]);
    assert.equal((await labelsAt(api, many, "usr", "share", "file-2000 … file-2499")).at(-1), "file-2499");
    const entry = await nodeAt(api, many, "usr", "share", "file-1000 … file-1999", "file-1500");
    assert.deepEqual(
      await api.imagesView.getParent(entry),
      await nodeAt(api, many, "usr", "share", "file-1000 … file-1999"),
    );
  });

  test("an image of the workspace that is opened at once is still one of the workspace", async () => {
    const fresh = await buildFrom(api, "fresh", { "usr/a": "a" });
    assert.equal((await api.images.open(fresh)).opened, false);
    assert.equal((await api.imagesView.getTreeItem(await nodeAt(api, fresh))).contextValue, "image.workspace");
  });

  test("an opened image stays on the list until it is closed", async () => {
    const outside = vscode.Uri.file(path.join(path.dirname(inWorkspace("").fsPath), "outside.raw"));
    writeFileSync(outside.fsPath, readFileSync(image.fsPath));
    await vscode.commands.executeCommand(commands.openImage, outside);
    assert.deepEqual(await labelsAt(api, outside), ["usr"]);
    const item = await api.imagesView.getTreeItem(await nodeAt(api, outside));
    assert.equal(item.contextValue, "image.opened");
    await vscode.commands.executeCommand(commands.closeImage, await nodeAt(api, outside));
    assert.ok(!(await api.images.list()).some(({ id }) => id === outside.toString()));
  });

  test("the image's path goes to the clipboard", async () => {
    await vscode.commands.executeCommand(commands.copyImagePath, image);
    assert.equal(await vscode.env.clipboard.readText(), image.fsPath);
  });
});
