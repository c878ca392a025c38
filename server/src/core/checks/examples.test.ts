// Every check against its own examples: the bad one has exactly its finding, the good one has none, and each quick fix has the result that the example names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { optionsOfExample, treeOf } from "../../../../scripts/generate/example-tree.ts";
import { fixTree, wholeTree } from "../../../../test/support/fixed-tree.ts";
import type { CheckFacts, ExampleTree } from "./check.ts";
import { checkTree } from "./check-tree.ts";
import { exampleFiles, exampleTree } from "./example-files.ts";
import type { TreeFinding } from "./finding.ts";
import { checks } from "./index.ts";

async function findingsOf(files: ExampleTree, check: CheckFacts, name = "demo"): Promise<TreeFinding[]> {
  return await checkTree(treeOf(files), { folder: name }, await optionsOfExample(check));
}

for (const check of checks) {
  const { id, example } = check;
  const { bad, good, fixed, around } = exampleFiles(check);
  const { name = "demo" } = example;
  const badTree = exampleTree(bad, around);

  test(`${id}: the bad example has this finding and no other`, async () => {
    const findings = await findingsOf(badTree, check, name);
    assert.deepEqual(
      findings.map((finding) => finding.check),
      [id],
    );
    for (const { message } of findings) assert.doesNotMatch(message, /\.$|\n/);
  });

  test(`${id}: the good example has no finding`, async () => {
    assert.deepEqual(await findingsOf(exampleTree(good, around), check), []);
  });

  test(`${id}: the quick fixes are those whose results the example names`, async () => {
    const [finding] = await findingsOf(badTree, check, name);
    const titles = finding?.fixes.map(({ title }) => title) ?? [];
    assert.equal(titles.length, fixed.length, `${titles.join(", ") || "no fix"}, and ${fixed.length} results`);
  });

  for (const [index, result] of fixed.entries()) {
    test(`${id}: quick fix ${index + 1} makes of the bad example what the example says`, async () => {
      const [finding] = await findingsOf(badTree, check, name);
      const fix = finding?.fixes[index];
      assert.ok(finding !== undefined && fix !== undefined, "there is no such fix");
      const made = fixTree(badTree, finding.path, fix);
      assert.deepEqual(wholeTree(made), wholeTree(exampleTree(result, around)));
      const left = await findingsOf(made, check, name);
      assert.ok(!left.some((found) => found.check === id), `"${fix.title}" leaves the finding there`);
    });
  }
}

test("ids are unique", () => {
  assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
});
