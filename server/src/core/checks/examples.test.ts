// Every check against its own examples: the bad one has exactly its finding, the good one has none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { applyFix } from "../../../../test/support/check-fixture.ts";
import type { CheckFacts, ExampleTree } from "./check.ts";
import { exampleFiles, exampleTree } from "./example-files.ts";
import type { TreeFinding } from "./finding.ts";
import { checks, checkTree } from "./index.ts";

async function findingsOf(files: ExampleTree, { id, example }: CheckFacts, name = "demo"): Promise<TreeFinding[]> {
  const { systemd } = example;
  const tree = memoryTree(exampleTree(files));
  const findings = await checkTree(tree, { folder: name }, systemd === undefined ? {} : { systemd });
  // In a tree with nothing but the example a service is missing for many of them, which is about something else.
  return findings.filter(({ check }) => check === id || check !== "unit/socket-without-service");
}

for (const check of checks) {
  const { id, example } = check;
  const { bad, good } = exampleFiles(check);
  const { name = "demo" } = example;

  test(`${id}: the bad example has this finding and no other`, async () => {
    const findings = await findingsOf(bad, check, name);
    assert.deepEqual(
      findings.map((finding) => finding.check),
      [id],
    );
    for (const { message } of findings) assert.doesNotMatch(message, /\.$|\n/);
  });

  test(`${id}: the good example has no finding`, async () => {
    assert.deepEqual(await findingsOf(good, check), []);
  });

  test(`${id}: no fix leaves the finding there`, async () => {
    const finding = (await findingsOf(bad, check, name)).find((found) => found.check === id);
    const texts = Object.entries(bad).flatMap(([path, file]) =>
      typeof file === "string" ? [[path, file] as const] : [],
    );
    for (const fix of finding?.fixes ?? []) {
      const after = applyFix(new Map(texts), finding?.path ?? "", fix);
      const others = Object.fromEntries(Object.entries(bad).filter(([, file]) => typeof file !== "string"));
      const left = await findingsOf({ ...others, ...Object.fromEntries(after) }, check, name);
      assert.ok(!left.some((found) => found.check === id), `"${fix.title}" leaves it there`);
    }
  });
}

test("ids are unique", () => {
  assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
});
