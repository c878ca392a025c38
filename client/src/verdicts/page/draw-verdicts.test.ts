// The page of verdicts: a table that a reader of the screen can follow, with all values as text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findAll, findOne, openDocument, textsOf } from "../../../../test/support/fake-dom.ts";
import { createVerdicts } from "./draw-verdicts.ts";
import { type PageVerdicts, readFromPage } from "./messages.ts";

const verdicts: PageVerdicts = {
  title: "Which hosts merge <b>",
  comparison: "Comparison",
  hosts: [
    { title: "Host A", subtitle: "systemd 257" },
    { title: "<script>", subtitle: "systemd 252, x86-64" },
  ],
  rows: [
    {
      title: "ID",
      kind: "comparison",
      cells: [
        { outcome: { kind: "match", word: "merges" }, text: "debian" },
        { outcome: { kind: "none", word: "not compared" }, text: "" },
      ],
    },
    {
      title: "Verdict",
      kind: "verdict",
      cells: [
        { outcome: { kind: "match", word: "merges" }, text: "it fits" },
        { outcome: { kind: "reject", word: "ignored" }, text: "another \u202eID" },
      ],
    },
    { title: "Log", kind: "code", cells: [{ text: "" }, { text: "No match" }] },
  ],
};

test("comparisons are rows, hosts are columns, and all have headings", () => {
  const { root, body } = openDocument();
  createVerdicts(body)(verdicts);
  assert.equal(findOne(root, "h1").textContent, "Which hosts merge <b>");
  const headings = findAll(root, "th").map(({ scope, textContent }) => `${scope}: ${textContent}`);
  assert.deepEqual(headings, [
    ...["col: Comparison", "col: Host Asystemd 257", "col: <script>systemd 252, x86-64"],
    ...["row: ID", "row: Verdict", "row: Log"],
  ]);
  const cells = findAll(root, "td").map(({ className, textContent }) => `${className}: ${textContent}`);
  assert.deepEqual(cells, [
    ...["match: mergesdebian", "none: not compared"],
    ...["match: mergesit fits", "reject: ignoredanother ␣ID"],
    ...[": ", ": No match"],
  ]);
  assert.deepEqual(textsOf(root, "strong"), ["merges", "ignored"]);
  assert.deepEqual(textsOf(root, "code"), ["No match"]);
});

test("a table that is wider than the page can be scrolled with the keyboard", () => {
  const { root, body } = openDocument();
  createVerdicts(body);
  assert.equal(findOne(root, ".scroll").tabIndex, 0);
});

test("newer verdicts take the place of those before", () => {
  const { root, body } = openDocument();
  const show = createVerdicts(body);
  show(verdicts);
  show({ ...verdicts, title: "Later", rows: [] });
  assert.equal(findOne(root, "h1").textContent, "Later");
  assert.equal(findAll(root, "td").length, 0);
});

test("a page of verdicts only says that it is ready", () => {
  assert.deepEqual(readFromPage({ kind: "ready", more: 1 }), { kind: "ready" });
  for (const odd of [undefined, null, "ready", { kind: "open" }, []]) assert.equal(readFromPage(odd), undefined);
});
