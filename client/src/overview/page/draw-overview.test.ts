// The overview's page: all of it as text, what is pressed is sent, and what did not change keeps its element.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeElement, findAll, findOne, openDocument, textsOf } from "../../../../test/support/fake-dom.ts";
import { plainWords } from "../../say.ts";
import { pageWords } from "../usage-view.ts";
import { createOverview } from "./draw-overview.ts";
import { type FromPage, type PageBlock, type PageOverview, readFromPage } from "./messages.ts";

const overview: PageOverview = {
  title: "demo.raw",
  subtitle: "squashfs image",
  notes: [{ tone: "warning", text: "It is odd." }],
  buttons: [
    { action: "browse", label: "Browse Files", primary: true },
    { action: "extract", label: "Extract…" },
  ],
  numbers: [{ label: "File", value: "8.2 kB", note: "8192 bytes" }],
  parts: [],
};

interface Drawn {
  readonly head: FakeElement;
  readonly parts: FakeElement;
  readonly sent: FromPage[];
  show(overview: PageOverview): void;
}

function draw(): Drawn {
  const { document } = openDocument();
  const [head, parts] = [document.createElement("header"), document.createElement("div")];
  const sent: FromPage[] = [];
  const show = createOverview(
    ...([head, parts] as unknown as [HTMLElement, HTMLElement]),
    (message) => void sent.push(message),
  );
  return { head, parts, sent, show: (shown) => show(shown, pageWords(plainWords)) };
}

function drawBlocks(...blocks: readonly PageBlock[]): Drawn {
  const drawn = draw();
  drawn.show({ ...overview, parts: [{ id: "part", title: "Part", wide: true, blocks }] });
  return drawn;
}

test("the top says what the image is, and its buttons are sent", () => {
  const { head, sent, show } = draw();
  show(overview);
  assert.deepEqual(textsOf(head, "h1"), ["demo.raw"]);
  assert.deepEqual(textsOf(head, ".subtitle"), ["squashfs image"]);
  assert.deepEqual(textsOf(head, ".warning"), ["It is odd."]);
  assert.deepEqual([...textsOf(head, "dt"), ...textsOf(head, "dd")], ["File", "8.2 kB", "8192 bytes"]);
  assert.equal(findOne(head, ".primary").textContent, "Browse Files");
  for (const button of findAll(head, "button")) button.fire("click");
  assert.deepEqual(sent, [
    { kind: "press", button: "browse" },
    { kind: "press", button: "extract" },
  ]);
});

test("a part is named by its title, and a wide one has its class", () => {
  const { parts } = drawBlocks({ kind: "note", tone: "good", text: "Fine." });
  const [section] = parts.children;
  assert.equal(section?.getAttribute("aria-labelledby"), findOne(parts, "h2").id);
  assert.equal(section?.dataset["part"], "part");
  assert.ok(section?.className.split(" ").includes("wide"));
  assert.deepEqual(textsOf(parts, ".good"), ["Fine."]);
});

test("facts, tables and progress are text with their notes", () => {
  const { parts } = drawBlocks(
    { kind: "facts", rows: [{ label: "Root hash", value: "ab\u202e", note: "from a file", code: true }] },
    { kind: "table", table: { columns: [{ title: "#", number: true }, { title: "For" }], rows: [["1", "root"]] } },
    { kind: "progress", text: "1 of 2 checked", done: 0.5 },
  );
  assert.deepEqual(textsOf(parts, "code"), ["ab␣"]);
  assert.deepEqual(textsOf(parts, "dd"), ["ab␣from a file"]);
  assert.deepEqual(textsOf(parts, "tr"), ["#For", "1root"]);
  assert.deepEqual(
    findAll(parts, "td").map(({ className }) => className),
    ["number", ""],
  );
  const bar = findAll(parts, "progress").find(({ tagName }) => tagName === "PROGRESS");
  assert.deepEqual([bar?.value, bar?.getAttribute("aria-label")], [0.5, "1 of 2 checked"]);
});

