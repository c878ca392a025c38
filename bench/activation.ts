// How long the extension takes to start in a window of VS Code, as VS Code itself measures it.
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { bundleForExtensionHost, runInVsCode } from "../test/e2e/run-in-vscode.ts";
import { timesVariable } from "./activation-times.ts";
import { median } from "./measure.ts";

export const title = "the extension's activation in VS Code (milliseconds, best and median of 5 windows)";

const rounds = 5;

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const folder = path.join(work, "examples");
    cpSync(path.join(projectFolder, "examples"), folder, { recursive: true });
    await bundleForExtensionHost([path.join(projectFolder, "bench", "activation-in-editor.ts")], work);
    const times: (readonly [load: number, activate: number])[] = [];
    for (let round = 0; round < rounds; round++) times.push(await measure(work, folder));
    const rows = {
      "load the code": times.map(([load]) => load),
      activate: times.map(([, activate]) => activate),
      together: times.map(([load, activate]) => load + activate),
    };
    for (const [name, values] of Object.entries(rows)) {
      console.log(
        `${name.padEnd(14)} ${String(Math.min(...values)).padStart(4)} ${String(median(values)).padStart(4)}`,
      );
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measure(work: string, folder: string): Promise<readonly [load: number, activate: number]> {
  const report = path.join(work, "times.json");
  const window = await runInVsCode(folder, path.join(work, "activation-in-editor.cjs"), { [timesVariable]: report });
  try {
    const status = await window.testsEnded;
    if (status !== 0) throw new Error(`VS Code measured nothing:\n${window.server.log()}`);
    const [load = Number.NaN, activate = Number.NaN] = JSON.parse(readFileSync(report, "utf8")) as number[];
    return [load, activate];
  } finally {
    await window.close();
  }
}
