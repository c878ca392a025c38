// The treemap as a table: rows with their sizes, folders that open, and headings that sort.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeElement, findAll, openDocument, textsOf } from "../../../../test/support/fake-dom.ts";
import { plainWords } from "../../say.ts";
import { pageWords } from "../usage-view.ts";
import { drawUsageTable, type SortOrder, type UsageTableOptions } from "./draw-usage-table.ts";
import type { PageUsage } from "./messages.ts";

function item(name: string, real: number, stored: number, children: readonly PageUsage[] = []): PageUsage {
  const kind = name === "rest" ? "rest" : children.length > 0 ? "folder" : "file";
  const texts = { realText: `r${real}`, storedText: `s${stored}`, filesText: "1", share: "5 %", spoken: name };
  return { ...{ kind, name, path: name, real, stored, files: 1, children }, ...texts };
}

const items = [item("b", 1, 9), item("rest", 9, 9), item("a", 5, 2, [item("a/x", 3, 1), item("a/y", 4, 1)])];

interface Table {
  readonly root: FakeElement;
  readonly done: string[];
  rows(): string[];
}

function draw(id: "folder" | "largest", changed: Partial<UsageTableOptions> = {}): Table {
  openDocument();
  const done: string[] = [];
  const order: SortOrder = { column: "size", descending: true };
  const options = {
    words: pageWords(plainWords),
    measure: "stored",
    storedKnown: true,
    order,
    expanded: new Set<string>(),
  } as const;
  const root = drawUsageTable(
    id,
    "Caption",
    items,
    { ...options, ...changed },
    {
      open: ({ name }) => void done.push(`open ${name}`),
      sort: ({ column, descending }) => void done.push(`sort ${column} ${descending}`),
      toggle: ({ name }) => void done.push(`toggle ${name}`),
    },
  ) as unknown as FakeElement;
  return { root, done, rows: () => textsOf(findAll(root, "tbody")[0] ?? root, "tr") };
}

test("a folder's table has both sizes, and its rest comes last", () => {
  const { root, rows } = draw("folder");
  assert.deepEqual(textsOf(root, "caption"), ["Caption"]);
  assert.deepEqual(textsOf(findAll(root, "thead")[0] ?? root, "th"), [
    ...["Name", "Stored size", "Share", "Real size", "Files"],
  ]);
  assert.deepEqual(rows(), ["bs95 %r11", "▸a/s25 %r51", "rests95 %r91"]);
});

test("where stored sizes are not known there is one column of sizes", () => {
  const { root, rows } = draw("folder", { measure: "real", storedKnown: false });
  assert.deepEqual(textsOf(findAll(root, "thead")[0] ?? root, "th"), ["Name", "Real size", "Share", "Files"]);
  assert.deepEqual(rows(), ["▸a/r55 %1", "br15 %1", "restr95 %1"]);
});

test("headings sort, and tell the order", () => {
  const { root, done } = draw("folder", { order: { column: "name", descending: false } });
  const headings = findAll(findAll(root, "thead")[0] ?? root, "th");
  assert.deepEqual(
    headings.map((heading) => heading.getAttribute("aria-sort")),
    ["ascending", "none", null, "none", "none"],
  );
  for (const button of findAll(root, ".sort")) button.fire("click");
  assert.deepEqual(done, ["sort name true", "sort size true", "sort other true", "sort files true"]);
});

test("a folder opens in the table, and every name leads to its file", () => {
  const closed = draw("folder");
  const [twist] = findAll(closed.root, ".twist").filter(({ tagName }) => tagName === "BUTTON");
  assert.deepEqual(
    [twist?.getAttribute("aria-expanded"), twist?.getAttribute("aria-label")],
    ["false", "Contents of a"],
  );
  twist?.fire("click");
  for (const link of findAll(closed.root, ".link")) link.fire("click");
  assert.deepEqual(closed.done, ["toggle a", "open b", "open a"]);
  const open = draw("folder", { expanded: new Set(["folder a"]) });
  assert.deepEqual(open.rows(), ["bs95 %r11", "▾a/s25 %r51", "a/xs15 %r31", "a/ys15 %r41", "rests95 %r91"]);
  assert.deepEqual(
    findAll(open.root, ".line").map(({ className }) => className.split(" ")[1]),
    ["depth-0", "depth-0", "depth-1", "depth-1", "depth-0"],
  );
});

test("the largest files are in the order of their sizes, and nothing sorts them otherwise", () => {
  const { root, rows } = draw("largest", { order: { column: "name", descending: true } });
  assert.deepEqual(rows(), ["bs95 %r1", "a/s25 %r5", "rests95 %r9"]);
  assert.equal(findAll(root, ".sort").length, 0);
  assert.equal(findAll(root, "button").filter(({ className }) => className === "twist").length, 0);
});
