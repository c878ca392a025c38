// The page of a comparison: a tree that keys move in, boxes that hide and ignore, and nothing but text from images.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeElement, findAll, findOne, openDocument, textsOf } from "../../../../test/support/fake-dom.ts";
import { createComparison } from "./draw-comparison.ts";
import {
  type ChangeKind,
  type FromPage,
  type PageChanges,
  type PageRow,
  readFromPage,
  type ToPage,
} from "./messages.ts";

function row(change: ChangeKind, path: string, opens = true): PageRow {
  return { path, change, word: change, aspects: change === "changed" ? ["mode a → b"] : [], size: "1 kB", opens };
}

const rows = [row("changed", "usr/bin/tool"), row("added", "usr/lib/new"), row("removed", "usr/lib/old", false)];
const labels = { added: "Added (1)", removed: "Removed (1)", changed: "Changed (1)" };
const changes: PageChanges = { summary: "3 differences", note: "Attributes are not compared", labels, rows };
const words: ToPage = {
  kind: "words",
  words: {
    title: "From <a> to b",
    show: "Show",
    ignore: "Ignore",
    times: "Times",
    owners: "Owners",
    tree: "Differences",
  },
};

interface Drawn {
  readonly root: FakeElement;
  readonly sent: FromPage[];
  receive(message: ToPage): void;
  box(id: string): FakeElement;
  /** Labels of the lines that are not in a closed folder. */
  visible(): string[];
  /** Presses a key on the line that has the focus; returns the label of the one that has it then. */
  press(key: string): string;
}

function draw(): Drawn {
  const { root, body, document } = openDocument();
  const sent: FromPage[] = [];
  const receive = createComparison(body, (message) => void sent.push(message));
  receive(words);
  receive({ kind: "changes", changes });
  const isOpen = (item: FakeElement): boolean => {
    const above = item.parentElement?.parentElement;
    return above?.tagName !== "LI" || (above.getAttribute("aria-expanded") === "true" && isOpen(above));
  };
  return {
    ...{ root, sent, receive },
    box: (id) => findAll(root, "input").find((input) => input.id === id) ?? assert.fail(id),
    visible: () => items(root).filter(isOpen).map(labelOf),
    press(key) {
      assert.ok(document.activeElement?.fire("keydown", { key }), `${key} is taken`);
      return labelOf(document.activeElement);
    },
  };
}

function items(root: FakeElement): FakeElement[] {
  return findAll(root, "li");
}

function labelOf(item: FakeElement | null): string {
  return item?.getAttribute("aria-label") ?? "";
}

const labelsOfAll = [
  ...["usr", "bin", "tool, changed, mode a → b, 1 kB"],
  ...["lib", "new, added, 1 kB", "old, removed, 1 kB"],
];

test("differences are a tree with levels, and all that is seen of a line is heard", () => {
  const { root } = draw();
  assert.deepEqual(items(root).map(labelOf), labelsOfAll);
  assert.deepEqual(
    items(root).map((item) => item.getAttribute("aria-level")),
    ["1", "2", "3", "2", "3", "3"],
  );
  const list = findOne(root, ".tree");
  assert.deepEqual([list.getAttribute("role"), list.getAttribute("aria-label")], ["tree", "Differences"]);
  assert.deepEqual(findAll(root, ".row").map(({ textContent }) => textContent)[2], "toolchangedmode a → b1 kB");
});

test("titles, the summary and the note are text", () => {
  const { root } = draw();
  assert.equal(findOne(root, "h1").textContent, "From <a> to b");
  assert.equal(findOne(root, ".note").textContent, "Attributes are not compared");
  assert.deepEqual(textsOf(root, "legend"), ["Show", "Ignore"]);
  assert.deepEqual(textsOf(root, "label"), ["Added (1)", "Removed (1)", "Changed (1)", "Times", "Owners"]);
  const [status] = findAll(root, "p").filter((element) => element.getAttribute("role") === "status");
  assert.equal(status?.textContent, "3 differences");
});

