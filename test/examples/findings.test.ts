// Holds the findings in examples/broken to the list beside it, one for every check, and the other examples to none.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { hostFolder } from "../../image/src/node/index.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { checks, checkTree, lineIndex } from "../../server/src/core/index.ts";

const broken = path.join(projectFolder, "examples", "broken");
const trees = readdirSync(broken, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));

/** Findings of one tree, a line each: file, line, column, severity, check; lines and columns count from 1. */
async function findingsIn(folder: string, tree: string): Promise<string[]> {
  const findings = await checkTree(hostFolder(path.join(folder, tree)), { folder: tree });
  return findings.map(({ path: file, span, severity, check }) => {
    const text = check === "er/missing" ? "" : readFileSync(path.join(folder, tree, file), "utf8");
    const { line, column } = lineIndex(text).position(span.start);
    return [`${tree}/${file}`, line + 1, column + 1, severity, check].join("\t");
  });
}

test("the broken examples have exactly the findings that EXPECTED lists", async () => {
  const found = (await Promise.all(trees.sort().map((tree) => findingsIn(broken, tree)))).flat();
  assert.equal(`${found.join("\n")}\n`, readFileSync(path.join(broken, "EXPECTED"), "utf8"));
});

/** A megabyte in one line is nothing that anybody wants to open. */
const withoutExample = ["unit/line-too-long", "transfer/line-too-long"];

test("every check of texts has a broken example", () => {
  const expected = new Set(readFileSync(path.join(broken, "EXPECTED"), "utf8").split(/[\t\n]/));
  assert.deepEqual(
    checks.flatMap(({ id, example }) => ("badTree" in example || expected.has(id) ? [] : id)),
    withoutExample,
  );
});

for (const example of ["hello", "docker"]) {
  test(`the ${example} example has no findings`, async () => {
    assert.deepEqual(await findingsIn(path.dirname(broken), example), []);
  });
}
