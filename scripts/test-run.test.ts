// Holds what the one summary of all test groups counts and when it calls them a failure.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { tempFolder } from "../test/support/tools.ts";

/** Runs test files of the given sources in one run each; `status` is that of a script that fails when they do. */
function runSources(t: TestContext, sources: readonly string[], env: Record<string, string> = {}) {
  const folder = tempFolder(t);
  const runs = sources.map((source, index) => {
    const file = path.join(folder, `sample-${index}.test.mjs`);
    writeFileSync(file, `import { test } from "node:test";\n${source}\n`);
    return { files: [file], concurrency: 1 };
  });
  const driver = path.join(folder, "driver.mjs");
  const runner = JSON.stringify(new URL("./test-run.ts", import.meta.url).href);
  writeFileSync(
    driver,
    `import { runInTurn } from ${runner};\nprocess.exitCode = (await runInTurn(${JSON.stringify(runs)})) ? 0 : 1;\n`,
  );
  // Node's runner refuses to run inside a test of its own, which it tells by this variable.
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const { status, stdout } = spawnSync(process.execPath, [driver], {
    encoding: "utf8",
    env: { ...environment, CI: "", ...env },
  });
  const summary = Object.fromEntries([...stdout.matchAll(/^ℹ (\w+) (\d+)$/gm)].map(([, name, count]) => [name, count]));
  return { status, stdout, summary };
}

test("counts of all runs add up in one summary at the end", (t) => {
  const { status, stdout, summary } = runSources(t, [
    'test("one", () => {}); test("two", () => {});',
    'test("three", () => {});',
  ]);
  assert.equal(status, 0, stdout);
  assert.equal(stdout.match(/^ℹ tests /gm)?.length, 1);
  assert.deepEqual([summary["tests"], summary["pass"], summary["fail"]], ["3", "3", "0"]);
  assert.match(stdout, /ℹ duration_ms [\d.]+\n$/);
});

test("a failing test in an earlier run fails the whole", (t) => {
  const { status, summary, stdout } = runSources(t, [
    'test("bad", () => { throw new Error("reason"); });',
    'test("good", () => {});',
  ]);
  assert.equal(status, 1);
  assert.equal(summary["fail"], "1");
  assert.match(stdout, /Error: reason/);
});

test("a file that cannot be loaded, and a run without tests, are failures", (t) => {
  assert.equal(runSources(t, ['import "./nowhere.mjs";', 'test("good", () => {});']).status, 1);
  assert.equal(runSources(t, []).status, 1);
});

test("skipped tests are listed by name, and CI does not allow them", (t) => {
  const skipping = ['test("compares", (t) => t.skip("needs a tool"));'];
  const home = runSources(t, skipping);
  assert.equal(home.status, 0);
  assert.match(home.stdout, /install-debian-packages\.sh installs the packages\):\nℹ {3}compares: needs a tool\n/);
  const inCi = runSources(t, skipping, { CI: "true" });
  assert.equal(inCi.status, 1);
  assert.match(inCi.stdout, /Skipped, which CI does not allow:/);
});
