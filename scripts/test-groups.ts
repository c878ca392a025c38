// Runs groups of tests one after the other and reports them as one run of node's test runner.
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { installCommand } from "../test/support/tools.ts";
import { buildBundles } from "./build-bundles.ts";
import { projectFolder } from "./project-folder.ts";

interface Group {
  readonly files: readonly string[];
  readonly concurrency: number;
  /** Milliseconds that one file may take. */
  readonly timeout: number;
}

const minute = 60_000;
const rooms = "{shared,server,image,cli,client,scripts}";

/** Types, format, lint and the house rules: what `npm run check` runs. */
const checks: Group = { files: ["test/tidy/**/*.test.ts"], concurrency: 1, timeout: 5 * minute };

/** The groups of `npm test`, in its order. Those that load every core, or a whole editor, have the machine alone. */
export const groups = {
  check: checks,
  unit: {
    files: [`${rooms}/**/*.test.ts`, "test/{support,protocol,cli}/**/*.test.ts"],
    concurrency: availableParallelism(),
    timeout: 5 * minute,
  },
  images: { files: ["test/{images,oracle,examples}/**/*.test.ts"], concurrency: 1, timeout: 20 * minute },
  vscode: { files: ["test/e2e/**/*.test.ts"], concurrency: 1, timeout: 15 * minute },
} as const satisfies Record<string, Group>;

export type GroupName = keyof typeof groups;

const counters = ["tests", "suites", "passed", "failed", "cancelled", "skipped", "todo"] as const;
/** What node's own summary calls the counters. */
const labels: Record<string, string> = { passed: "pass", failed: "fail" };

/**
 * Builds the bundles that the tests start, runs the groups and prints node's usual report, with the skipped tests and one summary for all at
 * its end. True when tests ran and none failed; in CI a skipped test is a failure too.
 */
export async function runGroups(names: readonly GroupName[]): Promise<boolean> {
  if (names.some((name) => name !== "check") && !buildBundles()) return false;
  const report = new spec();
  report.pipe(process.stdout);
  const started = performance.now();
  const totals: Record<(typeof counters)[number], number> = {
    tests: 0,
    suites: 0,
    passed: 0,
    failed: 0,
    cancelled: 0,
    skipped: 0,
    todo: 0,
  };
  const skipped: string[] = [];
  for (const name of names) {
    const { files, concurrency, timeout } = groups[name];
    for await (const event of run({
      cwd: projectFolder,
      files: files
        .flatMap((pattern) => globSync(pattern, { cwd: projectFolder, exclude: ["**/node_modules/**"] }))
        .sort(),
      concurrency,
      timeout,
    })) {
      if (event.type === "test:summary" && event.data.file === undefined) {
        for (const counter of counters) totals[counter] += event.data.counts[counter] ?? 0;
      } else if (event.type === "test:pass" && typeof event.data.skip === "string") {
        skipped.push(`${event.data.name}: ${event.data.skip}`);
      }
      if (!isSummaryLine(event)) report.write(event);
    }
  }
  const print = (message: string) => report.write({ type: "test:diagnostic", data: { nesting: 0, message } });
  const forbidden = process.env["CI"] === "true" && totals.skipped > 0;
  if (skipped.length > 0) {
    print(forbidden ? "Skipped, which CI does not allow:" : `Skipped (${installCommand} installs the packages):`);
    for (const line of skipped) print(`  ${line}`);
  }
  for (const counter of counters) print(`${labels[counter] ?? counter} ${totals[counter]}`);
  print(`duration_ms ${performance.now() - started}`);
  await new Promise((resolve) => report.end(resolve));
  return totals.tests > 0 && totals.failed + totals.cancelled === 0 && !forbidden;
}

/** The counts that each group's run ends with; one sum for all groups replaces them. */
function isSummaryLine(event: { type: string; data: unknown }): boolean {
  if (event.type === "test:summary") return true;
  const { nesting, message } = event.data as { nesting?: number; message?: string };
  return (
    event.type === "test:diagnostic" &&
    nesting === 0 &&
    /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/.test(message ?? "")
  );
}
