// Draws an update plan: what it is made with, what it comes to, and for each transfer what is downloaded and removed.
import { makeButton, makeElement, shown } from "../../pages/browser/make-element.ts";
import type {
  FromPage,
  PageFact,
  PageFile,
  PageLine,
  PageMiss,
  PageMisses,
  PagePlan,
  PageRemarks,
  PageTransfer,
  PageVersions,
} from "./messages.ts";

type Send = (message: FromPage) => void;

/** What can have the focus or be open, by a name that stays the same from one plan to the next. */
interface Kept {
  readonly buttons: Map<string, HTMLElement>;
  readonly details: Map<string, HTMLDetailsElement>;
}

/** Builds the page in `body`; returns what shows a plan in it, in which the reader stays where they were. */
export function createPlan(body: HTMLElement, send: Send): (plan: PagePlan) => void {
  const main = makeElement("main");
  const status = makeElement("p", "heard");
  status.setAttribute("role", "status");
  body.prepend(main, status);
  let kept: Kept = { buttons: new Map(), details: new Map() };
  return (plan) => {
    const before = kept;
    const focused = [...before.buttons].find(([, button]) => button === document.activeElement)?.[0];
    kept = { buttons: new Map(), details: new Map() };
    main.replaceChildren(...partsOf(plan, kept, send));
    for (const [name, { open }] of before.details) {
      const details = kept.details.get(name);
      if (details !== undefined) details.open = open;
    }
    if (focused !== undefined) kept.buttons.get(focused)?.focus();
    // A screen reader reads the status whenever its text is set.
    if (status.textContent !== plan.summary) status.textContent = plan.summary;
  };
}

function partsOf(plan: PagePlan, kept: Kept, send: Send): HTMLElement[] {
  return [
    makeElement("h1", "", plan.title),
    choicesOf(plan, kept, send),
    readingOf(plan, kept, send),
    makeElement("p", "summary", plan.summary),
    ...(plan.doubts.length === 0 ? [] : [listOf("quiet", plan.doubts)]),
    ...plan.remarks.map((remarks) => remarksOf(remarks, send)),
    ...plan.transfers.map((transfer) => transferOf(transfer, kept, send)),
    ...(plan.versions === undefined ? [] : [versionsOf(plan.versions)]),
  ];
}

function choicesOf({ choices }: PagePlan, { buttons }: Kept, send: Send): HTMLElement {
  const row = makeElement("div", "choices");
  for (const { what, label, value, note } of choices) {
    const button = makeButton("choice", "", () => send({ kind: "choose", what }));
    button.id = what;
    button.append(makeElement("span", "label", label), makeElement("span", "value", value));
    if (note !== "") button.append(makeElement("span", "label", note));
    buttons.set(what, button);
    row.append(button);
  }
  return row;
}

function readingOf({ reading }: PagePlan, { buttons }: Kept, send: Send): HTMLElement {
  const row = makeElement("div", "reading");
  if (reading === undefined) return row;
  const { label, isPrimary, isDisabled, note } = reading;
  const button = makeButton(isPrimary ? "press primary" : "press", label, () => send({ kind: "read" }));
  button.id = "read";
  button.disabled = isDisabled;
  buttons.set("read", button);
  row.append(button);
  if (note !== "") row.append(makeElement("span", "quiet", note));
  return row;
}

function remarksOf({ kind, title, items }: PageRemarks, send: Send): HTMLElement {
  const list = makeElement("ul");
  for (const { file, text } of items) {
    const item = makeElement("li");
    item.append(linkTo(file, send), makeElement("span", "", `: ${text}`));
    list.append(item);
  }
  return sectionOf(kind, makeElement("h2", "", title), list);
}

function transferOf({ file, facts, misses }: PageTransfer, kept: Kept, send: Send): HTMLElement {
  const heading = makeElement("h2");
  heading.append(linkTo(file, send));
  const list = makeElement("dl");
  for (const fact of facts) list.append(makeElement("dt", "", fact.title), linesOf(fact));
  return sectionOf("", heading, list, ...(misses === undefined ? [] : [missesOf(misses, file.uri, kept)]));
}

function linesOf({ lines }: PageFact): HTMLElement {
  const value = makeElement("dd");
  value.append(...lines.map(lineOf));
  return value;
}

function lineOf({ kind, parts }: PageLine): HTMLElement {
  const line = makeElement("div", kind === "note" ? "quiet" : "");
  line.append(...parts.map(({ text, isCode }) => makeElement(isCode ? "code" : "span", "", text)));
  return line;
}

function missesOf({ title, isOpen, note, endOfName, items, more }: PageMisses, uri: string, kept: Kept): HTMLElement {
  const details = makeElement("details");
  details.open = isOpen;
  kept.details.set(uri, details);
  const list = makeElement("ul", "misses");
  list.append(...items.map((miss) => missOf(miss, endOfName)));
  if (more !== "") list.append(makeElement("li", "quiet", more));
  details.append(makeElement("summary", "", title), makeElement("p", "quiet", note), list);
  return details;
}

function missOf({ pattern, reason, before, mark, after }: PageMiss, endOfName: string): HTMLElement {
  const name = makeElement("code");
  name.title = shown(pattern);
  const marked = mark === "" ? makeElement("mark", "end") : makeElement("mark", "", mark);
  if (mark === "") marked.append(makeElement("span", "heard", endOfName));
  name.append(makeElement("span", "", before), marked, makeElement("span", "", after));
  const item = makeElement("li");
  item.append(name, makeElement("div", "quiet", reason));
  return item;
}

function versionsOf({ title, columns, rows, more }: PageVersions): HTMLElement {
  const head = makeElement("tr");
  for (const column of columns) head.append(headingOf("col", makeElement("span", "", column)));
  const top = makeElement("thead");
  top.append(head);
  const body = makeElement("tbody");
  for (const { version, isCandidate, cells } of rows) {
    const row = makeElement("tr", isCandidate ? "candidate" : "");
    row.append(headingOf("row", makeElement("code", "", version)), ...cells.map((cell) => makeElement("td", "", cell)));
    body.append(row);
  }
  const table = makeElement("table");
  table.append(top, body);
  const scroll = makeElement("div", "scroll");
  scroll.append(table);
  const note = more === "" ? [] : [makeElement("p", "quiet", more)];
  return sectionOf("", makeElement("h2", "", title), scroll, ...note);
}

function headingOf(scope: "row" | "col", content: HTMLElement): HTMLElement {
  const heading = makeElement("th");
  heading.scope = scope;
  heading.append(content);
  return heading;
}

function linkTo({ uri, name }: PageFile, send: Send): HTMLElement {
  return makeButton("link", name, () => send({ kind: "open", uri }));
}

function listOf(className: string, texts: readonly string[]): HTMLElement {
  const list = makeElement("ul", className);
  list.append(...texts.map((text) => makeElement("li", "", text)));
  return list;
}

function sectionOf(className: string, ...content: readonly HTMLElement[]): HTMLElement {
  const section = makeElement("section", className);
  section.append(...content);
  return section;
}
