// The oldest node that the command line takes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { nodeFault, oldestNode } from "./node-version.ts";

test("an older node is told as such, and the one that runs this is not", () => {
  assert.match(nodeFault("20.20.2") ?? "", /^node 22\.15 or newer is required; this is node 20\.20\.2$/);
  assert.match(nodeFault("22.14.0") ?? "", /22\.14\.0/);
  for (const version of ["22.15.0", "24.0.0", process.versions.node]) assert.equal(nodeFault(version), undefined);
});

test("package.json names the same version", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  assert.equal(engines.node, `>=${oldestNode}`);
});
