// The groups of tests: which files each has, and how much of the machine it may take.
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { buildBundles } from "./build-bundles.ts";
import { projectFolder } from "./project-folder.ts";
import { runTests, type TestSet } from "./test-run.ts";

interface Group {
  readonly files: readonly string[];
  readonly concurrency: number;
  /** Milliseconds that one file may take. */
  readonly timeout: number;
}

const minute = 60_000;

/** The groups of `npm test`, in its order. Those that load every core, or a whole editor, have the machine alone. */
export const groups = {
  /** Types, format, lint and the house rules: what `npm run check` runs. */
  check: { files: ["test/tidy/**/*.test.ts"], concurrency: 1, timeout: 5 * minute },
  unit: {
    files: [
      "{shared,server,image,updates,hosts,cli,client,scripts}/**/*.test.ts",
      "test/{support,protocol,cli,hosts}/**/*.test.ts",
    ],
    concurrency: availableParallelism(),
    timeout: 5 * minute,
  },
  images: { files: ["test/{images,oracle,examples}/**/*.test.ts"], concurrency: 1, timeout: 20 * minute },
  vscode: { files: ["test/e2e/**/*.test.ts"], concurrency: 1, timeout: 15 * minute },
} as const satisfies Record<string, Group>;

export type GroupName = keyof typeof groups;

/** Builds the bundles that the tests start, and runs groups one after the other; true when all is well. */
export async function runGroups(names: readonly GroupName[]): Promise<boolean> {
  if (names.some((name) => name !== "check") && !buildBundles()) return false;
  return runTests([names.map(testSet)]);
}

function testSet(name: GroupName): TestSet {
  const { files, concurrency, timeout } = groups[name];
  const found = files.flatMap((glob) => globSync(glob, { cwd: projectFolder, exclude: ["**/node_modules/**"] }));
  return { name, cwd: projectFolder, files: found.sort(), concurrency, timeout };
}
