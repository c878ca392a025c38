// Runs inside VS Code's extension host: asks VS Code how long the extension took to start, and writes it into a file.
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { extensionId } from "../shared/src/ids.ts";
import { extensionApi } from "../test/e2e/suite/editor.ts";
import { eventually } from "../test/support/eventually.ts";
import { timesVariable } from "./activation-times.ts";

/** What VS Code calls. */
export async function run(): Promise<void> {
  await extensionApi();
  await vscode.commands.executeCommand("perfview.show");
  const times = await eventually("the extension's line in VS Code's page on its performance", activationTimes);
  writeFileSync(process.env[timesVariable] ?? "", JSON.stringify(times));
}

/** From the table of the page: extension, eager, load code, call activate, finish activate. */
function activationTimes(): [load: number, activate: number] | undefined {
  const page = vscode.workspace.textDocuments.find((document) => document.uri.scheme === "perf");
  const lines = page?.getText().split("\n") ?? [];
  const columns = lines.find((line) => line.startsWith(`| ${extensionId} `))?.split("|") ?? [];
  const [load, call, finish] = columns.slice(3, 6).map(Number);
  return load === undefined || call === undefined || finish === undefined ? undefined : [load, call + finish];
}
