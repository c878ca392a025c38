// The extension finds what it needs in VS Code, and VS Code finds what the manifest promises.
import assert from "node:assert/strict";
import zlib from "node:zlib";
import * as vscode from "vscode";
import { commands } from "../../../shared/src/ids.ts";
import { extensionApi } from "./editor.ts";

suite("platform", () => {
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
