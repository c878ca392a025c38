// What the page of a comparison shows, in the user's language.
import type { Aspect } from "../../../image/src/index.ts";
import { formatBytes, formatCount } from "../quantities.ts";
import type { Say } from "../say.ts";
import type { ChangedAspect, ChangeRow, Changes } from "./find-changes.ts";
import type { PageChanges, PageWords } from "./page/messages.ts";

export function pageWords(title: string, l10n: Say): PageWords {
  return {
    title,
    show: l10n.t("Show"),
    ignore: l10n.t("Ignore"),
    times: l10n.t("Times"),
    owners: l10n.t("Owners"),
    tree: l10n.t("Differences"),
  };
}

/** A page without differences: while they are looked for, or with the sentence why there are none to show. */
export function emptyView(problem: string | undefined, l10n: Say): PageChanges {
  const labels = { added: l10n.t("Added"), removed: l10n.t("Removed"), changed: l10n.t("Changed") };
  return { summary: problem ?? l10n.t("Comparing…"), note: "", labels, rows: [] };
}

export function changesView({ counts, caveats, grown, rows }: Changes, l10n: Say): PageChanges {
  const all = counts.added + counts.removed + counts.changed;
  const words = { added: l10n.t("added"), removed: l10n.t("removed"), changed: l10n.t("changed") };
  const cut =
    all > rows.length
      ? [l10n.t("The first {0} of {1} differences are shown", formatCount(rows.length), formatCount(all))]
      : [];
  return {
    summary: all === 0 ? l10n.t("No differences") : totals(counts, grown, l10n),
    note: [...caveats, ...cut].join("; "),
    labels: {
      added: l10n.t("Added ({0})", formatCount(counts.added)),
      removed: l10n.t("Removed ({0})", formatCount(counts.removed)),
      changed: l10n.t("Changed ({0})", formatCount(counts.changed)),
    },
    rows: rows.map((row) => ({
      path: row.path,
      change: row.change,
      word: words[row.change],
      aspects: row.aspects.map((aspect) => aspectText(aspect, l10n)),
      size: sizeText(row),
      opens: row.sizeBefore !== undefined || row.sizeAfter !== undefined,
    })),
  };
}

function totals({ added, removed, changed }: Changes["counts"], grown: number, l10n: Say): string {
  const counts = l10n.t(
    "{0} added, {1} removed, {2} changed",
    formatCount(added),
    formatCount(removed),
    formatCount(changed),
  );
  if (grown === 0) return counts;
  const size = formatBytes(Math.abs(grown));
  return grown > 0 ? l10n.t("{0}; {1} more", counts, size) : l10n.t("{0}; {1} less", counts, size);
}

function sizeText({ sizeBefore, sizeAfter }: ChangeRow): string {
  if (sizeBefore === undefined && sizeAfter === undefined) return "";
  if (sizeBefore === undefined || sizeAfter === undefined) return formatBytes(sizeBefore ?? sizeAfter ?? 0);
  return sizeBefore === sizeAfter ? formatBytes(sizeAfter) : `${formatBytes(sizeBefore)} → ${formatBytes(sizeAfter)}`;
}

function aspectText({ aspect, before, after }: ChangedAspect, l10n: Say): string {
  const name = aspectName(aspect, l10n);
  if (before === undefined || after === undefined) return name;
  const [old, now] = [before, after].map((value) => (value === "" ? l10n.t("none") : shortened(value)));
  return l10n.t("{0} {1} → {2}", name, old ?? "", now ?? "");
}

/** Characters of a value; an attribute may have 64 kB. */
const maxValueLength = 120;

function shortened(value: string): string {
  return value.length > maxValueLength ? `${value.slice(0, maxValueLength)}…` : value;
}

function aspectName(aspect: Aspect, l10n: Say): string {
  return {
    type: l10n.t("type"),
    mode: l10n.t("mode"),
    owner: l10n.t("owner"),
    mtime: l10n.t("time"),
    size: l10n.t("size"),
    content: l10n.t("content"),
    target: l10n.t("link"),
    device: l10n.t("device"),
    xattrs: l10n.t("attributes"),
    links: l10n.t("hard links"),
  }[aspect];
}
