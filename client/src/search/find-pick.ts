// The input of "Find in Image…": the text, its options as buttons, and the places as they are found.
import {
  commands,
  type Disposable,
  l10n,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
  ThemeIcon,
  type Uri,
  window,
} from "vscode";
import { contextKeys } from "../../../shared/src/ids.ts";
import type { ImageStore } from "../images/image-store.ts";
import { partitionOf } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { folderOf, nameOf } from "../images/paths.ts";
import { reasonOf } from "../messages.ts";
import { withoutIcons } from "../plain-label.ts";
import { formatBytes, formatCount } from "../quantities.ts";
import { largeFile } from "./content-search.ts";
import { type FindEnd, type FindQuery, type FoundPlace, findInImage, maxFound } from "./find-in-image.ts";
import type { ImageIndexes } from "./image-indexes.ts";

export type FindOption = "where" | "matchCase" | "wholeWord" | "regex" | "everything";

export const findOptions: readonly FindOption[] = ["where", "matchCase", "wholeWord", "regex", "everything"];

export interface FindPick extends Disposable {
  /** Asks what to find; settles with the place that was chosen, or undefined. */
  show(image: Uri): Promise<FoundPlace | undefined>;
  /** Turns an option of the input that is shown. */
  toggle(option: FindOption): void;
}

interface FindItem extends QuickPickItem {
  readonly place?: FoundPlace;
  /** Of the line that says what was not searched. */
  readonly searchAll?: true;
}

/** Milliseconds without a key after which the search begins, and between two times at which the list grows. */
const debounceMs = 250;
const redrawMs = 150;

const firstQuery: FindQuery = {
  ...{ text: "", where: "contents", matchCase: false, wholeWord: false, regex: false, everything: false },
};

export function createFindPick(parts: { readonly store: ImageStore; readonly indexes: ImageIndexes }): FindPick {
  let query = firstQuery;
  let shown: { readonly turn: (option: FindOption) => void; readonly hide: () => void } | undefined;

  function show(image: Uri): Promise<FoundPlace | undefined> {
    shown?.hide();
    const pick = window.createQuickPick<FindItem>();
    // Undocumented, and without it the best match of what is typed comes first instead of the first place.
    Object.assign(pick, { sortByLabel: false });
    pick.ignoreFocusOut = true;
    pick.keepScrollPosition = true;
    pick.placeholder = l10n.t("Text to find");
    pick.value = query.text;
    let control = new AbortController();
    let timer: NodeJS.Timeout | undefined;

    function label(words: string): void {
      pick.title = [titleOf(image, query), words].filter((part) => part !== "").join(" · ");
    }

    function begin(delay: number): void {
      control.abort();
      clearTimeout(timer);
      control = new AbortController();
      query = { ...query, text: pick.value };
      pick.buttons = buttonsOf(query);
      label("");
      const { signal } = control;
      timer = setTimeout(() => void run(signal), delay);
    }

    async function run(signal: AbortSignal): Promise<void> {
      const places: FoundPlace[] = [];
      let drawn = 0;
      const draw = (): void => {
        if (signal.aborted || drawn === places.length) return;
        drawn = places.length;
        pick.items = places.map(itemOf);
      };
      const drawing = setInterval(draw, redrawMs);
      pick.busy = query.text !== "";
      pick.items = [];
      try {
        const end = await findInImage(parts, image, query, {
          signal,
          onFound: (some) => void places.push(...some),
          onProgress: (done, total) => !signal.aborted && label(progressWords(places.length, done, total)),
        });
        if (signal.aborted) return;
        pick.items = query.text === "" ? [] : [...places.map(itemOf), ...remarks(places.length, end, query)];
        label(query.text === "" ? "" : countWords(places.length, end));
      } catch (error) {
        if (!signal.aborted) pick.items = [remark(wrongWords(error))];
      } finally {
        clearInterval(drawing);
        if (!signal.aborted) pick.busy = false;
      }
    }

    return new Promise((resolve) => {
      let chosen: FoundPlace | undefined;
      const setShown = (value: boolean): void =>
        void commands.executeCommand("setContext", contextKeys.findingInImage, value);
      const turn = (option: FindOption): void => {
        query = turned(query, option);
        begin(0);
      };
      shown = { turn, hide: () => pick.hide() };
      pick.onDidChangeValue(() => begin(debounceMs));
      pick.onDidTriggerButton((button) => {
        const option = findOptions[pick.buttons.indexOf(button)];
        if (option !== undefined) turn(option);
      });
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item?.searchAll === true) return turn("everything");
        if (item?.place === undefined) return;
        chosen = item.place;
        pick.hide();
      });
      pick.onDidHide(() => {
        control.abort();
        clearTimeout(timer);
        shown = undefined;
        setShown(false);
        pick.dispose();
        resolve(chosen);
      });
      setShown(true);
      begin(0);
      pick.show();
      selectText(pick);
    });
  }

  return { show, toggle: (option) => shown?.turn(option), dispose: () => shown?.hide() };
}

