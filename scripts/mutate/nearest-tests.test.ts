// The tests of a module, by how far they are from it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bundle, nearestTests, usersOf } from "./nearest-tests.ts";

const sources = new Map([
  ["core/plan.ts", "export const plan = 1;"],
  ["core/plan.test.ts", 'import { plan } from "./plan.ts"; plan;'],
  ["core/index.ts", 'export * from "./plan.ts";'],
  ["core/types.test.ts", 'import type { plan } from "./plan.ts";'],
  ["core/whole.test.ts", 'import { plan } from "./index.ts"; plan;'],
  ["core/plan-whole.test.ts", 'import { plan } from "./index.ts"; plan;'],
  ["core/hostile-plan.test.ts", 'import { plan } from "./plan.ts"; plan;'],
  ["image/worker.ts", ""],
  ["image/pool.ts", 'const file = threadFile("worker");'],
  ["image/pool.test.ts", 'import { pool } from "./pool.ts"; pool;'],
  ["server/main.ts", 'import { plan } from "../core/index.ts"; plan;'],
  ["test/process.ts", 'const main = path.join(root, "server/main.ts");'],
  ["test/server.test.ts", 'import { main } from "./process.ts"; main;'],
  ["cli/src/start.ts", 'await import("./main.ts");'],
  ["cli/src/main.ts", ""],
  ["test/cli/run.ts", 'const cli = path.join(root, "dist", "cli.cjs");'],
  ["test/cli/run.test.ts", 'import { cli } from "./run.ts"; cli;'],
  ["test/tidy/texts.test.ts", 'const file = "core/plan.ts";'],
]);
const users = usersOf(sources);

test("the test beside comes first, then those that import it, by distance and by name", () => {
  assert.deepEqual(nearestTests("core/plan.ts", users), [
    "core/plan.test.ts",
    "core/plan-whole.test.ts",
    "core/whole.test.ts",
    "core/hostile-plan.test.ts",
    "test/server.test.ts",
  ]);
});

test("threads, processes and bundles lead to their modules", () => {
  assert.deepEqual(nearestTests("image/worker.ts", users), ["image/pool.test.ts"]);
  assert.deepEqual(nearestTests("server/main.ts", users), ["test/server.test.ts"]);
  assert.deepEqual(nearestTests("cli/src/main.ts", users), ["test/cli/run.test.ts"]);
  assert.deepEqual(nearestTests(bundle, users), ["test/cli/run.test.ts"]);
});
