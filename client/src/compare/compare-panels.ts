// Panels that show in what two images or trees differ, one a pair, that follow both sides.
import { randomBytes } from "node:crypto";
import {
  type CancellationToken,
  commands,
  Disposable,
  env,
  l10n,
  ProgressLocation,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import type { Aspect } from "../../../image/src/index.ts";
import type { Analysis } from "../analysis.ts";
import type { ImageList } from "../images/image-list.ts";
import type { ImageStore } from "../images/image-store.ts";
import { reasonOf } from "../messages.ts";
import { formatCount } from "../quantities.ts";
import { watchFile, watchFolder } from "../watch-files.ts";
import { comparePage } from "./compare-page.ts";
import { type ComparedTree, type CompareSide, fileOfSide, sideName, withSide } from "./compare-sides.ts";
import { changeWords, pageData } from "./compare-words.ts";
import { type Changes, findChanges } from "./find-changes.ts";

export interface ComparePanels extends Disposable {
  /** Shows in what `after` differs from `before`; settles when it is known. */
  show(before: CompareSide, after: CompareSide): Promise<void>;
  /** What a pair's panel shows; undefined when there is none, or nothing yet. */
  shown(before: CompareSide, after: CompareSide): Changes | undefined;
  /** Takes a message as if the page of a pair had sent it. */
  receive(before: CompareSide, after: CompareSide, message: unknown): Promise<void>;
}

export interface CompareParts {
  readonly analysis: Analysis;
  readonly store: ImageStore;
  readonly images: ImageList;
}

const viewType = "sysext.compare";
/** Milliseconds without a change of files after which both sides are compared anew. */
const quiet = 300;
/** Milliseconds after which somebody who waits sees that something goes on. */
const patience = 500;

interface OpenPanel {
  readonly before: CompareSide;
  readonly after: CompareSide;
  readonly panel: WebviewPanel;
  readonly subscriptions: Disposable[];
  ignore: { readonly times: boolean; readonly owners: boolean };
  changes?: Changes;
  problem?: string;
  running?: AbortController;
  timer?: NodeJS.Timeout;
}

export function createComparePanels(parts: CompareParts): ComparePanels {
  const panels = new Map<string, OpenPanel>();

  async function renew(open: OpenPanel): Promise<void> {
    clearTimeout(open.timer);
    open.running?.abort();
    const control = new AbortController();
    open.running = control;
    delete open.problem;
    if (open.changes === undefined) send(open);
    const { times, owners } = open.ignore;
    const ignore: Aspect[] = [...(times ? (["mtime"] as const) : []), ...(owners ? (["owner"] as const) : [])];
    const { signal } = control;
    let entries = 0;
    const compare = async (before: ComparedTree, after: ComparedTree): Promise<Changes> => {
      const caveats = [before, after].flatMap(({ caveat }) => caveat ?? []);
      const onProgress = (seen: number): void => {
        entries = seen;
      };
      return await findChanges(before.tree, after.tree, { ignore, signal, onProgress, caveats });
    };
    const work = withSide(
      parts,
      open.before,
      (before) => withSide(parts, open.after, (after) => compare(before, after), signal),
      signal,
    );
    try {
      const changes = await withProgress(open, control, work, () => entries);
      if (open.running !== control) return; // a newer one is on its way
      open.changes = changes;
    } catch (error) {
      if (open.running !== control) return;
      open.problem = control.signal.aborted
        ? l10n.t("The comparison was cancelled; compare again to see the changes")
        : reasonOf(error);
      delete open.changes;
    }
    send(open);
  }

  function send(open: OpenPanel): void {
    if (!panels.has(keyOf(open.before, open.after))) return;
    void open.panel.webview.postMessage(pageData(open.changes, open.problem, open.ignore));
  }

  function renewSoon(open: OpenPanel): void {
    clearTimeout(open.timer);
    open.timer = setTimeout(() => void renew(open), quiet);
  }

  /** What a page says comes from what was in images, so that only what was sent to it before counts. */
  async function receive(open: OpenPanel, message: unknown): Promise<void> {
    if (typeof message !== "object" || message === null) return;
    if ("ready" in message) send(open);
    if ("ignore" in message && typeof message.ignore === "object" && message.ignore !== null) {
      const { times, owners } = message.ignore as Record<string, unknown>;
      open.ignore = { times: times === true, owners: owners === true };
      await renew(open);
    }
    if ("open" in message) await openRow(open, message.open);
  }

  function follow(open: OpenPanel): void {
    for (const { kind, uri } of [open.before, open.after]) {
      const file = uri.with({ fragment: "" });
      const watch = kind === "tree" ? watchFolder : watchFile;
      open.subscriptions.push(watch(file, () => renewSoon(open)));
    }
    open.subscriptions.push(
      parts.images.onDidChange((id) => {
        const ids = [open.before, open.after].map(({ uri }) => uri.with({ fragment: "" }).toString());
        if (id !== undefined && ids.includes(id)) renewSoon(open);
      }),
    );
  }

  return {
    async show(before, after) {
      const key = keyOf(before, after);
      const known = panels.get(key);
      if (known !== undefined) {
        known.panel.reveal();
        await renew(known);
        return;
      }
      const title = l10n.t("{0} ↔ {1}", sideName(before), sideName(after));
      const options = { enableScripts: true, enableFindWidget: true, retainContextWhenHidden: true };
      const panel = window.createWebviewPanel(viewType, title, ViewColumn.Active, options);
      const open: OpenPanel = { before, after, panel, subscriptions: [], ignore: { times: true, owners: false } };
      panels.set(key, open);
      panel.onDidDispose(() => {
        panels.delete(key);
        open.running?.abort();
        clearTimeout(open.timer);
        Disposable.from(...open.subscriptions).dispose();
      });
      panel.webview.onDidReceiveMessage((message: unknown) => receive(open, message));
      const words = changeWords(env.language, l10n.t("From {0} to {1}", sideName(before), sideName(after)));
      panel.webview.html = comparePage(words, randomBytes(16).toString("base64"));
      follow(open);
      await renew(open);
    },
    shown: (before, after) => panels.get(keyOf(before, after))?.changes,
    async receive(before, after, message) {
      const open = panels.get(keyOf(before, after));
      if (open !== undefined) await receive(open, message);
    },
    dispose() {
      for (const { panel } of [...panels.values()]) panel.dispose();
    },
  };
}

function keyOf(before: CompareSide, after: CompareSide): string {
  return `${before.uri}\n${after.uri}`;
}

/** Shows that something goes on, with a way to end it, once that takes a while. */
async function withProgress<Result>(
  { before, after }: OpenPanel,
  control: AbortController,
  work: Promise<Result>,
  entries: () => number,
): Promise<Result> {
  const timer = setTimeout(() => {
    const title = l10n.t("Comparing {0} and {1}", sideName(before), sideName(after));
    void window.withProgress(
      { location: ProgressLocation.Notification, cancellable: true, title },
      async (progress, token: CancellationToken) => {
        token.onCancellationRequested(() => control.abort());
        const tell = (): void => progress.report({ message: l10n.t("{0} files", formatCount(entries())) });
        const telling = setInterval(tell, patience);
        await work.catch(() => undefined); // whoever waits for the work itself is told
        clearInterval(telling);
      },
    );
  }, patience);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

async function openRow({ before, after, changes }: OpenPanel, path: unknown): Promise<void> {
  const row = changes?.rows.find((known) => known.path === path);
  if (row === undefined) return;
  const [old, now] = [fileOfSide(before, row.path), fileOfSide(after, row.path)];
  // What is no file on one side, such as a folder that became a file, has no diff.
  if (row.sizeBefore === undefined) await commands.executeCommand("vscode.open", now);
  else if (row.sizeAfter === undefined) await commands.executeCommand("vscode.open", old);
  else
    await commands.executeCommand(
      "vscode.diff",
      old,
      now,
      l10n.t("{0} ({1} ↔ {2})", row.path, sideName(before), sideName(after)),
    );
}
