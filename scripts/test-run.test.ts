// Holds what the one summary of all test groups counts and when it calls them a failure.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { tempFolder } from "../test/support/tools.ts";
import type { TestSet } from "./test-run.ts";

interface Settings {
  /** Code that runs before, with the lanes as `lanes`. */
  readonly before?: string;
  /** Runs the files side by side instead of one after the other. */
  readonly lanes?: boolean;
  readonly timeout?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs test files of the given sources as a set each; `status` is that of a script that fails when they do. */
function runSources(t: TestContext, sources: readonly string[], settings: Settings = {}) {
  const folder = tempFolder(t);
  const sets = sources.map((source, index): TestSet => {
    const file = path.join(folder, `sample-${index}.test.mjs`);
    writeFileSync(file, `import { test } from "node:test";\n${source}\n`);
    return { name: `set ${index}`, cwd: folder, files: [file], concurrency: 1, timeout: settings.timeout ?? 60_000 };
  });
  const lanes = settings.lanes === true ? sets.map((set) => [set]) : [sets];
  const driver = path.join(folder, "driver.mjs");
  const runner = JSON.stringify(new URL("./test-run.ts", import.meta.url).href);
  writeFileSync(
    driver,
    `import { runTests } from ${runner};
const lanes = ${JSON.stringify(lanes)};
${settings.before ?? ""}
process.exitCode = (await runTests(lanes)) ? 0 : 1;
`,
  );
  // Node's runner refuses to run inside a test of its own, which it tells by this variable.
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const { status, stdout } = spawnSync(process.execPath, [driver], {
    encoding: "utf8",
    env: { ...environment, CI: "", ...settings.env },
  });
  const summary = Object.fromEntries([...stdout.matchAll(/^ℹ (\w+) (\d+)$/gm)].map(([, name, count]) => [name, count]));
  return { status, stdout, summary };
}

const inCi = { env: { CI: "true" } } as const;

test("counts of all sets add up in one summary at the end", (t) => {
  const { status, stdout, summary } = runSources(t, [
    'test("one", () => {}); test("two", () => {});',
    'test("three", () => {});',
  ]);
  assert.equal(status, 0, stdout);
  assert.equal(stdout.match(/^ℹ tests /gm)?.length, 1);
  assert.deepEqual([summary["tests"], summary["pass"], summary["fail"]], ["3", "3", "0"]);
  assert.match(stdout, /ℹ duration_ms [\d.]+\n$/);
});

test("a set that cannot be prepared is a failure with its reason, and the others run", (t) => {
  const { status, stdout, summary } = runSources(t, ['test("never", () => {});', 'test("other", () => {});'], {
    lanes: true,
    before: 'lanes[0][0].prepare = async () => { throw new Error("no editor"); };',
  });
  assert.equal(status, 1);
  assert.deepEqual([summary["tests"], summary["pass"], summary["fail"]], ["1", "1", "0"]);
  assert.match(stdout, /^ℹ Could not be prepared, so none of its tests ran: set 0: no editor$/m);
});

test("a failing test in an earlier set fails the whole", (t) => {
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
  const strict = runSources(t, skipping, inCi);
  assert.equal(strict.status, 1);
  assert.match(strict.stdout, /Left out, which CI does not allow:/);
});

test("what is to do is listed by name, and CI does not allow it", (t) => {
  const marked = [
    'test("reads zip", { todo: "needs a reader" }, () => { throw new Error(); }); test.todo("writes zip");',
  ];
  const home = runSources(t, marked);
  assert.equal(home.status, 0, home.stdout);
  assert.equal(home.summary["todo"], "2");
  assert.match(home.stdout, /ℹ {3}reads zip: to do, needs a reader\nℹ {3}writes zip: to do\n/);
  assert.equal(runSources(t, marked, inCi).status, 1);
});

test("a cancelled test is a failure", (t) => {
  const { status, summary, stdout } = runSources(t, [
    'test("good", () => {}); test("late", { timeout: 50 }, () => new Promise(() => {}));',
  ]);
  assert.deepEqual([summary["fail"], summary["cancelled"]], ["0", "1"], stdout);
  assert.equal(status, 1);
});

test("sets side by side have one summary, and a failure in any of them fails the whole", (t) => {
  const bad = 'test("bad", () => { throw new Error("reason"); });';
  const good = 'test("good", () => {});';
  for (const sources of [
    [good, bad],
    [bad, good],
  ]) {
    const { status, summary, stdout } = runSources(t, sources, { lanes: true });
    assert.equal(status, 1, stdout);
    assert.deepEqual([summary["tests"], summary["pass"], summary["fail"]], ["2", "1", "1"]);
  }
});

test("a file that is stuck in a loop is ended after its time, and is a failure", (t) => {
  if (process.platform !== "linux") return t.skip("needs Linux, whose /proc tells what runs");
  const { status, stdout } = runSources(t, ['test("stuck", () => { for (;;); });', 'test("good", () => {});'], {
    timeout: 1500,
  });
  assert.equal(status, 1, stdout);
  assert.match(stdout, /✔ good/);
});
