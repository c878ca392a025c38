// An image as a folder of the workspace: it is listed, its files are checked, and nothing writes into it.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { imageUri } from "../../../client/src/images/image-uri.ts";
import { commands, imageScheme } from "../../../shared/src/ids.ts";
import { eventually, waitUntil } from "../../support/eventually.ts";
import { extensionApi, inWorkspace } from "./editor.ts";

suite("image folder", () => {
  // Other suites have the workspace as it was.
  suiteTeardown(async () => {
    rmSync(inWorkspace("boxed").fsPath, { recursive: true, force: true });
    rmSync(inWorkspace("boxed.raw").fsPath, { force: true });
    const added = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === imageScheme);
    for (const { index } of added.toReversed()) vscode.workspace.updateWorkspaceFolders(index, 1);
    await waitUntil("the added folders to be gone", () => vscode.workspace.workspaceFolders?.length === 1);
  });

  test("an image is a read-only folder with findings and without fixes", async () => {
    const api = await extensionApi();
    const folder = inWorkspace("boxed");
    const service = "usr/lib/systemd/system/boxed.service";
    for (const [file, text] of Object.entries({
      "usr/lib/extension-release.d/extension-release.boxed": "ID=_any\n",
      [service]: "[Service]\nExecStart=/usr/bin/boxed\nExecStrat=/usr/bin/boxed\n",
    })) {
      const target = path.join(folder.fsPath, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
    const tree = await eventually("the tree", async () => (await api.analysis.describeTree(folder)) ?? undefined);
    const { uri: image } = await api.buildTree(tree, {});
    await vscode.commands.executeCommand(commands.addImageFolder, image);
    const root = imageUri(image, "");
    await eventually("the folder", () => vscode.workspace.workspaceFolders?.find(({ uri }) => `${uri}` === `${root}`));

    const uri = imageUri(image, service);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, "sysext-unit");
    const codes = await eventually("findings", () => {
      const found = vscode.languages.getDiagnostics(uri);
      return found.length > 0 ? found : undefined;
    });
    const typo = codes.find(({ code }) => JSON.stringify(code)?.includes("unit/unknown-key"));
    assert.ok(typo, JSON.stringify(codes));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      typo.range,
    );
    assert.deepEqual(
      actions.filter(({ edit, command }) => edit !== undefined || command?.command.startsWith("sysext.")),
      [],
    );
    assert.ok(!(await api.analysis.listTrees()).some((listed) => listed.uri.startsWith("sysext-image:")));
  });
});
