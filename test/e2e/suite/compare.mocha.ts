// Comparing an image with its source tree: what the next build would change.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { commands } from "../../../shared/src/ids.ts";
import { buildDisk } from "../../images/memory-disk.ts";
import { buildInMemory } from "../../images/memory-image.ts";
import { eventually } from "../../support/eventually.ts";
import { extensionApi, inWorkspace } from "./editor.ts";

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

  test("attributes and what only a build sets are compared as the build would set them", async function () {
    const api = await extensionApi();
    const folder = inWorkspace("labelled");
    const release = "usr/lib/extension-release.d/extension-release.labelled";
    const at = (file: string) => path.join(folder.fsPath, file);
    mkdirSync(path.dirname(at(release)), { recursive: true });
    writeFileSync(at(release), "ID=_any\n");
    writeFileSync(at("usr/labelled"), "");
    const setAttribute = (value: string): void =>
      void execFileSync("setfattr", ["-n", "user.kept", "-v", value, at("usr/labelled")], { stdio: "ignore" });
    try {
      setAttribute("old");
    } catch {
      if (process.env["CI"] === "true") throw new Error("setfattr (Debian package attr) is missing or failed.");
      this.skip();
    }
    const tree = await eventually("the tree", async () => (await api.analysis.describeTree(folder)) ?? undefined);
    const sides = [
      { kind: "image", uri: vscode.Uri.file(path.join(path.dirname(folder.fsPath), "labelled.raw")) },
      { kind: "tree", uri: vscode.Uri.parse(tree.uri) },
    ] as const;
    const before = process.env["SOURCE_DATE_EPOCH"];
    process.env["SOURCE_DATE_EPOCH"] = "1000000000";
    try {
      await api.buildTree(tree, {});
      setAttribute("new");
      await vscode.commands.executeCommand(commands.compareWithBuild, folder);
      const attributes = { aspect: "xattrs", before: 'user.kept="old"', after: 'user.kept="new"' };
      const changes = (): unknown =>
        api.comparePanels.shown(...sides)?.rows.map(({ path: file, aspects }) => [file, aspects]);
      assert.deepEqual(changes(), [["usr/labelled", [attributes]]]);
      assert.deepEqual(api.comparePanels.shown(...sides)?.caveats, []);
      // Neither the owner nor the times of the source are what the image gets.
      await api.comparePanels.receive(...sides, { kind: "ignore", ignore: { times: false, owners: false } });
      assert.deepEqual(changes(), [["usr/labelled", [attributes]]]);
    } finally {
      if (before === undefined) delete process.env["SOURCE_DATE_EPOCH"];
      else process.env["SOURCE_DATE_EPOCH"] = before;
    }
  });

  test("two images or partitions that are selected are compared with each other, and no three", async () => {
    const api = await extensionApi();
    const image = (name: string): vscode.Uri => inWorkspace(name);
    const older = await buildInMemory({ "usr/tool": "old", "usr/gone": "" });
    const newer = await buildInMemory({ "usr/tool": "later", "usr/tool.d/file": "" });
    writeFileSync(image("older.raw").fsPath, older);
    writeFileSync(image("newer.raw").fsPath, newer);
    const parts = [older, newer].map((content) => ({ type: "usr", label: "", content }) as const);
    writeFileSync(image("both.raw").fsPath, buildDisk(parts));
    const nodes = (...uris: readonly vscode.Uri[]) => uris.map((uri) => ({ kind: "image", image: uri.toString() }));
    const disk = image("both.raw");
    const pairs = [
      [image("older.raw"), image("newer.raw")],
      [disk.with({ fragment: "partition=1" }), disk.with({ fragment: "partition=2" })],
      [image("older.raw"), disk.with({ fragment: "partition=2" })],
    ] as const;
    for (const [before, after] of pairs) {
      const selected = nodes(before, after);
      await vscode.commands.executeCommand(commands.compareImages, selected[1], selected);
      // Files that have just been written are compared again when VS Code hears of them.
      const changes = await eventually("the comparison", () =>
        api.comparePanels.shown({ kind: "image", uri: before }, { kind: "image", uri: after }),
      );
      assert.deepEqual(
        changes.rows.map(({ path: file, change }) => `${change} ${file}`),
        ["removed usr/gone", "changed usr/tool", "added usr/tool.d", "added usr/tool.d/file"],
        `${before} ${after}`,
      );
    }
    const { showErrorMessage } = vscode.window;
    const told: string[] = [];
    vscode.window.showErrorMessage = async (text: string) => void told.push(text) as undefined;
    try {
      const three = nodes(...pairs[0], disk);
      await vscode.commands.executeCommand(commands.compareImages, three[0], three);
    } finally {
      vscode.window.showErrorMessage = showErrorMessage;
    }
    assert.deepEqual(told, ["3 items are selected; select two to compare."]);
    for (const name of ["older.raw", "newer.raw", "both.raw"]) rmSync(image(name).fsPath);
  });

  test("an image outside of the workspace is followed, whatever signs are in its name", async () => {
    const api = await extensionApi();
    const folder = mkdtempSync(path.join(tmpdir(), "sysext-compare-"));
    try {
      const before = path.join(folder, "old.raw");
      const after = path.join(folder, "new[1].raw");
      for (const file of [before, after]) writeFileSync(file, await buildInMemory({ "usr/tool": "old" }));
      const sides = [
        { kind: "image", uri: vscode.Uri.file(before) },
        { kind: "image", uri: vscode.Uri.file(after) },
      ] as const;
      await api.comparePanels.show(...sides);
      assert.deepEqual(api.comparePanels.shown(...sides)?.rows, []);
      const newer = await buildInMemory({ "usr/tool": "later" });
      // A watcher starts in its own time, and a change starts the waiting for further ones: written once in a while.
      let tries = 0;
      await eventually("the change", () => {
        if (tries++ % 20 === 0) writeFileSync(after, newer);
        return api.comparePanels.shown(...sides)?.rows.length === 1 ? true : undefined;
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
