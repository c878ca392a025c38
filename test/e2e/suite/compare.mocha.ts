// Comparing an image with its source tree: what the next build would change.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { commands } from "../../../shared/src/ids.ts";
import { eventually, extensionApi, inWorkspace } from "./editor.ts";

suite("compare", () => {
  test("what changed in a tree since its build is told, and told again when it changes", async () => {
    const api = await extensionApi();
    const folder = inWorkspace("compared");
    const at = (file: string) => path.join(folder.fsPath, file);
    for (const [file, text] of Object.entries({
      "usr/lib/extension-release.d/extension-release.compared": "ID=_any\n",
      "usr/share/compared/text": "one\n",
      "usr/share/compared/gone": "",
      "usr/bin/tool": "#!/bin/sh\n",
      "README.md": "stays out\n",
    })) {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      writeFileSync(at(file), text);
    }
    symlinkSync("text", at("usr/share/compared/link"));
    chmodSync(at("usr/bin/tool"), 0o644);
    const tree = await eventually("the tree", async () => (await api.analysis.describeTree(folder)) ?? undefined);
    const { uri: image } = await api.buildTree(tree, {});
    const sides = [
      { kind: "image", uri: image },
      { kind: "tree", uri: vscode.Uri.parse(tree.uri) },
    ] as const;

    await vscode.commands.executeCommand(commands.compareWithBuild, folder);
    assert.deepEqual(api.comparePanels.shown(...sides)?.rows, []);

    writeFileSync(at("usr/share/compared/text"), "another\n");
    writeFileSync(at("usr/share/compared/new"), "new\n");
    rmSync(at("usr/share/compared/gone"));
    rmSync(at("usr/share/compared/link"));
    symlinkSync("new", at("usr/share/compared/link"));
    chmodSync(at("usr/bin/tool"), 0o755);
    await vscode.commands.executeCommand(commands.compareImages, image, [image, folder]);
    const changes = api.comparePanels.shown(...sides);
    assert.deepEqual(
      changes?.rows.map(({ path: file, change, aspects }) => [
        file,
        change,
        aspects.map(({ aspect, before, after }) => [aspect, before, after].join(" ").trim()),
      ]),
      [
        ["usr/bin/tool", "changed", ["mode -rw-r--r-- -rwxr-xr-x"]],
        ["usr/share/compared/gone", "removed", []],
        ["usr/share/compared/link", "changed", ["target text new"]],
        ["usr/share/compared/new", "added", []],
        ["usr/share/compared/text", "changed", ["content"]],
      ],
    );
    assert.deepEqual([changes?.counts, changes?.grown], [{ added: 1, removed: 1, changed: 3 }, 8]);

    await api.buildTree(tree, {});
    await eventually("both to be the same", () =>
      api.comparePanels.shown(...sides)?.rows.length === 0 ? true : undefined,
    );
  });
});
