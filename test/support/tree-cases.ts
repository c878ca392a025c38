// Trees that checks have something to say about, or nothing, as rows of a table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { optionsOfExample, treeOfExample } from "../../scripts/generate/example-tree.ts";
import type { ExampleTree, TreeExample } from "../../server/src/core/checks/check.ts";
import { checkTree } from "../../server/src/core/checks/check-tree.ts";

type Around = Omit<TreeExample, "badTree" | "goodTree">;

/** A check, what it is shown, and what it says as `severity path`. */
export type TreeCase = readonly [
  id: string,
  what: string,
  tree: ExampleTree,
  found: readonly string[],
  around?: Around,
];

/** What one check finds in a tree; the others are not held to anything. */
export async function treeFindings(id: string, files: ExampleTree, around: Around = {}) {
  const example: TreeExample = { badTree: files, goodTree: {}, ...around };
  const options = await optionsOfExample({ id, severity: "info", title: "", why: "", example });
  const found = await checkTree(treeOfExample(files), { folder: "demo" }, options);
  return found.filter(({ check }) => check === id);
}

/** Makes a test of each row. */
export function holdTo(cases: readonly TreeCase[]): void {
  for (const [id, what, tree, expected, around] of cases) {
    test(`${id}: ${what}`, async () => {
      const found = await treeFindings(id, tree, around);
      assert.deepEqual(
        found.map(({ severity, path }) => `${severity} ${path}`),
        expected,
      );
    });
  }
}
