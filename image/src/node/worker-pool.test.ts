import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import { createWorkerPool, type WorkerPoolOptions } from "./worker-pool.ts";

/** A thread that answers numbers with their double, waits for ever, ends, throws, or takes more memory than it may. */
const threadCode = `
  const { parentPort, threadId } = require("node:worker_threads");
  parentPort.on("message", ({ id, task }) => {
    if (task === "wait") return;
    if (task === "exit") process.exit(3);
    if (task === "throw") throw new Error("broken");
    if (task === "grow") { const all = []; for (;;) all.push(new Array(100_000).fill(all.length)); }
    if (task === "thread") parentPort.postMessage({ id, answer: threadId });
    else parentPort.postMessage({ id, answer: task * 2 });
  });`;

function startPool(t: TestContext, options: Partial<WorkerPoolOptions> = {}) {
  const workers: Worker[] = [];
  const pool = createWorkerPool<number | string, number>({
    work: "the test",
    maxThreads: 2,
    maxTasksPerThread: 1,
    startThread() {
      const worker = new Worker(threadCode, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
      workers.push(worker);
      return worker;
    },
    ...options,
  });
  t.after(() => pool.close());
  return { pool, workers };
}

/** Settles when all promises have, with the messages of those that were refused. */
async function refusals(promises: readonly Promise<unknown>[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(promises);
  return outcomes.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
}

test("every task gets its own answer, also when more wait than there are threads", async (t) => {
  const { pool, workers } = startPool(t);
  const tasks = Array.from({ length: 50 }, (_, index) => index);
  assert.deepEqual(
    await Promise.all(tasks.map((task) => pool.run(task))),
    tasks.map((task) => task * 2),
  );
  assert.equal(workers.length, 2);
});

test("threads start when they are needed, and an idle one is used again", async (t) => {
  const { pool, workers } = startPool(t);
  assert.equal(workers.length, 0);
  assert.equal(await pool.run("thread"), await pool.run("thread"));
  assert.equal(workers.length, 1);
});

test("of several threads the one with the least work gets the next task", async (t) => {
  const { pool } = startPool(t, { maxTasksPerThread: 10 });
  const [heavy, light] = await Promise.all([pool.run("thread", 5), pool.run("thread", 1)]);
  assert.notEqual(heavy, light);
  void refusals([pool.run("wait", 5), pool.run("wait", 1)]);
  assert.equal(await pool.run("thread", 2), light);
});

test("a task that is done no longer counts as work of its thread", async (t) => {
  const { pool } = startPool(t, { maxTasksPerThread: 10 });
  const [first, second] = await Promise.all([pool.run("thread", 10), pool.run("thread", 1)]);
  assert.notEqual(first, second);
  void refusals([pool.run("wait", 1), pool.run("wait", 5)]);
  assert.equal(await pool.run("thread", 1), first);
});

for (const [task, words] of [
  ["exit", /^ImageError: a worker thread of the test stopped unexpectedly: exit status 3$/],
  ["throw", /^ImageError: a worker thread of the test stopped unexpectedly: broken$/],
  ["grow", /^ImageError: a worker thread of the test stopped unexpectedly: .*memory/],
] as const) {
  test(`a thread that dies (${task}) ends what runs and what waits, with one sentence`, async (t) => {
    const { pool, workers } = startPool(t);
    const running = [pool.run("wait"), pool.run(task)];
    const waiting = [1, 2, 3].map((number) => pool.run(number));
    const said = await refusals([...running, ...waiting]);
    assert.equal(said.length, 5);
    assert.match(said[0] ?? "", words);
    assert.equal(new Set(said).size, 1);
    await assert.rejects(pool.run(1), words);
    assert.equal(workers.length, 2, "no thread starts once the work has ended");
  });
}

test("a thread that is killed ends what runs in it and in the others", async (t) => {
  const { pool, workers } = startPool(t);
  const running = [pool.run("wait"), pool.run("wait"), pool.run(1)];
  await workers[1]?.terminate();
  const said = await refusals(running);
  assert.equal(said.length, 3);
  assert.match(said[0] ?? "", /stopped unexpectedly: exit status \d/);
});

test("a thread that cannot be started refuses its task", async (t) => {
  const startThread = () => new Worker("./nowhere.cjs");
  const { pool } = startPool(t, { startThread });
  assert.match((await refusals([pool.run(1)]))[0] ?? "", /a worker thread of the test stopped unexpectedly: .*nowhere/);
});

test("a thread that the system refuses ends what runs and what waits, with one sentence", async (t) => {
  let started = 0;
  const startThread = () => {
    if (started++ > 0) throw new Error("no more threads");
    return new Worker(threadCode, { eval: true });
  };
  const { pool } = startPool(t, { startThread });
  const said = await refusals(["wait", "wait", "wait"].map((task) => pool.run(task)));
  assert.deepEqual(said, Array(3).fill("ImageError: a worker thread of the test cannot be started: no more threads"));
  await assert.rejects(pool.run(1), { kind: "io", message: /cannot be started/ });
});

test("closing refuses what is not done, and nothing is taken any more", async (t) => {
  const { pool } = startPool(t);
  const running = refusals([pool.run("wait"), pool.run("wait"), pool.run(1)]);
  await pool.close();
  assert.deepEqual(await running, Array(3).fill("ImageError: the test has ended"));
  await assert.rejects(pool.run(1), /the test has ended/);
});
