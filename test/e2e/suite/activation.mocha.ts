// The extension starts fast, on a platform that has what it needs.
import assert from "node:assert/strict";
import zlib from "node:zlib";
import * as vscode from "vscode";
import { commands, extensionId } from "../../../shared/src/ids.ts";
import { eventually, extensionApi } from "./editor.ts";
import { note } from "./report.ts";

/** Milliseconds of loading the code and of `activate`, as VS Code's own "Startup Performance" page gives them. */
async function activationTimes(): Promise<{ load: number; activate: number }> {
  await vscode.commands.executeCommand("perfview.show");
  return await eventually("the extension's line in the performance page", () => {
    const page = vscode.workspace.textDocuments.find((document) => document.uri.scheme === "perf");
    const line = page
      ?.getText()
      .split("\n")
      .find((text) => text.startsWith(`| ${extensionId} `));
    const [load, activate, finish] = (line ?? "").split("|").slice(3, 6).map(Number);
    if (load === undefined || activate === undefined || finish === undefined) return undefined;
    return { load, activate: activate + finish };
  });
}

suite("activation", () => {
  test("activation takes less than 50 ms", async () => {
    await extensionApi();
    const { load, activate } = await activationTimes();
    note(`activation: ${load} ms to load the code, ${activate} ms to activate`);
    assert.ok(load + activate < 50, `${load} + ${activate} ms`);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  test("every command of the manifest is registered", async () => {
    await extensionApi();
    const registered = await vscode.commands.getCommands(true);
    for (const command of Object.values(commands)) assert.ok(registered.includes(command), command);
  });

  test("the extension host has the codecs: zstd in node:zlib", () => {
    assert.equal(typeof zlib.zstdDecompress, "function");
    assert.equal(typeof zlib.zstdCompressSync, "function");
  });
});