/** What was looked for the last time goes away with the first key. */
function selectText(pick: QuickPick<FindItem>): void {
  Object.assign(pick, { valueSelection: [0, pick.value.length] });
}

function turned(query: FindQuery, option: FindOption): FindQuery {
  if (option === "where") return { ...query, where: query.where === "names" ? "contents" : "names" };
  return { ...query, [option]: !query[option] };
}

function titleOf(image: Uri, query: FindQuery): string {
  const partition = partitionOf(image);
  const name = shownName(nameOf(image.path));
  const options = [
    query.where === "names" ? l10n.t("names") : l10n.t("contents"),
    ...(query.matchCase ? [l10n.t("match case")] : []),
    ...(query.wholeWord ? [l10n.t("whole words")] : []),
    ...(query.regex ? [l10n.t("regular expression")] : []),
    ...(query.everything && query.where === "contents" ? [l10n.t("binary and large files too")] : []),
  ].join(", ");
  return partition === undefined
    ? l10n.t("Find in {0}: {1}", name, options)
    : l10n.t("Find in {0}, partition {1}: {2}", name, partition, options);
}

/** In the order of `findOptions`; each tooltip says what its button does next. */
function buttonsOf(query: FindQuery): QuickInputButton[] {
  const button = (icon: string, tooltip: string): QuickInputButton => ({ iconPath: new ThemeIcon(icon), tooltip });
  return [
    query.where === "names"
      ? button("symbol-string", l10n.t("Search Contents (Alt+N)"))
      : button("list-tree", l10n.t("Search Names (Alt+N)")),
    button("case-sensitive", query.matchCase ? l10n.t("Any Case (Alt+C)") : l10n.t("Match Case (Alt+C)")),
    button("whole-word", query.wholeWord ? l10n.t("Parts of Words Too (Alt+W)") : l10n.t("Whole Words (Alt+W)")),
    button("regex", query.regex ? l10n.t("Plain Text (Alt+R)") : l10n.t("Regular Expression (Alt+R)")),
    button(
      "file-binary",
      query.everything ? l10n.t("Only Text Files (Alt+B)") : l10n.t("Binary and Large Files Too (Alt+B)"),
    ),
  ];
}

function itemOf(place: FoundPlace): FindItem {
  const folder = shownName(folderOf(place.path));
  const name = shownName(nameOf(place.path));
  if (place.line === undefined)
    return { label: withoutIcons(name), description: withoutIcons(`/${folder}`), place, alwaysShow: true };
  const at = place.offset === undefined ? `${place.line.number + 1}` : `0x${place.offset.toString(16)}`;
  return {
    label: withoutIcons(shownName(place.line.text.trim()).slice(0, 300)),
    description: withoutIcons(`${name}:${at} · /${folder}`),
    place,
    alwaysShow: true,
  };
}

function remark(label: string): FindItem {
  return { label: `$(info) ${withoutIcons(label)}`, alwaysShow: true };
}

function remarks(found: number, { counts, cut, tooSlow, unreadFolders }: FindEnd, query: FindQuery): FindItem[] {
  const passed = counts.binary + counts.large;
  const offer = l10n.t(
    "{0} binary files and {1} of more than {2} were not searched; choose this to search them too",
    ...[formatCount(counts.binary), formatCount(counts.large), formatBytes(largeFile)],
  );
  const unread = counts.unread + unreadFolders;
  return [
    ...(found === 0 ? [remark(l10n.t('No results for "{0}".', query.text))] : []),
    ...(cut && found > 0 ? [remark(l10n.t("There may be more results; refine the search."))] : []),
    ...(tooSlow
      ? [remark(l10n.t("The expression took too long, so not everything was searched; use a simpler one."))]
      : []),
    ...(unread > 0 ? [remark(l10n.t("{0} files or folders cannot be read.", formatCount(unread)))] : []),
    ...(passed > 0 ? [{ ...remark(offer), searchAll: true } as const] : []),
  ];
}

function progressWords(found: number, done: number, total: number | undefined): string {
  return total === undefined
    ? l10n.t("reading names, {0}", formatCount(done))
    : l10n.t("{0} found, {1} of {2} files", formatCount(found), formatCount(done), formatCount(total));
}

function countWords(found: number, { cut }: FindEnd): string {
  return cut && found >= maxFound
    ? l10n.t("the first {0}", formatCount(found))
    : l10n.t("{0} found", formatCount(found));
}

function wrongWords(error: unknown): string {
  if (!(error instanceof SyntaxError)) return l10n.t("The image cannot be searched: {0}.", reasonOf(error));
  return `${error.message}.`; // "Invalid regular expression: /(/: Unterminated group"
}
