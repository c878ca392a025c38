// The groups of tests: which files each has, and how much of the machine it may take.
import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { longVariable } from "../test/support/campaign.ts";
import { buildBundles } from "./build-bundles.ts";
import { projectFolder } from "./project-folder.ts";
import { runTests, type TestSet } from "./test-run.ts";

type Group = Omit<TestSet, "name" | "cwd">;

const minute = 60_000;

/** The groups of `npm test`. */
export const groupFiles = {
  /** Types, format, lint and the house rules: what `npm run check` runs. */
  check: ["test/tidy/**/*.test.ts"],
  unit: [
    "{shared,server,image,updates,hosts,cli,client,scripts}/**/*.test.ts",
    "test/{support,protocol,cli,hosts}/**/*.test.ts",
  ],
  images: ["test/{images,oracle,examples}/**/*.test.ts"],
  vscode: ["test/e2e/**/*.test.ts"],
} as const satisfies Record<string, readonly string[]>;

type ShortGroup = keyof typeof groupFiles;

/** A group of `npm test`, or the files with campaigns, which the group `long` runs with all their cases. */
export type GroupName = ShortGroup | "long";

/** Groups that run beside each other, each row one after the other: a window mostly waits, and images mostly compute. */
const lanes: readonly (readonly GroupName[])[] = [["check", "unit", "images", "long"], ["vscode"]];

export const shortGroups = Object.keys(groupFiles) as ShortGroup[];
export const allGroups: readonly GroupName[] = [...shortGroups, "long"];

/** Builds the bundles that the tests start, and runs groups; true when all is well. */
export async function runGroups(names: readonly GroupName[]): Promise<boolean> {
  if (names.some((name) => name !== "check") && !buildBundles()) return false;
  const asked = lanes.map((lane) => lane.filter((name) => names.includes(name)).map(testSet));
  return runTests(asked.filter((sets) => sets.length > 0));
}

function testSet(name: GroupName): TestSet {
  return { name, cwd: projectFolder, ...(name === "long" ? longGroup() : shortGroup(name)) };
}

function shortGroup(name: ShortGroup): Group {
  const files = filesOf(name);
  switch (name) {
    case "check":
      return { files, concurrency: 1, timeout: 5 * minute };
    case "unit":
      return { files, concurrency: availableParallelism(), timeout: 5 * minute };
    case "images":
      return { files, concurrency: Math.min(2, availableParallelism()), timeout: 20 * minute };
    case "vscode":
      return { files, concurrency: 1, timeout: 15 * minute, prepare: startEditors };
  }
}

function longGroup(): Group {
  const files = shortGroups.flatMap(filesOf).filter(hasCampaign);
  return {
    files,
    concurrency: Math.min(2, availableParallelism()),
    timeout: 30 * minute,
    env: { [longVariable]: "1" },
  };
}

/** Files that take much longer than the others begin first, so that at the end nobody waits for one of them alone. */
const slowest: readonly string[] = ["test/images/kernel-view.test.ts", "test/images/writer.test.ts"];

function filesOf(name: ShortGroup): string[] {
  const files = groupFiles[name]
    .flatMap((glob) => globSync(glob, { cwd: projectFolder, exclude: ["**/node_modules/**"] }))
    .sort();
  const isSlow = (file: string) => slowest.includes(file.replaceAll(path.sep, "/"));
  return [...files.filter(isSlow), ...files.filter((file) => !isSlow(file))];
}

/** Whether a test file has cases that only the long group tries all of. */
export function hasCampaign(file: string): boolean {
  return /from "[./]+\/support\/campaign\.ts"/.test(readFileSync(path.join(projectFolder, file), "utf8"));
}

async function startEditors(): ReturnType<NonNullable<TestSet["prepare"]>> {
  const { startSharedServers } = await import("../test/e2e/editor-servers.ts");
  return await startSharedServers();
}
