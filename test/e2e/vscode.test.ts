// Runs the Mocha suite inside a real VS Code, and reports each of its tests as one of node's.
import assert from "node:assert/strict";
import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { projectFolder } from "../../scripts/project-folder.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { bundleSuite, neededTools, openVsCode } from "./run-in-vscode.ts";
import { onlyVariable, partVariable, type ReportLine, reportVariable, type SuitePart } from "./suite/report.ts";

/** Milliseconds for the whole suite. */
const timeLimit = 5 * 60_000;

/** How many windows are opened to see the extension start. */
const mostStarts = 4;

interface SuiteResult {
  /** Undefined when the suite did not end in time. */
  readonly status: number | undefined;
  readonly lines: readonly ReportLine[];
  /** What the server and the extension have logged. */
  readonly log: string;
}

test("the extension in a real VS Code", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  const { status, lines, log } = await runSuite(t, "features");
  for (const line of lines) {
    if (line.kind !== "test") continue;
    await t.test(`${line.suite}: ${line.title}`, () => {
      if (line.error !== undefined) throw new Error(line.error);
    });
  }
  assert.ok(lines.length > 0, `VS Code ran no test:\n${log}`);
  assert.equal(status, 0, `The tests in VS Code failed or did not end in time:\n${log}`);
});

test("the extension is active in less than 50 ms", async (t) => {
  if (!requireTool(t, ...neededTools)) return;
  // The time is measured while VS Code starts and keeps all cores busy, so one good start of several is what counts.
  for (let start = 1; ; start++) {
    const { lines, log } = await runSuite(t, "activation");
    const measured = lines.find((line) => line.kind === "activation");
    assert.ok(measured, `VS Code measured nothing:\n${log}`);
    const { load, activate } = measured;
    t.diagnostic(`activation: ${load} ms to load the code, ${activate} ms to activate`);
    if (load + activate < 50) return;
    assert.ok(start < mostStarts, `${load} + ${activate} ms in the last of ${mostStarts} starts`);
  }
});

/** Runs a part of the suite on a copy of the examples, since tests write. */
async function runSuite(t: TestContext, part: SuitePart): Promise<SuiteResult> {
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
    [partVariable]: part,
    ...(only === undefined ? {} : { [onlyVariable]: only }),
  };
  const window = await openVsCode({ folder: workspace, tests: await bundleSuite(), env });
  try {
    const status = await Promise.race([window.testsEnded, setTimeout(timeLimit, undefined, { ref: false })]);
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
