// How long the extension takes to start, measured by VS Code itself.
import * as vscode from "vscode";
import { extensionId } from "../../../shared/src/ids.ts";
import { eventually, extensionApi } from "./editor.ts";
import { reportActivation } from "./report.ts";

suite("activation", () => {
  test("VS Code has measured it", async () => {
    await extensionApi();
    await vscode.commands.executeCommand("perfview.show");
    const [load, activate] = await eventually(
      "the extension's line in VS Code's page on its performance",
      activationTimes,
    );
    reportActivation(load, activate);
  });
});

/** From the table of the page: extension, eager, load code, call activate, finish activate. */
function activationTimes(): [load: number, activate: number] | undefined {
  const page = vscode.workspace.textDocuments.find((document) => document.uri.scheme === "perf");
  const lines = page?.getText().split("\n") ?? [];
  const columns = lines.find((line) => line.startsWith(`| ${extensionId} `))?.split("|") ?? [];
  const [load, call, finish] = columns.slice(3, 6).map(Number);
  return load === undefined || call === undefined || finish === undefined ? undefined : [load, call + finish];
}
