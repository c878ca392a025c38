// Makes mutations, one after the other in each of some copies of the project, and runs the tests nearest to each.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Candidate } from "./choose.ts";
import { mutate } from "./mutations.ts";
import { bundle, nearestTests, type Users } from "./nearest-tests.ts";
import { buildScript, copyBundles, runScript } from "./scratch-project.ts";

/** A mutation with the tests that were run, of which the last one noticed it when it is caught. */
export interface Verdict {
  readonly candidate: Candidate;
  readonly isCaught: boolean;
  readonly tests: readonly string[];
}

export interface Limits {
  /** How many tests are run for one mutation. */
  readonly maxTests: number;
  /** Milliseconds that these tests may take without the mutation, together. */
  readonly maxTestMs: number;
}

/** A single test file that takes longer than this without a change is not run. */
const maxBaselineMs = 120_000;
/** A test that takes so many times longer than without the mutation, and this much more, is taken as hanging. */
const endlessFactor = 5;
const endlessMs = 20_000;

/** Where mutations are made. */
export interface Copies {
  /** A copy of the project with its bundles, which stays as it is and tells how long tests take. */
  readonly pristine: string;
  /** Copies that are changed, one for each mutation that is tried at a time. */
  readonly changed: readonly string[];
}

/** Tries all candidates and calls back for each; returns the tests that were not run because they fail or are too slow. */
export async function tryMutations(
  candidates: readonly Candidate[],
  users: Users,
  { pristine, changed }: Copies,
  limits: Limits,
  tried: (verdict: Verdict) => void,
): Promise<string[]> {
  const leftOut: string[] = [];
  const baselines = new Map<string, Promise<number | undefined>>();
  const baselineOf = async (test: string): Promise<number | undefined> => {
    const known = baselines.get(test);
    if (known !== undefined) return await known;
    const measured = measure(pristine, test);
    baselines.set(test, measured);
    if ((await measured) === undefined) leftOut.push(test);
    return await measured;
  };
  const needBundle = new Set(nearestTests(bundle, users));
  const left = [...candidates];
  const workIn = async (folder: string): Promise<void> => {
    for (let candidate = left.shift(); candidate !== undefined; candidate = left.shift()) {
      const tests = nearestTests(candidate.file, users);
      tried(await tryMutation(candidate, tests, { folder, pristine, limits, baselineOf, needBundle }));
    }
  };
  await Promise.all(changed.map(workIn));
  return leftOut.sort();
}

interface TrialContext {
  readonly folder: string;
  readonly pristine: string;
  readonly limits: Limits;
  /** How many milliseconds a test takes without a mutation; undefined for one that fails or is too slow. */
  readonly baselineOf: (test: string) => Promise<number | undefined>;
  readonly needBundle: ReadonlySet<string>;
}

async function tryMutation(
  candidate: Candidate,
  nearest: readonly string[],
  { folder, pristine, limits, baselineOf, needBundle }: TrialContext,
): Promise<Verdict> {
  const { file } = candidate;
  const source = readFileSync(path.join(folder, file), "utf8");
  const tests: string[] = [];
  let totalMs = 0;
  let isBuilt = false;
  writeFileSync(path.join(folder, file), mutate(source, candidate));
  try {
    for (const test of nearest) {
      if (tests.length === limits.maxTests || totalMs >= limits.maxTestMs) break;
      const baselineMs = await baselineOf(test);
      if (baselineMs === undefined) continue;
      totalMs += baselineMs;
      tests.push(test);
      if (needBundle.has(test) && !isBuilt) {
        isBuilt = true;
        if ((await runScript(folder, buildScript, maxBaselineMs)) !== "passed")
          return { candidate, isCaught: true, tests };
      }
      const outcome = await runScript(folder, test, baselineMs * endlessFactor + endlessMs);
      if (outcome !== "passed") return { candidate, isCaught: true, tests };
    }
    return { candidate, isCaught: false, tests };
  } finally {
    writeFileSync(path.join(folder, file), source);
    if (isBuilt) copyBundles(pristine, folder);
  }
}

async function measure(folder: string, test: string): Promise<number | undefined> {
  const started = performance.now();
  const outcome = await runScript(folder, test, maxBaselineMs);
  return outcome === "passed" ? performance.now() - started : undefined;
}
