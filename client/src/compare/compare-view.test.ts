// Differences as texts: totals, what was left out, and what differs of each path.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plainWords } from "../say.ts";
import { changesView, emptyView } from "./compare-view.ts";
import type { ChangedAspect, ChangeRow, Changes } from "./find-changes.ts";

const none: Changes = { rows: [], counts: { added: 0, removed: 0, changed: 0 }, grown: 0, caveats: [] };

function view(changes: Partial<Changes>) {
  return changesView({ ...none, ...changes }, plainWords);
}

function row(changed: Partial<ChangeRow>): ChangeRow {
  return { path: "usr/a", change: "changed", type: "file", aspects: [], ...changed };
}

test("totals say how many there are and by how much all grew", () => {
  const counts = { added: 1200, removed: 2, changed: 3 };
  const all = "1\u202f200 added, 2 removed, 3 changed";
  assert.equal(view({}).summary, "No differences");
  assert.equal(view({ counts }).summary, all);
  assert.equal(view({ counts, grown: 5000 }).summary, `${all}; 5.0 kB more`);
  assert.equal(view({ counts, grown: -5000 }).summary, `${all}; 5.0 kB less`);
  assert.deepEqual(view({ counts }).labels, {
    ...{ added: "Added (1\u202f200)", removed: "Removed (2)", changed: "Changed (3)" },
  });
});

test("what could not be compared, and what is not shown, is told", () => {
  const counts = { added: 2, removed: 0, changed: 0 };
  const cut = view({ counts, rows: [row({})], caveats: ["Attributes are not compared"] });
  assert.equal(cut.note, "Attributes are not compared; The first 1 of 2 differences are shown");
  assert.equal(view({ counts, rows: [row({}), row({})] }).note, "");
});

test("sizes and aspects have the values of both sides", () => {
  const shown = (changed: Partial<ChangeRow>) => view({ rows: [row(changed)] }).rows[0];
  assert.equal(shown({ sizeBefore: 1, sizeAfter: 2000 })?.size, "1 byte → 2.0 kB");
  assert.equal(shown({ sizeBefore: 7, sizeAfter: 7 })?.size, "7 bytes");
  assert.equal(shown({ sizeAfter: 7 })?.size, "7 bytes");
  assert.equal(shown({})?.size, "");
  const aspects: readonly ChangedAspect[] = [
    { aspect: "mode", before: "-rw", after: "-rwx" },
    { aspect: "xattrs", before: "", after: "x".repeat(200) },
    { aspect: "content" },
  ];
  assert.deepEqual(shown({ aspects })?.aspects, [
    "mode -rw → -rwx",
    `attributes none → ${"x".repeat(120)}…`,
    "content",
  ]);
});

test("only what is a file on a side can be opened", () => {
  const opens = (changed: Partial<ChangeRow>) => view({ rows: [row(changed)] }).rows[0]?.opens;
  assert.deepEqual([opens({}), opens({ sizeBefore: 0 }), opens({ sizeAfter: 0 })], [false, true, true]);
});

test("without differences it says that they are looked for, or why there are none", () => {
  assert.equal(emptyView(undefined, plainWords).summary, "Comparing…");
  assert.equal(emptyView("The image is gone", plainWords).summary, "The image is gone");
});
