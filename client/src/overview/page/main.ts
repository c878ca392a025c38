// Entry of the overview's page: draws what the extension sends, and keeps where its reader is.
import { connectToExtension } from "../../pages/browser/connect.ts";
import { makeElement } from "../../pages/browser/make-element.ts";
import { fieldsOf } from "../../pages/browser/message-fields.ts";
import { createOverview } from "./draw-overview.ts";
import { createUsageView } from "./draw-usage.ts";
import type { FromPage, PageMeasure, PageWords, ToPage } from "./messages.ts";

/** What survives a reload of the window. */
interface PageState {
  readonly path?: string;
  readonly measure: PageMeasure;
  readonly scroll: number;
}

function storedState(): PageState {
  const { path, measure, scroll } = fieldsOf(extension.keptState());
  return {
    ...(typeof path === "string" ? { path } : {}),
    measure: measure === "real" ? "real" : "stored",
    scroll: typeof scroll === "number" ? scroll : 0,
  };
}

const head = makeElement("header", "head");
const usage = makeElement("section", "usage");
usage.hidden = true;
const parts = makeElement("div", "parts");
const main = makeElement("main");
main.append(head, usage, parts);
document.body.prepend(main);

let words: PageWords | undefined;
let scrolled = false;

const extension = connectToExtension<ToPage, FromPage>(receive);
let state = storedState();
function keep(change: Partial<PageState>): void {
  state = { ...state, ...change };
  extension.keepState(state);
}

const drawOverview = createOverview(head, parts, extension.send);
const usageView = createUsageView(usage, {
  zoom(path, measure) {
    keep({ path, measure });
    extension.send({ kind: "zoom", path, measure });
  },
  open: (path) => extension.send({ kind: "open", path }),
});

function receive(message: ToPage): void {
  if (message.kind === "words") words = message.words;
  if (words === undefined) return;
  if (message.kind === "overview") drawOverview(message.overview, words);
  if (message.kind !== "usage") return;
  const view = message.usage;
  usageView.draw(view, words);
  if (view?.level === undefined) return;
  // When the folder is gone, the extension shows the one above it.
  const path = view.crumbs.at(-1)?.path;
  if (path !== undefined) keep({ path, measure: view.measure });
  if (scrolled) return;
  scrolled = true;
  window.scrollTo(0, state.scroll);
}

let timer: ReturnType<typeof setTimeout> | undefined;
window.addEventListener("scroll", () => {
  clearTimeout(timer);
  if (scrolled) timer = setTimeout(() => keep({ scroll: window.scrollY }), 200);
});
extension.send({ kind: "ready", measure: state.measure, ...(state.path === undefined ? {} : { path: state.path }) });
