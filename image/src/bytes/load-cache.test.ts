import assert from "node:assert/strict";
import { test } from "node:test";
import { loadCache } from "./load-cache.ts";

function countingCache(budget: number) {
  const cache = loadCache<string, { cost: number }>(budget, ({ cost }) => cost);
  const loads: string[] = [];
  return {
    loads,
    peek: cache.peek,
    get: (key: string, cost = 1) =>
      cache.get(key, async () => {
        loads.push(key);
        return { cost };
      }),
  };
}

test("the value that was not used for longest goes first", async () => {
  const { get, peek } = countingCache(2);
  await get("a");
  await get("b");
  await get("a");
  await get("c");
  assert.deepEqual(
    ["a", "b", "c"].map((key) => peek(key) !== undefined),
    [true, false, true],
  );
});

test("a value over the budget stays until the next comes", async () => {
  const { get, peek } = countingCache(10);
  await get("small");
  await get("large", 100);
  assert.deepEqual([peek("small"), peek("large")], [undefined, { cost: 100 }]);
  await get("other");
  assert.equal(peek("large"), undefined);
});

test("two who want the same value at the same time cause one load", async () => {
  const { get, loads } = countingCache(10);
  await Promise.all([get("a"), get("a")]);
  await get("a");
  assert.deepEqual(loads, ["a"]);
});

test("a failed load is told to all who wait and tried again later", async () => {
  const cache = loadCache<string, object>(10, () => 1);
  let attempts = 0;
  const load = async () => {
    attempts += 1;
    if (attempts === 1) throw new Error("broken");
    return {};
  };
  const both = await Promise.allSettled([cache.get("a", load), cache.get("a", load)]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  await cache.get("a", load);
  assert.equal(attempts, 2);
});

test("values that cost just the budget all stay", async () => {
  const { get, peek } = countingCache(3);
  await get("a", 1);
  await get("b", 2);
  assert.ok(peek("a") !== undefined && peek("b") !== undefined);
  await get("c", 1);
  assert.deepEqual([peek("a"), peek("b") === undefined, peek("c") === undefined], [undefined, false, false]);
});

test("a peek counts as a use, and one for what is not there finds nothing", async () => {
  const { get, peek, loads } = countingCache(2);
  await get("a");
  await get("b");
  peek("a");
  await get("c");
  assert.deepEqual([peek("a") === undefined, peek("b"), peek("none")], [false, undefined, undefined]);
  assert.deepEqual(loads, ["a", "b", "c"]);
});
