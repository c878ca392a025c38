// The page of an update plan: everything in it can be read as text, and whoever reads stays where they are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeElement, findAll, findOne, openDocument, textsOf } from "../../../../test/support/fake-dom.ts";
import { createPlan } from "./draw-plan.ts";
import { type FromPage, type PagePlan, readFromPage } from "./messages.ts";

const file = { uri: "file:///w/demo.transfer", name: "demo.transfer" };

const plan: PagePlan = {
  title: "What an update of demo would do",
  choices: [
    { what: "source", label: "Published in", value: "/srv", note: "3 files" },
    { what: "architecture", label: "Architecture", value: "Any", note: "" },
  ],
  reading: { label: "Read Again", isPrimary: false, isDisabled: false, note: "" },
  summary: "An update would install 2.",
  doubts: ["line 2: odd"],
  remarks: [{ kind: "faults", title: "Stops", items: [{ file, text: "it has no target" }] }],
  transfers: [
    {
      file,
      facts: [
        { title: "Looks for", lines: [{ kind: "plain", parts: [{ text: "demo-@v.raw", isCode: true }] }] },
        { title: "Stores", lines: [{ kind: "note", parts: [{ text: "decompressed", isCode: false }] }] },
      ],
      misses: {
        ...{ title: "2 files match no pattern", isOpen: false, note: "Marked", endOfName: "the name ends" },
        items: [
          { pattern: "p\u0007", reason: "s is odd", before: "demo", mark: "s", after: "-1.raw" },
          { pattern: "p", reason: "too short", before: "demo", mark: "", after: "" },
        ],
        more: "and 1 more",
      },
    },
  ],
  versions: {
    title: "Versions",
    columns: ["Version", "Published"],
    rows: [
      { version: "2", isCandidate: true, cells: ["yes"] },
      { version: "1", isCandidate: false, cells: ["–"] },
    ],
    more: "",
  },
};

function draw(): { readonly root: FakeElement; readonly sent: FromPage[]; show(plan: PagePlan): void } {
  const { root, body } = openDocument();
  const sent: FromPage[] = [];
  return { root, sent, show: createPlan(body, (message) => void sent.push(message)) };
}

function buttonCalled(root: FakeElement, text: string): FakeElement {
  const found = findAll(root, "button").find(({ textContent }) => textContent === text);
  assert.ok(found, text);
  return found;
}

test("all of a plan is there as text", () => {
  const { root, show } = draw();
  show(plan);
  assert.deepEqual(textsOf(root, "h1"), [plan.title]);
  assert.deepEqual(textsOf(root, ".choice"), ["Published in/srv3 files", "ArchitectureAny"]);
  assert.deepEqual(textsOf(root, "h2"), ["Stops", "demo.transfer", "Versions"]);
  assert.deepEqual(textsOf(findOne(root, ".faults"), "li"), ["demo.transfer: it has no target"]);
  assert.deepEqual(textsOf(root, "dt"), ["Looks for", "Stores"]);
  assert.deepEqual(textsOf(root, "dd"), ["demo-@v.raw", "decompressed"]);
  assert.deepEqual(textsOf(findOne(root, "tbody"), "tr"), ["2yes", "1–"]);
  assert.deepEqual(textsOf(root, ".candidate"), ["2yes"]);
  assert.deepEqual(
    findAll(root, "th").map(({ scope }) => scope),
    ["col", "col", "row", "row"],
  );
});

test("the character at which a pattern ends is marked, and the end of a name is heard", () => {
  const { root, show } = draw();
  show(plan);
  const misses = findOne(root, ".misses");
  assert.deepEqual(textsOf(misses, "li"), ["demos-1.raws is odd", "demothe name endstoo short", "and 1 more"]);
  assert.deepEqual(textsOf(misses, "mark"), ["s", "the name ends"]);
  assert.deepEqual(textsOf(misses, ".heard"), ["the name ends"]);
  assert.equal(findAll(misses, "code")[0]?.title, "p␣");
});

test("buttons send what was pressed", () => {
  const { root, sent, show } = draw();
  show(plan);
  for (const button of findAll(root, ".choice")) button.fire("click");
  buttonCalled(root, "Read Again").fire("click");
  for (const link of findAll(root, ".link")) link.fire("click");
  assert.deepEqual(sent, [
    { kind: "choose", what: "source" },
    { kind: "choose", what: "architecture" },
    { kind: "read" },
    { kind: "open", uri: file.uri },
    { kind: "open", uri: file.uri },
  ]);
});

test("a button that cannot be pressed says why", () => {
  const { root, show } = draw();
  show({ ...plan, reading: { label: "Fetch", isPrimary: true, isDisabled: true, note: "Trust first" } });
  assert.ok(buttonCalled(root, "Fetch").disabled);
  assert.equal(findOne(root, ".primary").textContent, "Fetch");
  assert.equal(findOne(root, ".reading").textContent, "FetchTrust first");
});

test("a new plan leaves the focus, and what was opened, as they were", () => {
  const { root, show } = draw();
  show(plan);
  buttonCalled(root, "Read Again").focus();
  findOne(root, "details").open = true;
  show({ ...plan, reading: { label: "Reading…", isPrimary: false, isDisabled: true, note: "" } });
  assert.equal(document.activeElement, buttonCalled(root, "Reading…") as unknown);
  assert.ok(findOne(root, "details").open);
});

test("the summary is read aloud only when it is another", () => {
  const { root, show } = draw();
  show(plan);
  const [status] = root.children.filter((element) => element.getAttribute("role") === "status");
  assert.equal(status?.textContent, plan.summary);
  const writes = status?.textWrites;
  show(plan);
  assert.equal(status?.textWrites, writes);
  show({ ...plan, summary: "Nothing to do." });
  assert.equal(status?.textContent, "Nothing to do.");
});

test("only the messages that the page has are read", () => {
  const messages: readonly FromPage[] = [
    ...[{ kind: "ready" } as const, { kind: "read" } as const, { kind: "choose", what: "host" } as const],
    { kind: "open", uri: "file:///x" },
  ];
  for (const message of messages) assert.deepEqual(readFromPage({ ...message, more: 1 }), message);
  for (const odd of [null, 7, {}, { kind: "choose", what: "constructor" }, { kind: "open" }, { kind: "run" }]) {
    assert.equal(readFromPage(odd), undefined);
  }
});
