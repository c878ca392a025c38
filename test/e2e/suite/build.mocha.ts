// "Build Image" makes an image of a tree, can be cancelled, and says in a sentence what is wrong.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { imageUri } from "../../../client/src/images/image-uri.ts";
import { commands } from "../../../shared/src/ids.ts";
import type { TreeDescription } from "../../../shared/src/requests.ts";
import { extensionApi, inWorkspace, showFile } from "./editor.ts";

const squashfsMagic = "hsqs";

/** Builds with the command, as a menu would call it. */
async function build(uri?: vscode.Uri): Promise<vscode.Uri | undefined> {
  return await vscode.commands.executeCommand<vscode.Uri | undefined>(commands.buildImage, uri);
}

function startOf(uri: vscode.Uri): string {
  return readFileSync(uri.fsPath).toString("latin1", 0, 4);
}

/** A tree with one file of `bytes` random bytes, which takes a while to compress. */
function bigTree(name: string, bytes: number): TreeDescription {
  const folder = inWorkspace(name);
  const file = path.join(folder.fsPath, "usr/share/big");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(bytes, "sysext"));
  return {
    uri: folder.toString(),
    name,
    class: "sysext",
    hierarchies: ["usr"],
    leftOut: [],
    releaseFiles: [],
    build: {},
  };
}

suite("build", () => {
  test("the command builds the tree whose folder it is given, beside that folder", async () => {
    const image = await build(inWorkspace("hello"));
    assert.equal(image?.fsPath, inWorkspace("hello.raw").fsPath);
    assert.equal(startOf(image), squashfsMagic);
  });

  test("a tree without a release file is not built", async () => {
    const folder = inWorkspace("broken/missing");
    const tree = await (await extensionApi()).analysis.describeTree(folder);
    assert.match(tree?.problem ?? "", /the release file is missing/);
    assert.equal(await build(folder), undefined);
    assert.ok(!existsSync(`${folder.fsPath}.raw`));
  });

  test("the same tree gives the same bytes", async () => {
    const first = readFileSync((await build(inWorkspace("hello")))?.fsPath ?? "");
    const second = readFileSync((await build(inWorkspace("hello")))?.fsPath ?? "");
    assert.ok(first.equals(second));
  });

  test("without an argument it builds the tree of the active editor, with unsaved text", async () => {
    const editor = await showFile("hello/usr/bin/hello");
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), "# unsaved\n"));
    const image = await build();
    assert.equal(image?.fsPath, inWorkspace("hello.raw").fsPath);
    assert.equal(editor.document.isDirty, false);
    const inside = await vscode.workspace.openTextDocument(imageUri(image, "usr/bin/hello"));
    assert.match(inside.getText(), /^# unsaved$/m);
  });

  test("settings choose compression and folder", async () => {
    const settings = vscode.workspace.getConfiguration("sysext.build");
    await settings.update("compression", "zstd", vscode.ConfigurationTarget.Workspace);
    await settings.update("output", "out", vscode.ConfigurationTarget.Workspace);
    try {
      const image = await build(inWorkspace("hello"));
      assert.equal(image?.fsPath, inWorkspace("out/hello.raw").fsPath);
      const zstd = 6; // squashfs's number for it, at offset 20 of the superblock
      assert.equal(readFileSync(image.fsPath).readUInt16LE(20), zstd);
    } finally {
      await settings.update("compression", undefined, vscode.ConfigurationTarget.Workspace);
      await settings.update("output", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test("a cancelled build leaves nothing behind", async () => {
    const { buildTree } = await extensionApi();
    const tree = bigTree("cancelled", 64 * 1024 * 1024);
    const abort = new AbortController();
    const before = readdirSync(inWorkspace("").fsPath);
    await assert.rejects(buildTree(tree, { signal: abort.signal, onProgress: () => abort.abort() }), {
      name: "AbortError",
    });
    assert.deepEqual(readdirSync(inWorkspace("").fsPath), before);
  });

  test("a cancelled build leaves the image of the last one as it was", async () => {
    const { buildTree } = await extensionApi();
    const tree = bigTree("kept", 16 * 1024 * 1024);
    const { uri } = await buildTree(tree, {});
    const { ino, mtimeMs } = statSync(uri.fsPath);
    const abort = new AbortController();
    await assert.rejects(buildTree(tree, { signal: abort.signal, onProgress: () => abort.abort() }));
    assert.deepEqual([statSync(uri.fsPath).ino, statSync(uri.fsPath).mtimeMs], [ino, mtimeMs]);
  });

  test("progress counts files and bytes up to all of them", async () => {
    const { buildTree } = await extensionApi();
    let last = { files: 0, totalFiles: -1, bytes: 0, totalBytes: -1 };
    const { counts } = await buildTree(bigTree("counted", 1024 * 1024), {
      onProgress: (progress) => {
        last = progress;
      },
    });
    assert.equal(counts.files, 1);
    assert.equal(last.files, last.totalFiles);
    assert.equal(last.bytes, last.totalBytes);
  });

  test("a file that is no image is not replaced", async () => {
    const { buildTree } = await extensionApi();
    const tree = bigTree("precious", 1024);
    const file = inWorkspace("precious.raw").fsPath;
    writeFileSync(file, "my notes");
    await assert.rejects(buildTree(tree, {}), { message: /is not an image that a build writes/ });
    assert.equal(readFileSync(file, "utf8"), "my notes");
    assert.ok(existsSync(file));
  });
});
