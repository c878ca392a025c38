// Where the bytes of an image go, as its page shows it: one folder at a time.
import { type Sized, type Usage, type UsageItem, usageLevel } from "../../../image/src/index.ts";
import { escapeOddName, unescapeOddName } from "../images/odd-names.ts";
import { formatBytes, formatCount } from "../quantities.ts";
import type { Say } from "../say.ts";
import type { PageMeasure, PageUsage, PageUsageView, PageWords } from "./page/messages.ts";

/** The page shows so many entries of a folder, and of the folders in it down to `depth`. */
const maxTiles = 40;
const depth = 2;
const maxLargest = 20;

export interface Zoom {
  /** With odd bytes escaped, as in the page; undefined for the first folder with more than one entry. */
  readonly path: string | undefined;
  readonly measure: PageMeasure;
}

/** The view while files are counted; `seen` is how many were counted so far. */
export function countingView(seen: number, { measure }: Zoom, l10n: Say): PageUsageView {
  const summary =
    seen === 0 ? l10n.t("Counting…") : l10n.t("Counting: {0} files and folders so far…", formatCount(seen));
  const title = l10n.t("Where the bytes go");
  return { title, summary, busy: true, measure, storedKnown: false, crumbs: [], largest: [] };
}

/** The view when the files cannot be counted; `reason` is a sentence. */
export function uncountedView(reason: string, zoom: Zoom, l10n: Say): PageUsageView {
  return { ...countingView(0, zoom, l10n), summary: "", problem: reason, busy: false };
}

/** The view of the folder in `zoom`, or of the nearest folder above it that exists. */
export function usageView(usage: Usage, zoom: Zoom, l10n: Say): PageUsageView {
  const measure = usage.storedKnown ? zoom.measure : "real";
  let path = zoom.path === undefined ? startFolder(usage) : unescapeOddName(zoom.path);
  let level = usageLevel(usage.root, path, { measure, depth, most: maxTiles });
  while (level === undefined && path !== "") {
    path = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    level = usageLevel(usage.root, path, { measure, depth, most: maxTiles });
  }
  const whole = level?.[measure] ?? 0;
  const names = path === "" ? [] : path.split("/");
  const problem = problemOf(usage, l10n);
  return {
    title: l10n.t("Where the bytes go"),
    summary: level === undefined ? "" : summaryOf(level, usage, l10n),
    ...(problem === undefined ? {} : { problem }),
    busy: false,
    measure,
    storedKnown: usage.storedKnown,
    crumbs: [
      { path: "", name: "/" },
      ...names.map((name, at) => ({
        path: escapeOddName(names.slice(0, at + 1).join("/")),
        name: escapeOddName(name),
      })),
    ],
    ...(level === undefined ? {} : { level: pageItem(level, whole, usage, measure, l10n) }),
    largest: usage.largest
      .toSorted((a, b) => b[measure] - a[measure] || (a.name < b.name ? -1 : 1))
      .slice(0, maxLargest)
      .map((file) => pageItem(fileItem(file), usage.root[measure] ?? 0, usage, measure, l10n)),
  };
}

/** The first folder, from the root down, that holds more than a single folder: mostly `usr`. */
function startFolder({ root }: Usage): string {
  const names: string[] = [];
  let folder = root;
  for (let [only] = folder.folders; only !== undefined; [only] = folder.folders) {
    if (folder.folders.length > 1 || folder.largest.length + folder.rest.files > 0) break;
    names.push(only.name);
    folder = only;
  }
  return folder.folders.length === 0 ? "" : names.join("/");
}

function summaryOf({ path, real, stored, files }: UsageItem, usage: Usage, l10n: Say): string {
  const where = path === "" ? "/" : `/${escapeOddName(path)}`;
  const count = files === 1 ? l10n.t("1 file") : l10n.t("{0} files", formatCount(files));
  return usage.storedKnown
    ? l10n.t("{0}: {1} with {2}, stored in {3}", where, count, formatBytes(real), formatBytes(Math.round(stored)))
    : l10n.t("{0}: {1} with {2}", where, count, formatBytes(real));
}

function problemOf({ unreadable, firstProblem, cut }: Usage, l10n: Say): string | undefined {
  if (cut) return l10n.t("The image has more files than can be counted; only the first ones are included.");
  if (unreadable === 0 || firstProblem === undefined) return undefined;
  return unreadable === 1
    ? l10n.t("1 file or folder cannot be read and is not counted: {0}.", firstProblem)
    : l10n.t("{0} files and folders cannot be read and are not counted; the first is: {1}.", unreadable, firstProblem);
}

function fileItem({ name, real, stored }: Sized): UsageItem {
  return { kind: "file", name, path: name, real, stored, files: 1, children: [] };
}

function pageItem(item: UsageItem, whole: number, usage: Usage, measure: PageMeasure, l10n: Say): PageUsage {
  const { kind, real, files } = item;
  const stored = Math.round(item.stored);
  const name =
    kind === "rest"
      ? files === 1
        ? l10n.t("1 other file")
        : l10n.t("{0} other files", formatCount(files))
      : escapeOddName(item.name);
  const share = shareText(measure === "stored" ? item.stored : real, whole);
  const sizes = usage.storedKnown
    ? l10n.t("{0}, stored in {1}", formatBytes(real), formatBytes(stored))
    : formatBytes(real);
  const filesText = formatCount(files);
  const spoken = [
    kind === "folder" ? l10n.t("folder {0}", name) : name,
    sizes,
    l10n.t("{0} of this folder", share),
    ...(kind === "folder" ? [files === 1 ? l10n.t("1 file") : l10n.t("{0} files", filesText)] : []),
  ];
  return {
    kind,
    name,
    path: escapeOddName(item.path),
    real,
    stored,
    realText: formatBytes(real),
    storedText: formatBytes(stored),
    files,
    filesText,
    share,
    spoken: spoken.join(", "),
    children: item.children.map((child) => pageItem(child, whole, usage, measure, l10n)),
  };
}

function shareText(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return "0 %";
  const percent = (100 * part) / whole;
  return percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}

export function pageWords(l10n: Say): PageWords {
  return {
    where: l10n.t("Current folder"),
    tiles: l10n.t("Treemap of the folder"),
    help: l10n.t("Arrow keys move, Enter zooms in or opens a file, Escape zooms out."),
    measures: { stored: l10n.t("Stored size"), real: l10n.t("Real size") },
    showBy: l10n.t("Size of the tiles"),
    name: l10n.t("Name"),
    files: l10n.t("Files"),
    share: l10n.t("Share"),
    table: l10n.t("In this folder"),
    largest: l10n.t("Largest files of the image"),
    showAll: l10n.t("Show all {0}", "{0}"),
    showLess: l10n.t("Show less"),
    expand: l10n.t("Contents of {0}", "{0}"),
  };
}
