// Every check against its own examples: the bad one has exactly its finding, the good one has none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { optionsOfExample, treeOfExample } from "../../../../scripts/generate/example-tree.ts";
import { applyFix } from "../../../../test/support/check-fixture.ts";
import type { CheckFacts, ExampleFile, ExampleTree } from "./check.ts";
import { checkTree, wholeTreeChecks } from "./check-tree.ts";
import { exampleFiles } from "./example-files.ts";
import type { Fix, TreeFinding } from "./finding.ts";
import { checks } from "./index.ts";

const ofWholeTrees: ReadonlySet<string> = new Set(wholeTreeChecks.map((check) => check.id));

async function findingsOf(files: ExampleTree, check: CheckFacts, name = "demo"): Promise<TreeFinding[]> {
  const { id } = check;
  const findings = await checkTree(treeOfExample(files), { folder: name }, await optionsOfExample(check));
  // A unit that stands alone in its tree is started by nothing and starts nothing, which is about something else.
  const isLonely = !("badTree" in check.example);
  return findings.filter(
    ({ check: found }) =>
      found === id || (found !== "unit/socket-without-service" && !(isLonely && ofWholeTrees.has(found))),
  );
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
    for (const fix of finding?.fixes ?? []) {
      const left = await findingsOf(afterFix(bad, finding?.path ?? "", fix), check, name);
      assert.ok(!left.some((found) => found.check === id), `"${fix.title}" leaves it there`);
    }
  });
}

/** The files of an example after a fix of a finding in the file at `path`. */
function afterFix(files: ExampleTree, path: string, fix: Fix): ExampleTree {
  const whole = Object.fromEntries(
    Object.entries(files).map(([at, file]) => [at, typeof file === "string" ? { content: file } : file]),
  );
  const texts = applyFix(new Map(Object.entries(whole).map(([at, { content = "" }]) => [at, content])), path, fix);
  const result: Record<string, ExampleFile> = {};
  for (const [at, content] of texts) {
    const from = fix.changes.find((change) => change.kind === "rename" && change.to === at);
    const facts = whole[from?.kind === "rename" ? from.from : at];
    const changed = fix.changes.find((change) => change.kind === "mode" && change.path === at);
    const isText = facts?.bytes === undefined && facts?.target === undefined && (facts?.type ?? "file") === "file";
    result[at] = {
      ...facts,
      ...(isText ? { content } : {}),
      ...(changed?.kind === "mode" ? { mode: changed.mode } : {}),
    };
  }
  return result;
}

test("ids are unique", () => {
  assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
});
