// The order of versions: a table of pairs, nearly all of which systemd-analyze compares the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { compareVersions } from "../../server/src/core/index.ts";

function relation(a: string, b: string): string {
  const order = compareVersions(a, b);
  return order < 0 ? "<" : order > 0 ? ">" : "=";
}

const rows = readFileSync(path.join(projectFolder, "test", "hosts", "version-order.tsv"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((row) => row.split("\t"));

test("every pair of the table is in its order, both ways round", () => {
  assert.ok(rows.length > 100);
  const turned: Readonly<Record<string, string>> = { "<": ">", ">": "<", "=": "=" };
  for (const [a = "", b = "", expected = ""] of rows) {
    assert.equal(relation(a, b), expected, `${a} ${b}`);
    assert.equal(relation(b, a), turned[expected], `${b} ${a}`);
  }
});
