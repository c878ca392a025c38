// Entry of the overview's page: draws what the extension sends, and keeps where its reader is.
import { drawOverview, type PageElements } from "./draw-overview.ts";
import { createUsageView } from "./draw-usage.ts";
import type { FromPage, PageMeasure, PageWords, ToPage } from "./page-messages.ts";

/** What a page of VS Code has besides the browser's. */
interface Editor {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): Editor;

/** What survives a reload of the window. */
interface PageState {
  readonly path?: string;
  readonly measure: PageMeasure;
  readonly scroll: number;
}

const editor = acquireVsCodeApi();
const send = (message: FromPage): void => editor.postMessage(message);

function demand(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element "${id}".`);
  return element;
}

function storedState(): PageState {
  const state = editor.getState();
  const { path, measure, scroll } = (typeof state === "object" && state !== null ? state : {}) as Partial<PageState>;
  return {
    ...(typeof path === "string" ? { path } : {}),
    measure: measure === "real" ? "real" : "stored",
    scroll: typeof scroll === "number" ? scroll : 0,
  };
}

let state = storedState();
function keep(change: Partial<PageState>): void {
  state = { ...state, ...change };
  editor.setState(state);
}

const elements: PageElements = { head: demand("head"), parts: demand("parts"), send };
const usageView = createUsageView(demand("usage"), {
  zoom(path, measure) {
    keep({ path, measure });
    send({ action: "zoom", path, measure });
  },
  open: (path) => send({ action: "open", path }),
});

let words: PageWords | undefined;
let scrolled = false;

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === "words") words = data.words;
  if (words === undefined) return;
  if (data.kind === "overview") drawOverview(elements, data.overview, words);
  if (data.kind === "usage") {
    usageView.draw(data.usage, words);
    // A folder that is gone has led to the one above it.
    const path = data.usage?.crumbs.at(-1)?.path;
    if (data.usage?.level !== undefined && path !== undefined) keep({ path, measure: data.usage.measure });
    if (!scrolled && data.usage?.level !== undefined) {
      scrolled = true;
      window.scrollTo(0, state.scroll);
    }
  }
});
let timer: ReturnType<typeof setTimeout> | undefined;
window.addEventListener("scroll", () => {
  clearTimeout(timer);
  if (scrolled) timer = setTimeout(() => keep({ scroll: window.scrollY }), 200);
});
send({ action: "ready", measure: state.measure, ...(state.path === undefined ? {} : { path: state.path }) });
