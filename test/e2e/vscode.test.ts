// Runs the Mocha suite inside a real VS Code, and reports each of its tests as one of node's.
import assert from "node:assert/strict";
import { once } from "node:events";
import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { neededTools } from "./editor-servers.ts";
import { bundleSuites, runInVsCode } from "./run-in-vscode.ts";
import { onlyVariable, type ReportLine, reportVariable } from "./suite/report.ts";

/** Milliseconds for all suites. */
const timeLimit = 10 * 60_000;

interface SuiteResult {
  /** Undefined when the suite did not end in time. */
  readonly status: number | undefined;
  readonly lines: readonly ReportLine[];
  /** What the server and the extension have logged. */
  readonly log: string;
}

test("the extension in a real VS Code", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const { status, lines, log } = await runSuites(t);
  for (const line of lines) {
    await t.test(`${line.suite}: ${line.title}`, () => {
      if (line.error !== undefined) throw new Error(line.error);
    });
  }
  assert.ok(lines.length > 0, `VS Code ran no test:\n${log}`);
  assert.equal(status, 0, `The tests in VS Code failed or did not end in time:\n${log}`);
});

/** Runs the suites on a copy of the examples, since tests write. */
async function runSuites(t: TestContext): Promise<SuiteResult> {
  const folder = tempFolder(t);
  const workspace = path.join(folder, "examples");
  cpSync(path.join(projectFolder, "examples"), workspace, {
    recursive: true,
    filter: (file) => !file.endsWith(".raw"),
  });
  const report = path.join(folder, "report.jsonl");
  writeFileSync(report, "");
  const only = process.env[onlyVariable];
  const env = {
    [reportVariable]: report,
    ...(only === undefined ? {} : { [onlyVariable]: only }),
  };
  const window = await runInVsCode(workspace, await bundleSuites(), env);
  try {
    const status = await Promise.race([
      window.testsEnded,
      once(AbortSignal.timeout(timeLimit), "abort").then(() => undefined),
    ]);
    const lines = readFileSync(report, "utf8").split("\n");
    return {
      status,
      lines: lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ReportLine),
      log: window.server.log() + extensionLogs(window.server.home),
    };
  } finally {
    await window.close();
  }
}

/** What the extension wrote to its output channel. */
function extensionLogs(home: string): string {
  const files = globSync("data/logs/**/*Sysext Workbench.log", { cwd: home });
  return files.map((file) => readFileSync(path.join(home, file), "utf8")).join("");
}
