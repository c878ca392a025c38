// Runs sets of test files one after the other and reports them as one run of node's test runner.
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { installCommand } from "../test/support/tools.ts";

type TestEvent = ReturnType<typeof run> extends AsyncIterable<infer Event> ? Event : never;

const counters = ["tests", "suites", "passed", "failed", "cancelled", "skipped", "todo"] as const;
/** What node's own summary calls the counters. */
const labels: Partial<Record<(typeof counters)[number], string>> = { passed: "pass", failed: "fail" };

/**
 * Prints node's usual report with one summary for all runs at its end, before it what was skipped and why.
 * True when tests ran and none failed; in CI a skipped test is a failure too.
 */
export async function runInTurn(runs: readonly NonNullable<Parameters<typeof run>[0]>[]): Promise<boolean> {
  const report = new spec();
  report.pipe(process.stdout);
  const started = performance.now();
  const totals = { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };
  const skipped: string[] = [];
  const durations: FileDuration[] = [];
  for (const options of runs) {
    for await (const event of run(options)) {
      if (event.type === "test:summary" && event.data.file === undefined) {
        for (const counter of counters) totals[counter] += event.data.counts[counter] ?? 0;
      } else if (event.type === "test:summary" && event.data.file !== undefined) {
        durations.push({
          file: path.relative(options.cwd ?? "", event.data.file),
          milliseconds: event.data.duration_ms,
        });
      } else if (event.type === "test:pass" && typeof event.data.skip === "string") {
        skipped.push(`${event.data.name}: ${event.data.skip}`);
      }
      if (!isSummary(event)) report.write(event);
    }
  }
  const print = (message: string) => report.write({ type: "test:diagnostic", data: { nesting: 0, message } });
  const forbidden = process.env["CI"] === "true" && totals.skipped > 0;
  if (skipped.length > 0) {
    print(forbidden ? "Skipped, which CI does not allow:" : `Skipped (${installCommand} installs the packages):`);
    for (const line of skipped) print(`  ${line}`);
  }
  for (const line of slowestFiles(durations, 20)) print(line);
  for (const counter of counters) print(`${labels[counter] ?? counter} ${totals[counter]}`);
  print(`duration_ms ${performance.now() - started}`);
  await new Promise((resolve) => report.end(resolve));
  return totals.tests > 0 && totals.failed + totals.cancelled === 0 && !forbidden;
}

interface FileDuration {
  readonly file: string;
  readonly milliseconds: number;
}

/** Lines that name the slowest files, the slowest first; nothing where only a few files ran. */
function slowestFiles(durations: readonly FileDuration[], count: number): string[] {
  if (durations.length <= count) return [];
  const slowest = durations.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, count);
  return [
    `The ${count} slowest of ${durations.length} files:`,
    ...slowest.map(({ file, milliseconds }) => `  ${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${file}`),
  ];
}

/** The counts that each run ends with; one sum for all runs replaces them. */
function isSummary(event: TestEvent): boolean {
  if (event.type === "test:summary") return true;
  if (event.type !== "test:diagnostic" || event.data.nesting !== 0) return false;
  return /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/.test(event.data.message);
}
