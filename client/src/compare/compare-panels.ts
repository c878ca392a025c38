// Panels that show how two images or trees differ, one for each pair, that follow both sides.
import { Disposable, l10n, ViewColumn } from "vscode";
import type { ImageList } from "../images/image-list.ts";
import { runInBackground } from "../messages.ts";
import type { PageHost } from "../pages/connect-page.ts";
import { createPagePanels } from "../pages/page-panels.ts";
import { watchFile, watchFolder } from "../watch-files.ts";
import { type ComparedPair, type CompareParts, type CompareSession, createCompareSession } from "./compare-session.ts";
import { type CompareSide, sideName } from "./compare-sides.ts";
import type { Changes } from "./find-changes.ts";
import { type FromPage, readFromPage, type ToPage } from "./page/messages.ts";

export interface ComparePanels extends Disposable {
  /** Shows what has to change in `before` to get `after`; settles when it is known. */
  show(before: CompareSide, after: CompareSide): Promise<void>;
  /** The differences that a pair's panel shows; undefined when there is no panel, or none are known yet. */
  shown(before: CompareSide, after: CompareSide): Changes | undefined;
  /** Handles a message as if the page of a pair had sent it. */
  receive(before: CompareSide, after: CompareSide, message: unknown): Promise<void>;
}

export interface ComparePanelsParts extends Omit<CompareParts, "log"> {
  readonly images: Pick<ImageList, "onDidChange">;
}

/** Milliseconds without a further change of files after which both sides are compared again. */
const debounceMs = 300;

export function createComparePanels(host: PageHost, parts: ComparePanelsParts): ComparePanels {
  const { log } = host;
  const panels = createPagePanels<ToPage, FromPage, CompareSession>(host, {
    name: "compare",
    read: readFromPage,
    viewType: "sysext.compare",
    place: { viewColumn: ViewColumn.Active, preserveFocus: false },
    retainContextWhenHidden: true,
  });

  function create(pair: ComparedPair, post: (message: ToPage) => void): CompareSession {
    const session = createCompareSession({ ...parts, log }, pair, post);
    const following = follow(pair, parts.images, () =>
      runInBackground(log, l10n.t("The comparison failed"), session.renew()),
    );
    return { ...session, dispose: () => Disposable.from(following, session).dispose() };
  }

  return {
    async show(before, after) {
      const key = keyOf(before, after);
      const title = l10n.t("{0} ↔ {1}", sideName(before), sideName(after));
      const session = panels.reveal(key) ?? panels.open(key, title, ({ post }) => create({ before, after }, post));
      await session.renew();
    },
    shown: (before, after) => panels.get(keyOf(before, after))?.shown(),
    receive: (before, after, message) => panels.receive(keyOf(before, after), message),
    dispose: () => panels.dispose(),
  };
}

function keyOf(before: CompareSide, after: CompareSide): string {
  return `${before.uri}\n${after.uri}`;
}

/** Calls `changed` once the files of both sides have come to rest after a change. */
function follow(
  { before, after }: ComparedPair,
  images: Pick<ImageList, "onDidChange">,
  changed: () => void,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const changedSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, debounceMs);
  };
  const files = [before, after].map(({ kind, uri }) => ({ kind, uri: uri.with({ fragment: "" }) }));
  return Disposable.from(
    ...files.map(({ kind, uri }) => (kind === "tree" ? watchFolder : watchFile)(uri, changedSoon)),
    images.onDidChange((id) => {
      if (files.some(({ uri }) => uri.toString() === id)) changedSoon();
    }),
    new Disposable(() => clearTimeout(timer)),
  );
}
