// What is shown of a plan: as much as somebody reads, with examples that the patterns match.
import assert from "node:assert/strict";
import { test } from "node:test";
import { matchPattern } from "../../updates/match-pattern.ts";
import type { TransferPlan, UpdatePlan } from "../../updates/update-plan.ts";
import { parsePattern } from "../../values/parse-pattern.ts";
import { wildcards } from "../../values/wildcards.ts";
import { digestPlan, exampleName } from "./plan-digest.ts";

test("an example is matched by its pattern, whatever the wildcards", () => {
  const patterns = ["a-@v.raw", "a@@b_@v", "x/y-@v/z.raw", "**/a_@v.raw"];
  for (const { letter } of wildcards) if (letter !== "v") patterns.push(`a_@v_@${letter}.raw`);
  for (const pattern of patterns) {
    const name = exampleName(pattern);
    assert.ok(name !== undefined, pattern);
    assert.ok(matchPattern(parsePattern(pattern, { specifiers: false }), name, 262).matches, `${pattern}: ${name}`);
  }
  assert.equal(exampleName("a.raw"), undefined);
});

const transfer: TransferPlan = {
  id: "a",
  path: "etc/sysupdate.d/a.transfer",
  enabled: true,
  source: { type: "url-file", path: "https://e.com/", patterns: ["a_@v.raw"], instances: [], misses: [] },
  target: { type: "regular-file", path: "/x", patterns: ["a_@v.raw"], instances: [], misses: [] },
  remove: [],
};

function plan(parts: Partial<UpdatePlan>): UpdatePlan {
  return { versions: [], transfers: [transfer], faults: [], ...parts };
}

test("long lists are cut, and say by how much", () => {
  const misses = Array.from({ length: 70 }, (_, index) => ({ name: `x${index}`, pattern: 0, at: 0, reason: "no" }));
  const versions = Array.from({ length: 120 }, (_, index) => ({
    version: String(index),
    available: true,
    installed: false,
    incomplete: false,
    protected: false,
    obsolete: false,
  }));
  const digest = digestPlan(plan({ versions, transfers: [{ ...transfer, source: { ...transfer.source, misses } }] }));
  assert.equal(digest.versions.length + digest.moreVersions, 120);
  assert.equal(digest.transfers[0]?.misses.length, 50);
  assert.equal(digest.transfers[0]?.moreMisses, 20);
  assert.equal(digest.transfers[0]?.misses[0]?.pattern, "a_@v.raw");
});

test("what would be stored has its path, or the label of its partition", () => {
  const download = { version: "1", name: "a_1.raw", storedName: "a_1" };
  const stored = (more: object) =>
    digestPlan(plan({ transfers: [{ ...transfer, download: { ...download, ...more } }] })).transfers[0]?.download;
  assert.equal(stored({})?.storedAs, "a_1");
  assert.deepEqual(stored({ storedAs: "/x/a_1", decompressed: true, size: 3 }), {
    version: "1",
    name: "a_1.raw",
    size: 3,
    storedAs: "/x/a_1",
    decompressed: true,
  });
});

test("a transfer that does not count says why", () => {
  const off = { ...transfer, enabled: false, disabledReason: 'its feature "x" is off' };
  assert.equal(digestPlan(plan({ transfers: [off] })).transfers[0]?.disabled, 'its feature "x" is off');
  assert.equal(digestPlan(plan({})).transfers[0]?.disabled, undefined);
});
