// Where the bytes go: the path of the current folder, its treemap, and its tables.

import { makeButton, makeElement } from "../../pages/browser/make-element.ts";
import { drawTreemap, keyOf } from "./draw-treemap.ts";
import { drawUsageTable, type SortOrder } from "./draw-usage-table.ts";
import type { PageMeasure, PageUsage, PageUsageView, PageWords } from "./messages.ts";

export interface UsageActions {
  readonly zoom: (path: string, measure: PageMeasure) => void;
  readonly open: (path: string) => void;
}

/** Draws into `section`, and again when its width changes. */
export function createUsageView(
  section: HTMLElement,
  { zoom, open }: UsageActions,
): { draw(view: PageUsageView | undefined, words: PageWords): void } {
  const title = makeElement("h2");
  title.id = "usage-title";
  section.setAttribute("aria-labelledby", title.id);
  const bar = makeElement("div", "usage-bar");
  const crumbs = makeElement("nav", "crumbs");
  const measures = makeElement("div", "measures");
  const summary = makeElement("p", "quiet");
  summary.setAttribute("role", "status");
  const problem = makeElement("p", "note warning");
  const area = makeElement("div", "treemap");
  area.setAttribute("role", "group");
  area.tabIndex = -1;
  const help = makeElement("p", "quiet help");
  const tables = makeElement("div", "tables");
  bar.append(crumbs, measures);
  section.append(title, summary, problem, bar, area, help, tables);

  let view: PageUsageView | undefined;
  let words: PageWords | undefined;
  /** The tile that gets the focus when the extension sends the folder. */
  let focus: string | undefined;
  let order: SortOrder = { column: "size", descending: true };
  const expanded = new Set<string>();

  function zoomTo(path: string): void {
    if (view !== undefined) zoom(path, view.measure);
  }

  function zoomOut(): void {
    const level = view?.level;
    const above = view?.crumbs.at(-2);
    if (level === undefined || above === undefined) return;
    focus = keyOf(level);
    zoomTo(above.path);
  }

  function choose(item: PageUsage, within: PageUsage | undefined): void {
    if (item.kind === "folder") {
      focus = undefined;
      zoomTo(item.path);
    } else if (within !== undefined) {
      focus = keyOf(item);
      zoomTo(within.path);
    } else if (item.kind === "file") open(item.path);
  }

  function drawCrumbs({ crumbs: path }: PageUsageView): void {
    crumbs.replaceChildren(
      ...path.flatMap((crumb, at) => {
        const last = at === path.length - 1;
        const button = last
          ? makeElement("span", "here", crumb.name)
          : makeButton("link", crumb.name, () => zoomTo(crumb.path));
        if (last) button.setAttribute("aria-current", "location");
        return at === 0 ? [button] : [makeElement("span", "quiet", "/"), button];
      }),
    );
  }

  function drawMeasures(
    { measure, storedKnown, crumbs: path }: PageUsageView,
    { measures: names, showBy }: PageWords,
  ): void {
    measures.hidden = !storedKnown;
    measures.setAttribute("role", "group");
    measures.setAttribute("aria-label", showBy);
    const had = measures.contains(document.activeElement);
    measures.replaceChildren(
      ...(["stored", "real"] as const).map((id) => {
        const button = makeButton("toggle", names[id], () => zoom(path.at(-1)?.path ?? "", id));
        button.setAttribute("aria-pressed", String(id === measure));
        return button;
      }),
    );
    if (had) measures.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
  }

  function drawTiles(): void {
    if (view?.level === undefined) return;
    const { level, measure } = view;
    area.style.height = `${Math.round(Math.min(400, Math.max(240, area.clientWidth * 0.42)))}px`;
    const active = document.activeElement;
    const had = active instanceof HTMLElement && area.contains(active) ? active.dataset["key"] : undefined;
    drawTreemap(area, level, measure, { choose, zoomOut }, focus ?? had);
    focus = undefined;
  }

  function drawTables(): void {
    if (view?.level === undefined || words === undefined) return;
    const { level, measure, storedKnown, largest } = view;
    const options = { words, measure, storedKnown, order, expanded };
    const react = {
      open: (item: PageUsage) => choose(item, undefined),
      sort(by: SortOrder) {
        order = by;
        drawTables();
      },
      toggle(item: PageUsage) {
        if (!expanded.delete(keyOf(item))) expanded.add(keyOf(item));
        drawTables();
      },
    };
    const had = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["focus"] : undefined;
    tables.replaceChildren(
      drawUsageTable("folder", words.table, level.children, options, react),
      drawUsageTable("largest", words.largest, largest, options, react),
    );
    if (had !== undefined) {
      [...tables.querySelectorAll<HTMLElement>("[data-focus]")]
        .find(({ dataset }) => dataset["focus"] === had)
        ?.focus();
    }
  }

  let width = 0;
  new ResizeObserver(() => {
    if (area.clientWidth === width) return;
    width = area.clientWidth;
    drawTiles();
  }).observe(area);

  return {
    draw(next, nextWords) {
      const moved = view?.crumbs.at(-1)?.path !== next?.crumbs.at(-1)?.path;
      view = next;
      words = nextWords;
      section.hidden = next === undefined;
      if (next === undefined) return;
      title.textContent = next.title;
      if (summary.textContent !== next.summary) summary.textContent = next.summary;
      problem.textContent = next.problem ?? "";
      problem.hidden = next.problem === undefined;
      section.classList.toggle("busy", next.busy);
      const empty = next.level === undefined || next.level.files === 0;
      for (const part of [bar, area, help, tables]) part.hidden = empty;
      if (empty) return;
      area.setAttribute("aria-label", nextWords.tiles);
      crumbs.setAttribute("aria-label", nextWords.where);
      help.textContent = nextWords.help;
      drawCrumbs(next);
      drawMeasures(next, nextWords);
      drawTiles();
      drawTables();
      if (moved) {
        area.classList.remove("moved");
        void area.offsetWidth; // so that the fade begins anew
        area.classList.add("moved");
      }
    },
  };
}
