// Draws the verdicts on an extension: a table with systemd's comparisons as rows and hosts as columns.
import { makeElement } from "../../pages/browser/make-element.ts";
import type { PageCell, PageRow, PageVerdicts } from "./messages.ts";

/** Builds the page in `body`; returns what shows verdicts in it. */
export function createVerdicts(body: HTMLElement): (verdicts: PageVerdicts) => void {
  const title = makeElement("h1");
  const scroll = makeElement("div", "scroll");
  scroll.tabIndex = 0; // so that arrow keys scroll it
  body.prepend(title, scroll);
  return (verdicts) => {
    title.textContent = verdicts.title;
    scroll.replaceChildren(tableOf(verdicts));
  };
}

function tableOf({ comparison, hosts, rows }: PageVerdicts): HTMLElement {
  const titles = makeElement("tr");
  titles.append(
    headingOf("col", comparison),
    ...hosts.map((host) => {
      const heading = headingOf("col", host.title);
      heading.append(makeElement("div", "sub", host.subtitle));
      return heading;
    }),
  );
  const head = makeElement("thead");
  head.append(titles);
  const body = makeElement("tbody");
  body.append(...rows.map(rowOf));
  const table = makeElement("table");
  table.append(head, body);
  return table;
}

function rowOf({ title, kind, cells }: PageRow): HTMLElement {
  const row = makeElement("tr", kind);
  row.append(headingOf("row", title), ...cells.map((cell) => cellOf(cell, kind)));
  return row;
}

function headingOf(scope: "row" | "col", text: string): HTMLElement {
  const heading = makeElement("th", "", text);
  heading.scope = scope;
  return heading;
}

function cellOf({ outcome, text }: PageCell, kind: PageRow["kind"]): HTMLElement {
  const cell = makeElement("td", outcome?.kind);
  if (outcome !== undefined) cell.append(makeElement(kind === "verdict" ? "strong" : "span", "mark", outcome.word));
  if (text !== "") cell.append(makeElement(kind === "code" ? "code" : "div", "", text));
  return cell;
}
