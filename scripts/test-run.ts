// Runs sets of test files, some of them side by side, and reports them as one run of node's test runner.
import path from "node:path";
import type { Writable } from "node:stream";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { installCommand } from "../test/support/tools.ts";
import { endStuckFiles } from "./stuck-files.ts";

type TestEvent = ReturnType<typeof run> extends AsyncIterable<infer Event> ? Event : never;

/** Files that run with the same limits. */
export interface TestSet {
  readonly name: string;
  readonly files: readonly string[];
  /** The folder in which the files run. */
  readonly cwd: string;
  /** How many files run at a time. */
  readonly concurrency: number;
  /** Milliseconds that one file may take. */
  readonly timeout: number;
  /** Added to the environment of the files. */
  readonly env?: Readonly<Record<string, string>>;
  /** Starts what all files need, before the first of them; its environment is theirs, and it is stopped after the last. */
  prepare?(): Promise<{ readonly env: Readonly<Record<string, string>>; stop(): Promise<void> }>;
}

const counters = ["tests", "suites", "passed", "failed", "cancelled", "skipped", "todo"] as const;
/** What node's own summary calls the counters. */
const labels: Partial<Record<(typeof counters)[number], string>> = { passed: "pass", failed: "fail" };

interface Results {
  readonly totals: Record<(typeof counters)[number], number>;
  /** Sets that could not run, each with its reason. */
  readonly unprepared: string[];
  /** Tests that did not count, each with its reason. */
  readonly leftOut: string[];
  readonly files: Duration[];
  readonly sets: Duration[];
}

interface Duration {
  readonly name: string;
  readonly milliseconds: number;
}

/**
 * Runs lanes side by side, and the sets of a lane one after the other. Prints node's usual report with one summary at
 * its end, before it what was left out and why. True when tests ran and none failed; in CI a test that is skipped or
 * marked as to do is a failure too.
 */
export async function runTests(lanes: readonly (readonly TestSet[])[]): Promise<boolean> {
  const report = new spec();
  report.pipe(process.stdout);
  const started = performance.now();
  const totals = { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };
  const results: Results = { totals, unprepared: [], leftOut: [], files: [], sets: [] };
  const stopWatching = endStuckFiles(lanes.flat());
  try {
    await Promise.all(lanes.map((sets) => runLane(sets, report, results)));
  } finally {
    stopWatching();
  }
  const print = (message: string) => report.write({ type: "test:diagnostic", data: { nesting: 0, message } });
  const forbidden = process.env["CI"] === "true" && totals.skipped + totals.todo > 0;
  if (results.leftOut.length > 0) {
    print(forbidden ? "Left out, which CI does not allow:" : `Left out (${installCommand} installs the packages):`);
    for (const line of results.leftOut) print(`  ${line}`);
  }
  for (const reason of results.unprepared) print(`Could not be prepared, so none of its tests ran: ${reason}`);
  for (const line of slowestFiles(results.files, 20)) print(line);
  for (const line of results.sets.length > 1 ? results.sets.map(durationLine) : []) print(line);
  for (const counter of counters) print(`${labels[counter] ?? counter} ${totals[counter]}`);
  print(`duration_ms ${performance.now() - started}`);
  await new Promise((resolve) => report.end(resolve));
  const isComplete = totals.tests > 0 && results.unprepared.length === 0 && !forbidden;
  return isComplete && totals.failed + totals.cancelled === 0;
}

async function runLane(sets: readonly TestSet[], report: Writable, results: Results): Promise<void> {
  for (const { name, env, prepare, ...set } of sets) {
    const started = performance.now();
    const prepared = await prepare?.().catch((error: unknown) => {
      // The runner would take a rejection for one of its tests' and go on.
      results.unprepared.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      return "failed" as const;
    });
    if (prepared === "failed") continue;
    let ofFile: TestEvent[] = [];
    // A file is reported as a whole, so that lines of the lanes do not mix.
    const flush = (): void => {
      for (const event of ofFile) report.write(event);
      ofFile = [];
    };
    try {
      for await (const event of run({ ...set, env: { ...process.env, ...env, ...prepared?.env } })) {
        count(event, set.cwd, results);
        if (!isSummary(event)) ofFile.push(event);
        else if (event.type === "test:summary") flush();
      }
    } finally {
      await prepared?.stop();
    }
    flush();
    results.sets.push({ name, milliseconds: performance.now() - started });
  }
}

function count(event: TestEvent, cwd: string, { totals, leftOut, files }: Results): void {
  if (event.type === "test:summary") {
    const { file, counts, duration_ms: milliseconds } = event.data;
    if (file !== undefined) files.push({ name: path.relative(cwd, file), milliseconds });
    else for (const counter of counters) totals[counter] += counts[counter] ?? 0;
  } else if (event.type === "test:pass" || event.type === "test:fail") {
    const { name, skip, todo } = event.data;
    if (typeof skip === "string") leftOut.push(`${name}: ${skip}`);
    if (todo !== undefined && todo !== false) leftOut.push(`${name}: to do${todo === true ? "" : `, ${todo}`}`);
  }
}

/** Lines that name the slowest files, the slowest first; nothing where only a few files ran. */
function slowestFiles(files: readonly Duration[], wanted: number): string[] {
  if (files.length <= wanted) return [];
  const slowest = files.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, wanted);
  return [`The ${wanted} slowest of ${files.length} files:`, ...slowest.map(durationLine)];
}

function durationLine({ name, milliseconds }: Duration): string {
  return `  ${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${name}`;
}

/** The counts that each run ends with; one sum for all runs replaces them. */
function isSummary(event: TestEvent): boolean {
  if (event.type === "test:summary") return true;
  if (event.type !== "test:diagnostic" || event.data.nesting !== 0) return false;
  return /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/.test(event.data.message);
}