test("a disk is a picture with a name, in which partitions are to scale", () => {
  const regions = [
    { size: 10, name: "", spoken: "a gap" },
    { size: 90, name: "root", spoken: "partition 1" },
  ];
  const { parts } = drawBlocks({ kind: "disk", regions, spoken: "1 partition" });
  const bar = findOne(parts, ".disk");
  assert.deepEqual([bar.getAttribute("role"), bar.getAttribute("aria-label")], ["img", "1 partition"]);
  assert.deepEqual(
    bar.children.map(({ className, title, style }) => [className, title, style["flexGrow"]]),
    [
      ["gap", "a gap", "10"],
      ["region hue-1", "partition 1", "90"],
    ],
  );
});

test("items and code open their place", () => {
  const { parts, sent } = drawBlocks(
    {
      kind: "items",
      items: [
        { tone: "error", badge: "error", text: "usr/a:3", detail: "it is odd", opens: { path: "usr/a", line: 3 } },
        { tone: "plain", text: "libz" },
      ],
    },
    { kind: "code", title: "usr/r", text: "ID=_any", opens: { path: "usr/r" } },
  );
  assert.deepEqual(textsOf(parts, "li"), ["errorusr/a:3it is odd", "libz"]);
  assert.deepEqual(textsOf(parts, "pre"), ["ID=_any"]);
  for (const link of findAll(parts, ".link")) link.fire("click");
  assert.deepEqual(sent, [
    { kind: "open", path: "usr/a", line: 3 },
    { kind: "open", path: "usr/r" },
  ]);
});

test("a long list shows its first items until all are asked for, also after a newer overview", () => {
  const items = Array.from({ length: 10 }, (_, at) => ({ tone: "plain", text: `item ${at}` }) as const);
  const { parts, show } = drawBlocks({ kind: "items", items });
  const more = (): FakeElement => findOne(parts, ".link");
  assert.deepEqual([findAll(parts, "li").length, more().textContent], [8, "Show all 10"]);
  more().fire("click");
  assert.deepEqual([findAll(parts, "li").length, more().textContent], [10, "Show less"]);
  const blocks: readonly PageBlock[] = [{ kind: "items", items: [...items, { tone: "plain", text: "newer" }] }];
  show({ ...overview, parts: [{ id: "part", title: "Part", wide: true, blocks }] });
  assert.equal(findAll(parts, "li").length, 11);
  more().fire("click");
  assert.equal(findAll(parts, "li").length, 8);
  assert.equal(findAll(drawBlocks({ kind: "items", items: items.slice(0, 9) }).parts, "li").length, 9);
});

test("what did not change keeps its element, and with it the focus", () => {
  const part = (id: string, text: string) => ({
    id,
    title: id,
    wide: false,
    blocks: [{ kind: "note", tone: "info", text } as const],
  });
  const { head, parts, show } = draw();
  show({ ...overview, parts: [part("a", "1"), part("b", "1")] });
  const [top] = head.children;
  const [a, b] = parts.children;
  show({ ...overview, parts: [part("a", "1"), part("b", "2"), part("c", "1")] });
  assert.equal(head.children[0], top);
  assert.equal(parts.children[0], a);
  assert.notEqual(parts.children[1], b);
  assert.deepEqual(textsOf(parts, "h2"), ["a", "b", "c"]);
  show({ ...overview, title: "other", parts: [part("c", "1")] });
  assert.deepEqual(textsOf(parts, "h2"), ["c"]);
  assert.deepEqual(textsOf(head, "h1"), ["other"]);
});

test("only the messages that the page has are read", () => {
  const messages: readonly FromPage[] = [
    { kind: "ready", measure: "real" },
    { kind: "ready", path: "usr", measure: "stored" },
    { kind: "zoom", path: "", measure: "real" },
    { kind: "open", path: "usr/a" },
    { kind: "open", path: "usr/a", line: 3 },
    { kind: "press", button: "browse" },
  ];
  for (const message of messages) assert.deepEqual(readFromPage({ ...message, more: 1 }), message);
  assert.deepEqual(readFromPage({ kind: "ready", path: 7, measure: "odd" }), { kind: "ready", measure: "stored" });
  assert.deepEqual(readFromPage({ kind: "open", path: "a", line: 0 }), { kind: "open", path: "a" });
  for (const odd of [null, { kind: "zoom" }, { kind: "press", button: 1 }, { kind: "open" }, { kind: "go" }]) {
    assert.equal(readFromPage(odd), undefined);
  }
});
