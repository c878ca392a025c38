// Holds tests to states and counts of work: none reads a clock to judge by it, and none sleeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { projectFiles, readProjectFile } from "./project.ts";

/** Waits for states, and is therefore the one that sleeps between asking. */
const waits = "test/support/eventually.ts";

/** What tests run, but this file, whose words are those that it looks for. */
const files = projectFiles(/^test\/.*\.ts$|\.test\.ts$/).filter((file) => file !== "test/tidy/clocks.test.ts");

/** Lines of tests that match, each with its file. */
function linesWith(pattern: RegExp): string[] {
  return files.flatMap((file) =>
    readProjectFile(file)
      .split("\n")
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

test("no test judges by a clock: it counts reads, bytes or steps, and the benchmarks measure times", () => {
  assert.deepEqual(
    linesWith(/\bperformance\.now\b|\bhrtime\b|\bcpuUsage\b|\bresourceUsage\b|Date\.now\(\) *-|- *Date\.now\(\)/),
    [],
  );
});

test("no test sleeps: it waits for a state, with eventually or by an event", () => {
  // A name in quotes is one of the timers that a test moves itself.
  const sleeping = linesWith(/\bset(Timeout|Interval)\b(?!")|\bwaitForTimeout\b|\bAtomics\.wait\b|\bsleep\b/);
  assert.deepEqual(
    sleeping.filter((line) => !line.startsWith(`${waits}: `)),
    [],
  );
});

test("no test has a time limit of its own: the runner gives each file minutes", () => {
  const limited = linesWith(/\btimeout: /).filter((line) => /\.test\.ts: /.test(line));
  // The runner's own test is about time limits.
  assert.deepEqual(
    limited.filter((line) => !line.startsWith("scripts/test-run.test.ts: ")),
    [],
  );
});
