// Draws the overview except for where the bytes go: title, numbers, and parts made of a few kinds of blocks.
import { makeButton, makeElement, shown } from "../../pages/browser/make-element.ts";
import type {
  FromPage,
  PageBlock,
  PageButton,
  PageFact,
  PageItem,
  PageOverview,
  PagePart,
  PageTable,
  PageWords,
} from "./messages.ts";

type Send = (message: FromPage) => void;

/** Lists with more items than this, and one, show this many until the reader asks for all. */
const maxItems = 8;

/** What a list of items needs to draw itself whole or in part. */
interface Drawing {
  readonly words: PageWords;
  readonly send: Send;
  /** The lists that the reader asked to see whole. */
  readonly whole: Set<string>;
}

/**
 * Returns what shows an overview in `head` and `parts`. What did not change since the overview before is left alone, so
 * that it keeps the focus.
 */
export function createOverview(
  head: HTMLElement,
  parts: HTMLElement,
  send: Send,
): (overview: PageOverview, words: PageWords) => void {
  const whole = new Set<string>();
  let shownHead = "";
  let drawn = new Map<string, { readonly text: string; readonly element: HTMLElement }>();
  return ({ parts: wanted, ...top }, words) => {
    const headText = JSON.stringify(top);
    if (headText !== shownHead) head.replaceChildren(...headOf(top, send));
    shownHead = headText;
    const before = drawn;
    drawn = new Map();
    for (const part of wanted) {
      const text = JSON.stringify(part);
      const known = before.get(part.id);
      const element = known?.text === text ? known.element : partOf(part, { words, send, whole });
      drawn.set(part.id, { text, element });
    }
    const elements = Array.from(drawn.values(), ({ element }) => element);
    const isSame =
      elements.length === parts.children.length && elements.every((each, at) => each === parts.children[at]);
    if (!isSame) parts.replaceChildren(...elements);
  };
}

function headOf(overview: Omit<PageOverview, "parts">, send: Send): HTMLElement[] {
  const titles = makeElement("div", "titles");
  titles.append(makeElement("h1", "", overview.title), makeElement("p", "subtitle", overview.subtitle));
  const top = makeElement("div", "top");
  top.append(titles, buttonRow(overview.buttons, send));
  const notes = overview.notes.map(({ tone, text }) => noteOf(tone, text));
  if (overview.numbers.length === 0) return [top, ...notes];
  const numbers = makeElement("dl", "numbers");
  for (const number of overview.numbers) numbers.append(numberOf(number));
  return [top, ...notes, numbers];
}

function numberOf({ label, value, note }: PageFact): HTMLElement {
  const cell = makeElement("div");
  const shownValue = makeElement("dd", "", value);
  cell.append(makeElement("dt", "", label), shownValue);
  if (note !== undefined) cell.append(makeElement("dd", "quiet", note));
  return cell;
}

function buttonRow(buttons: readonly PageButton[], send: Send): HTMLElement {
  const row = makeElement("div", "buttons");
  for (const { action, label, primary } of buttons) {
    row.append(
      makeButton(primary === true ? "press primary" : "press", label, () => send({ kind: "press", button: action })),
    );
  }
  return row;
}

function noteOf(tone: string, text: string): HTMLElement {
  return makeElement("p", `note ${tone}`, text);
}

function partOf(part: PagePart, drawing: Drawing): HTMLElement {
  const section = makeElement("section", part.wide ? "part wide" : "part");
  section.dataset["part"] = part.id;
  const title = makeElement("h2", "", part.title);
  title.id = `title-${part.id}`;
  section.setAttribute("aria-labelledby", title.id);
  section.append(title, ...part.blocks.map((block, at) => blockOf(block, `${part.id}-${at}`, drawing)));
  return section;
}

function blockOf(block: PageBlock, id: string, drawing: Drawing): HTMLElement {
  const { send } = drawing;
  switch (block.kind) {
    case "facts":
      return factsOf(block.rows);
    case "note":
      return noteOf(block.tone, block.text);
    case "items":
      return itemsOf(block.items, id, drawing);
    case "table":
      return tableOf(block.table);
    case "buttons":
      return buttonRow(block.buttons, send);
    case "disk": {
      const bar = makeElement("div", "disk");
      bar.setAttribute("role", "img");
      bar.setAttribute("aria-label", shown(block.spoken));
      block.regions.forEach(({ size, name, spoken }, at) => {
        const region = makeElement("span", name === "" ? "gap" : `region hue-${at % 6}`, name);
        region.style.flexGrow = String(size);
        region.title = shown(spoken);
        bar.append(region);
      });
      return bar;
    }
    case "progress": {
      const row = makeElement("div", "progress");
      const bar = makeElement("progress");
      bar.setAttribute("aria-label", block.text);
      if (block.done !== undefined) bar.value = block.done;
      row.append(bar, makeElement("span", "quiet", block.text));
      return row;
    }
    case "code": {
      const box = makeElement("div", "code");
      box.append(
        makeButton("link", block.title, () => send({ kind: "open", ...block.opens })),
        makeElement("pre", "", block.text),
      );
      return box;
    }
  }
}

function factsOf(rows: readonly PageFact[]): HTMLElement {
  const list = makeElement("dl", "facts");
  for (const { label, value, note, code } of rows) {
    const cell = makeElement("dd");
    cell.append(makeElement(code === true ? "code" : "span", "", value));
    if (note !== undefined) cell.append(makeElement("span", "quiet", note));
    list.append(makeElement("dt", "", label), cell);
  }
  return list;
}

function itemsOf(items: readonly PageItem[], id: string, { words, send, whole }: Drawing): HTMLElement {
  const box = makeElement("div");
  const list = makeElement("ul", "items");
  const draw = (): void => {
    const isWhole = whole.has(id) || items.length <= maxItems + 1;
    list.replaceChildren(...(isWhole ? items : items.slice(0, maxItems)).map((item) => itemOf(item, send)));
    more.textContent = isWhole ? words.showLess : words.showAll.replace("{0}", String(items.length));
  };
  const more = makeButton("link", "", () => {
    if (!whole.delete(id)) whole.add(id);
    draw();
  });
  draw();
  box.append(list);
  // A button in the place of a single item would save nothing.
  if (items.length > maxItems + 1) box.append(more);
  return box;
}

function itemOf({ tone, badge, text, detail, opens }: PageItem, send: Send): HTMLElement {
  const item = makeElement("li", tone);
  if (badge !== undefined) item.append(makeElement("span", "badge", badge));
  const body = makeElement("div", "body");
  const title =
    opens === undefined
      ? makeElement("span", "text", text)
      : makeButton("link text", text, () => send({ kind: "open", ...opens }));
  body.append(title);
  if (detail !== undefined && detail !== "") body.append(makeElement("div", "quiet", detail));
  item.append(body);
  return item;
}

function tableOf({ columns, rows }: PageTable): HTMLElement {
  const scroll = makeElement("div", "scroll");
  const table = makeElement("table");
  const head = makeElement("tr");
  for (const { title, number } of columns) {
    const cell = makeElement("th", number === true ? "number" : "", title);
    cell.scope = "col";
    head.append(cell);
  }
  const body = makeElement("tbody");
  for (const row of rows) {
    const line = makeElement("tr");
    row.forEach((text, at) => {
      line.append(makeElement("td", columns[at]?.number === true ? "number" : "", text));
    });
    body.append(line);
  }
  const top = makeElement("thead");
  top.append(head);
  table.append(top, body);
  scroll.append(table);
  return scroll;
}
