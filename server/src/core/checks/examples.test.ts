// Every check against its own examples: the bad one has exactly its finding, the good one has none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { locateRelease, releasePath } from "../model/release-location.ts";
import type { CheckExample } from "./check.ts";
import { checkTree, releaseChecks } from "./index.ts";

async function findingsOf(text: string, path: string, { name = "demo", systemd }: CheckExample): Promise<string[]> {
  const tree = memoryTree({ [path]: text });
  const findings = await checkTree(tree, { folder: name }, systemd === undefined ? {} : { systemd });
  assert.ok(findings.every((finding) => finding.path === path));
  return findings.map(({ check }) => check);
}

for (const { id, example } of releaseChecks) {
  const place = releasePath("sysext", example.name ?? "demo");
  test(`${id}: the bad example has this finding and no other`, async () => {
    assert.deepEqual(await findingsOf(example.bad, example.badPath ?? place, example), [id]);
  });
  test(`${id}: the good example has no finding`, async () => {
    const path = releasePath("sysext", "demo");
    assert.ok(locateRelease(path));
    assert.deepEqual(await findingsOf(example.good, path, { ...example, name: "demo" }), []);
  });
}

test("ids are unique, and messages are one sentence without a full stop", async () => {
  const ids = releaseChecks.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { example } of releaseChecks) {
    const path = example.badPath ?? releasePath("sysext", example.name ?? "demo");
    for (const { message } of await checkTree(memoryTree({ [path]: example.bad }), {
      folder: example.name ?? "demo",
    })) {
      assert.doesNotMatch(message, /\.$|\n/);
    }
  }
});
