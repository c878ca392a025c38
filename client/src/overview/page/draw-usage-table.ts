// The treemap as a table that can be sorted: the same items, with both sizes.

import { makeButton, makeElement } from "../../pages/browser/make-element.ts";
import { keyOf } from "./draw-treemap.ts";
import type { PageMeasure, PageUsage, PageWords } from "./messages.ts";

export type UsageColumn = "name" | "size" | "other" | "files";

export interface SortOrder {
  readonly column: UsageColumn;
  readonly descending: boolean;
}

export interface UsageTableOptions {
  readonly words: PageWords;
  readonly measure: PageMeasure;
  readonly storedKnown: boolean;
  readonly order: SortOrder;
  /** Keys of the folders whose children are shown. */
  readonly expanded: ReadonlySet<string>;
}

export interface UsageTableActions {
  readonly open: (item: PageUsage) => void;
  readonly sort: (order: SortOrder) => void;
  readonly toggle: (item: PageUsage) => void;
}

/** Items in the given order; the rest of a folder is always last. */
export function sorted(
  items: readonly PageUsage[],
  measure: PageMeasure,
  { column, descending }: SortOrder,
): PageUsage[] {
  const other = measure === "stored" ? "real" : "stored";
  const compare = (a: PageUsage, b: PageUsage): number => {
    if (column === "name") return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
    const value = column === "files" ? "files" : column === "size" ? measure : other;
    return a[value] - b[value];
  };
  return items.toSorted(
    (a, b) => Number(a.kind === "rest") - Number(b.kind === "rest") || (descending ? compare(b, a) : compare(a, b)),
  );
}

export function drawUsageTable(
  id: "folder" | "largest",
  caption: string,
  items: readonly PageUsage[],
  options: UsageTableOptions,
  actions: UsageTableActions,
): HTMLElement {
  const { words, measure, storedKnown, order } = options;
  const table = makeElement("table", "usage-table");
  table.append(makeElement("caption", "", caption));
  const other = measure === "stored" ? "real" : "stored";
  const columns: readonly (readonly [UsageColumn | "share", string])[] = [
    ["name", words.name],
    ["size", words.measures[measure]],
    ["share", words.share],
    ...(storedKnown ? ([["other", words.measures[other]]] as const) : []),
    ...(id === "folder" ? ([["files", words.files]] as const) : []),
  ];
  const head = makeElement("tr");
  for (const [column, title] of columns) {
    const cell = makeElement("th", column === "name" ? "" : "number");
    cell.scope = "col";
    // The largest files are always in the order of their sizes.
    if (column === "share" || id === "largest") cell.textContent = title;
    else {
      const isSorted = order.column === column;
      cell.setAttribute("aria-sort", isSorted ? (order.descending ? "descending" : "ascending") : "none");
      const descending = isSorted ? !order.descending : column !== "name";
      const button = makeButton("sort", title, () => actions.sort({ column, descending }));
      button.dataset["focus"] = `sort ${column}`;
      cell.append(button);
    }
    head.append(cell);
  }
  const body = makeElement("tbody");
  const add = (item: PageUsage, depth: number): void => {
    body.append(rowOf(id, item, depth, options, actions));
    if (id === "folder" && options.expanded.has(keyOf(item))) {
      for (const child of sorted(item.children, measure, order)) add(child, depth + 1);
    }
  };
  const largestFirst: SortOrder = { column: "size", descending: true };
  for (const item of sorted(items, measure, id === "folder" ? order : largestFirst)) add(item, 0);
  const top = makeElement("thead");
  top.append(head);
  table.append(top, body);
  const scroll = makeElement("div", "scroll");
  scroll.append(table);
  return scroll;
}

function rowOf(
  id: string,
  item: PageUsage,
  depth: number,
  { words, measure, storedKnown, expanded }: UsageTableOptions,
  actions: UsageTableActions,
): HTMLElement {
  const row = makeElement("tr");
  const name = makeElement("th", "name");
  name.scope = "row";
  const line = makeElement("div", `line depth-${depth}`);
  if (id === "folder") {
    const isOpen = expanded.has(keyOf(item));
    if (item.children.length > 0) {
      const twist = makeButton("twist", isOpen ? "▾" : "▸", () => actions.toggle(item));
      twist.setAttribute("aria-expanded", String(isOpen));
      twist.setAttribute("aria-label", words.expand.replace("{0}", item.name));
      twist.dataset["focus"] = `twist ${keyOf(item)}`;
      line.append(twist);
    } else line.append(makeElement("span", "twist"));
  }
  if (item.kind === "rest") line.append(makeElement("span", "quiet", item.name));
  else {
    const link = makeButton("link", item.kind === "folder" ? `${item.name}/` : item.name, () => actions.open(item));
    link.dataset["focus"] = `${id} ${keyOf(item)}`;
    line.append(link);
  }
  name.append(line);
  const cell = (text: string): HTMLElement => makeElement("td", "number", text);
  const texts = { stored: item.storedText, real: item.realText };
  row.append(name, cell(texts[measure]), cell(item.share));
  if (storedKnown) row.append(cell(texts[measure === "stored" ? "real" : "stored"]));
  if (id === "folder") row.append(cell(item.filesText));
  return row;
}
