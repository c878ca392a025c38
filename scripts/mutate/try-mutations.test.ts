// A small project with good and weak tests: what they notice is caught, and every copy is as before.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../test/support/tools.ts";
import type { Candidate } from "./choose.ts";
import { usersOf } from "./nearest-tests.ts";
import { tryMutations, type Verdict } from "./try-mutations.ts";

const sources = new Map([
  ["package.json", '{ "type": "module" }'],
  ["a.ts", "export function smaller(a: number, b: number) {\n  return a < b;\n}\n"],
  ["a.test.ts", 'import { smaller } from "./a.ts";\nif (smaller(2, 1)) throw new Error();\n'],
  ["b.test.ts", 'import { smaller } from "./a.ts";\nif (smaller(1, 1)) throw new Error();\n'],
  ["broken.test.ts", 'import "./a.ts";\nthrow new Error();\n'],
]);
const start = (sources.get("a.ts") ?? "").indexOf("<");
const change = (text: string): Candidate => ({ file: "a.ts", mutator: "comparison", start, end: start + 1, text });

async function tried(t: Parameters<typeof tempFolder>[0], candidates: readonly Candidate[], maxTests: number) {
  const copy = (name: string): string => {
    const folder = path.join(tempFolder(t), name);
    mkdirSync(folder);
    for (const [file, text] of sources) writeFileSync(path.join(folder, file), text);
    return folder;
  };
  const changed = [copy("1"), copy("2")];
  const modules = new Map([...sources].filter(([file]) => file.endsWith(".ts")));
  const verdicts: Verdict[] = [];
  const limits = { maxTests, maxTestMs: 60_000 };
  const copies = { pristine: copy("pristine"), changed };
  const leftOut = await tryMutations(candidates, usersOf(modules), copies, limits, (verdict) => verdicts.push(verdict));
  for (const folder of changed) assert.equal(readFileSync(path.join(folder, "a.ts"), "utf8"), sources.get("a.ts"));
  return { verdicts, leftOut };
}

test("tests run from the nearest on, until one of them fails", async (t) => {
  const { verdicts, leftOut } = await tried(t, [change(">"), change("<="), change("< 1 +")], 9);
  const found = verdicts.map(({ candidate, isCaught, tests }) => [candidate.text, isCaught, tests]);
  assert.deepEqual(found.sort(), [
    ["< 1 +", true, ["a.test.ts", "b.test.ts"]],
    ["<=", true, ["a.test.ts", "b.test.ts"]],
    [">", true, ["a.test.ts"]],
  ]);
  assert.deepEqual(leftOut, []);
});

test("what only a farther test notices survives when that is beyond the limit", async (t) => {
  const { verdicts } = await tried(t, [change("<=")], 1);
  assert.deepEqual(
    verdicts.map(({ isCaught, tests }) => [isCaught, tests]),
    [[false, ["a.test.ts"]]],
  );
});

test("a test that fails without a change is left out", async (t) => {
  const { verdicts, leftOut } = await tried(t, [change("< 0 +")], 9);
  assert.deepEqual(
    verdicts.map(({ isCaught }) => isCaught),
    [false],
  );
  assert.deepEqual(leftOut, ["broken.test.ts"]);
});
