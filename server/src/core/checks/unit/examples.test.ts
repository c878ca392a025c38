// Every check of units against its own examples: the bad one has exactly its finding, the good one has none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../../image/src/tree/memory-tree.ts";
import { applyFix } from "../../../../../test/support/check-fixture.ts";
import type { CheckExample } from "../check.ts";
import { checkTree } from "../index.ts";
import { unitChecks } from "./index.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";

function findingsOf(path: string, text: string, { systemd }: CheckExample) {
  const tree = memoryTree({ [release]: "ID=_any\n", [path]: text });
  return checkTree(tree, { folder: "demo" }, systemd === undefined ? {} : { systemd });
}

/** In a tree with nothing but the example a service is missing for many of them, which is about something else. */
function isBeside(id: string, check: string): boolean {
  return check === "unit/socket-without-service" && id !== check;
}

for (const { id, example } of unitChecks) {
  const { folder = "usr/lib/systemd/system", unit = "demo.service" } = example;
  const bad = example.badPath ?? `${folder}/${unit}`;
  const good = `${folder}/${example.goodUnit ?? unit}`;

  test(`${id}: the bad example has this finding and no other`, async () => {
    const findings = (await findingsOf(bad, example.bad, example)).filter(({ check }) => !isBeside(id, check));
    assert.deepEqual(
      findings.map(({ check }) => check),
      [id],
    );
    for (const { message } of findings) assert.doesNotMatch(message, /\.$|\n/);
  });

  test(`${id}: the good example has no finding`, async () => {
    const findings = (await findingsOf(good, example.good, example)).filter(({ check }) => !isBeside(id, check));
    assert.deepEqual(findings, []);
  });

  test(`${id}: no fix leaves the finding there`, async () => {
    const finding = (await findingsOf(bad, example.bad, example)).find(({ check }) => check === id);
    for (const fix of finding?.fixes ?? []) {
      const after = applyFix(new Map([[bad, example.bad]]), bad, fix);
      for (const [path, text] of after) {
        const left = await findingsOf(path, text, example);
        assert.ok(!left.some(({ check }) => check === id), `"${fix.title}" leaves it there`);
      }
    }
  });
}

test("ids are unique", () => {
  assert.equal(new Set(unitChecks.map(({ id }) => id)).size, unitChecks.length);
});
