// Tasks that run side by side: how many, in which order, and what ends them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { createSchedule } from "./extract-schedule.ts";

const ignore = { onFailure: () => undefined };

/** Tasks that end when told, and what has begun and ended of them. */
function tasks() {
  const log: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  return {
    log,
    task: (name: string) => async () => {
      log.push(`+${name}`);
      const end = Promise.withResolvers<void>();
      ends.set(name, end);
      await end.promise;
      log.push(`-${name}`);
    },
    end: (name: string) => ends.get(name)?.resolve(),
    fail: (name: string, error: unknown) => ends.get(name)?.reject(error),
  };
}

test("as many tasks run as may, and the next one begins when one has ended", async () => {
  const { log, task, end } = tasks();
  const schedule = createSchedule({ limit: 2, ...ignore });
  await schedule.start("a", task("a"));
  await schedule.start("b", task("b"));
  const third = schedule.start("c", task("c"));
  await setImmediate();
  assert.deepEqual(log, ["+a", "+b"]);
  end("a");
  await third;
  assert.deepEqual(log, ["+a", "+b", "-a", "+c"]);
  end("b");
  end("c");
  await schedule.settle();
  assert.deepEqual(log.slice(4).sort(), ["-b", "-c"]);
});

test("tasks of one name run in turn, others beside them", async () => {
  const { log, task, end } = tasks();
  const schedule = createSchedule({ limit: 9, ...ignore });
  await schedule.start("same", task("1"));
  await schedule.start("same", task("2"));
  await schedule.start("same", task("3"));
  await schedule.start("other", task("4"));
  assert.deepEqual(log, ["+1", "+4"]);
  end("1");
  await setImmediate();
  assert.deepEqual(log, ["+1", "+4", "-1", "+2"]);
  end("2");
  await setImmediate();
  assert.deepEqual(log.slice(4), ["-2", "+3"]);
  end("3");
  end("4");
  await schedule.settle();
});

test("after a task has failed none begins, the others end, and the first error is told", async () => {
  const { log, task, end, fail } = tasks();
  const heard: unknown[] = [];
  const schedule = createSchedule({ limit: 9, onFailure: (error) => heard.push(error) });
  await schedule.start("a", task("a"));
  await schedule.start("a", task("waits"));
  await schedule.start("b", task("b"));
  await schedule.start("c", task("c"));
  fail("a", new Error("first"));
  await setImmediate();
  await assert.rejects(schedule.start("d", task("d")), /first/);
  fail("c", new Error("second"));
  await setImmediate();
  let settled = false;
  const settling = assert.rejects(schedule.settle(), /first/).then(() => {
    settled = true;
  });
  await setImmediate();
  assert.equal(settled, false);
  end("b");
  await settling;
  assert.deepEqual(log, ["+a", "+b", "+c", "-b"]);
  assert.deepEqual(heard.map(String), ["Error: first"]);
});

test("an error of undefined ends everything as well", async () => {
  const schedule = createSchedule({ limit: 1, ...ignore });
  await schedule.start("a", () => Promise.reject(undefined));
  await assert.rejects(schedule.settle());
});
