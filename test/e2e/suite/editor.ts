// What the tests inside VS Code do over and over: find files of the workspace, wait for a state, open documents.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import type { ExtensionApi } from "../../../client/src/main.ts";
import { extensionId } from "../../../shared/src/ids.ts";

/** What the extension's `activate` returned. */
export async function extensionApi(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(extension, "the extension is not there");
  return await extension.activate();
}

/** The URI of a file in the copy of the examples. */
export function inWorkspace(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "no folder is open");
  return vscode.Uri.joinPath(folder.uri, path);
}

/** Milliseconds after which what is waited for does not come: a machine that is busy takes long, and none takes that long. */
export const deadline = 3 * 60_000;

/** Asks until the answer is there; fails with `what` when it does not come. */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  const ended = AbortSignal.timeout(deadline);
  while (!ended.aborted) {
    const value = await ask();
    if (value !== undefined) return value;
    await setTimeout(50);
  }
  throw new assert.AssertionError({ message: `did not come: ${what}` });
}

/** Opens a file of the examples in an editor. */
export async function showFile(path: string): Promise<vscode.TextEditor> {
  return await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inWorkspace(path)));
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