test("keys move, close, open and lead to files", () => {
  const { root, sent, press, visible } = draw();
  const tabStops = (): string[] =>
    items(root)
      .filter(({ tabIndex }) => tabIndex === 0)
      .map(labelOf);
  assert.deepEqual(tabStops(), ["usr"]);
  items(root)[0]?.focus();
  assert.equal(press("ArrowDown"), "bin");
  assert.deepEqual(tabStops(), ["bin"]);
  assert.equal(press("ArrowLeft"), "bin");
  assert.deepEqual(visible(), ["usr", "bin", "lib", ...labelsOfAll.slice(4)]);
  assert.equal(press("ArrowDown"), "lib");
  assert.equal(press("ArrowUp"), "bin");
  assert.equal(press("ArrowRight"), "bin");
  assert.deepEqual(visible(), labelsOfAll);
  assert.equal(press("ArrowRight"), labelsOfAll[2]);
  assert.equal(press("ArrowLeft"), "bin");
  assert.equal(press("Home"), "usr");
  assert.equal(press("ArrowUp"), "usr");
  assert.equal(press("End"), labelsOfAll[5]);
  press("Enter");
  assert.deepEqual(sent, [], "a line that cannot be opened");
  assert.equal(press("ArrowUp"), labelsOfAll[4]);
  press(" ");
  assert.deepEqual(sent, [{ kind: "open", path: "usr/lib/new" }]);
});

test("other keys, and keys with modifiers, are left to the editor", () => {
  const { root } = draw();
  const [first] = items(root);
  first?.focus();
  assert.equal(first?.fire("keydown", { key: "x" }), false);
  for (const held of ["ctrlKey", "altKey", "metaKey"] as const) {
    assert.equal(first?.fire("keydown", { key: "ArrowDown", [held]: true }), false, held);
  }
});

test("a click opens a file, and closes or opens a folder", () => {
  const { root, sent, visible } = draw();
  const lines = findAll(root, ".row");
  lines[0]?.fire("click");
  assert.deepEqual(visible(), ["usr"]);
  assert.deepEqual(textsOf(root, ".twist")[0], "▸");
  lines[0]?.fire("click");
  assert.deepEqual(visible(), labelsOfAll);
  lines[2]?.fire("click");
  assert.deepEqual(sent, [{ kind: "open", path: "usr/bin/tool" }]);
});

test("kinds of differences can be hidden, and the focus stays where it was", () => {
  const { root, box, receive } = draw();
  const tool = items(root)[2];
  findAll(root, ".row")[2]?.fire("click");
  assert.equal(document.activeElement, tool as unknown);
  const removed = box("removed");
  removed.checked = false;
  removed.fire("change");
  assert.deepEqual(items(root).map(labelOf), labelsOfAll.slice(0, 5));
  receive({ kind: "changes", changes });
  assert.equal(labelOf(document.activeElement as unknown as FakeElement), labelsOfAll[2]);
});

test("a folder that was closed stays closed in newer differences", () => {
  const { root, receive, visible } = draw();
  findAll(root, ".row")[3]?.fire("click");
  receive({ kind: "changes", changes: { ...changes, rows: rows.slice(1) } });
  assert.deepEqual(visible(), ["usr/lib"]);
  receive({ kind: "changes", changes: { ...changes, rows: [] } });
  assert.deepEqual(visible(), []);
});

test("what is to be ignored is sent", () => {
  const { sent, box } = draw();
  assert.deepEqual([box("times").checked, box("owners").checked], [true, false]);
  box("owners").checked = true;
  box("owners").fire("change");
  box("times").checked = false;
  box("times").fire("change");
  assert.deepEqual(sent, [
    { kind: "ignore", ignore: { times: true, owners: true } },
    { kind: "ignore", ignore: { times: false, owners: true } },
  ]);
});

test("only the messages that the page has are read", () => {
  const messages: readonly FromPage[] = [
    { kind: "ready" },
    { kind: "ignore", ignore: { times: true, owners: false } },
    { kind: "open", path: "usr" },
  ];
  for (const message of messages) assert.deepEqual(readFromPage({ ...message, more: 1 }), message);
  for (const odd of [
    undefined,
    "ready",
    { kind: "open", path: 1 },
    { kind: "ignore" },
    { kind: "ignore", ignore: { times: true } },
    { kind: "ignore", ignore: {} },
  ]) {
    assert.equal(readFromPage(odd), undefined);
  }
});
