// One open comparison: compares both sides, sends the differences to the page, and compares again when the choices change.
import { type CancellationToken, commands, type LogOutputChannel, l10n, ProgressLocation, window } from "vscode";
import type { Aspect } from "../../../image/src/index.ts";
import type { Analysis } from "../analysis.ts";
import type { ImageStore } from "../images/image-store.ts";
import { reasonOf, runInBackground } from "../messages.ts";
import type { PageSession } from "../pages/connect-page.ts";
import { formatCount } from "../quantities.ts";
import { type ComparedTree, type CompareSide, fileOfSide, sideName, withSide } from "./compare-sides.ts";
import { changesView, emptyView, pageWords } from "./compare-view.ts";
import { type Changes, findChanges } from "./find-changes.ts";
import type { FromPage, Ignored, ToPage } from "./page/messages.ts";

export interface CompareParts {
  readonly analysis: Pick<Analysis, "describeTree">;
  readonly store: ImageStore;
  readonly log: LogOutputChannel;
}

/** What is compared with what. */
export interface ComparedPair {
  readonly before: CompareSide;
  readonly after: CompareSide;
}

export interface CompareSession extends PageSession<FromPage> {
  readonly pair: ComparedPair;
  /** Compares again; a comparison that is still going on ends. Settles when the differences are shown. */
  renew(): Promise<void>;
  /** The differences that are shown; undefined when there are none yet. */
  shown(): Changes | undefined;
}

/** Milliseconds after which a comparison that goes on shows its progress, and between two messages about it. */
const progressDelayMs = 500;

export function createCompareSession(
  parts: CompareParts,
  pair: ComparedPair,
  post: (message: ToPage) => void,
): CompareSession {
  let ignored: Ignored = { times: true, owners: false };
  let changes: Changes | undefined;
  let problem: string | undefined;
  let running: AbortController | undefined;

  function sendChanges(): void {
    post({ kind: "changes", changes: changes === undefined ? emptyView(problem, l10n) : changesView(changes, l10n) });
  }

  async function compare(control: AbortController): Promise<Changes> {
    const { signal } = control;
    const ignore: Aspect[] = [];
    if (ignored.times) ignore.push("mtime");
    if (ignored.owners) ignore.push("owner");
    let seen = 0;
    const onProgress = (entries: number): void => {
      seen = entries;
    };
    const find = (before: ComparedTree, after: ComparedTree): Promise<Changes> => {
      const caveats = [before, after].flatMap(({ caveat }) => caveat ?? []);
      return findChanges(before.tree, after.tree, { ignore, signal, onProgress, caveats });
    };
    const work = withSide(
      parts,
      pair.before,
      (before) => withSide(parts, pair.after, (after) => find(before, after), signal),
      signal,
    );
    return await withProgress(parts.log, pair, control, work, () => seen);
  }

  async function renew(): Promise<void> {
    running?.abort();
    const control = new AbortController();
    running = control;
    problem = undefined;
    if (changes === undefined) sendChanges();
    try {
      const found = await compare(control);
      if (running !== control) return; // a newer comparison is going on
      changes = found;
    } catch (error) {
      if (running !== control) return;
      changes = undefined;
      problem = control.signal.aborted
        ? l10n.t("The comparison was cancelled; compare again to see the differences")
        : reasonOf(error);
    }
    sendChanges();
  }

  async function openRow(path: string): Promise<void> {
    const row = changes?.rows.find((known) => known.path === path);
    if (row === undefined) return;
    const [old, now] = [fileOfSide(pair.before, path), fileOfSide(pair.after, path)];
    // Without a file on one side, as where a folder became a file, there is no diff.
    if (row.sizeBefore === undefined) await commands.executeCommand("vscode.open", now);
    else if (row.sizeAfter === undefined) await commands.executeCommand("vscode.open", old);
    else {
      const title = l10n.t("{0} ({1} ↔ {2})", path, sideName(pair.before), sideName(pair.after));
      await commands.executeCommand("vscode.diff", old, now, title);
    }
  }

  return {
    pair,
    renew,
    shown: () => changes,
    async receive(message) {
      switch (message.kind) {
        case "ready": {
          const title = l10n.t("From {0} to {1}", sideName(pair.before), sideName(pair.after));
          post({ kind: "words", words: pageWords(title, l10n) });
          sendChanges();
          return;
        }
        case "ignore":
          ignored = message.ignore;
          return await renew();
        case "open":
          return await openRow(message.path);
      }
    },
    dispose: () => running?.abort(),
  };
}

/** Awaits `work`; when that takes a while, shows how many files were compared, with a button that cancels. */
async function withProgress<Result>(
  log: LogOutputChannel,
  { before, after }: ComparedPair,
  control: AbortController,
  work: Promise<Result>,
  entries: () => number,
): Promise<Result> {
  const title = l10n.t("Comparing {0} and {1}", sideName(before), sideName(after));
  const show = async (
    progress: { report(value: { message: string }): void },
    token: CancellationToken,
  ): Promise<void> => {
    token.onCancellationRequested(() => control.abort());
    const tell = (): void => progress.report({ message: l10n.t("{0} files", formatCount(entries())) });
    const telling = setInterval(tell, progressDelayMs);
    await work.catch(() => undefined); // the caller handles the failure
    clearInterval(telling);
  };
  const timer = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, cancellable: true, title };
    runInBackground(log, title, window.withProgress(options, show));
  }, progressDelayMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
