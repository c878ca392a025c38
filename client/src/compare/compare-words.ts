// What the page of a comparison says of changes, in the user's language.
import { l10n } from "vscode";
import type { Aspect } from "../../../image/src/index.ts";
import { formatBytes, formatCount } from "../quantities.ts";
import type { ComparePageWords } from "./compare-page.ts";
import { type ChangedAspect, type ChangeRow, type Changes, mostRows } from "./find-changes.ts";

/** What the page is sent; texts only. */
export interface ComparePageData {
  readonly summary: string;
  readonly note: string;
  readonly labels: Readonly<Record<ChangeRow["change"], string>>;
  readonly ignore: { readonly times: boolean; readonly owners: boolean };
  readonly rows: readonly {
    readonly path: string;
    readonly change: ChangeRow["change"];
    readonly word: string;
    readonly aspects: readonly string[];
    readonly size: string;
    readonly opens: boolean;
  }[];
}

export function changeWords(language: string, title: string): ComparePageWords {
  return {
    language,
    title,
    show: l10n.t("Show"),
    ignore: l10n.t("Ignore"),
    tree: l10n.t("Differences"),
    changes: { added: l10n.t("Added"), removed: l10n.t("Removed"), changed: l10n.t("Changed") },
    times: l10n.t("Times"),
    owners: l10n.t("Owners"),
  };
}

/** What to show of the changes, or of why there are none to show; with neither they are still looked for. */
export function pageData(
  changes: Changes | undefined,
  problem: string | undefined,
  ignore: ComparePageData["ignore"],
): ComparePageData {
  if (changes === undefined) {
    const labels = { added: l10n.t("Added"), removed: l10n.t("Removed"), changed: l10n.t("Changed") };
    return { ignore, summary: problem ?? l10n.t("Comparing…"), note: "", labels, rows: [] };
  }
  const { counts, caveats, grown, rows } = changes;
  const all = counts.added + counts.removed + counts.changed;
  return {
    ignore,
    summary: all === 0 ? l10n.t("Both are the same") : totals(counts, grown),
    note: [
      ...caveats,
      ...(all > mostRows
        ? [l10n.t("The first {0} of {1} differences are shown", formatCount(mostRows), formatCount(all))]
        : []),
    ].join("; "),
    labels: {
      added: l10n.t("Added ({0})", formatCount(counts.added)),
      removed: l10n.t("Removed ({0})", formatCount(counts.removed)),
      changed: l10n.t("Changed ({0})", formatCount(counts.changed)),
    },
    rows: rows.map((row) => ({
      path: row.path,
      change: row.change,
      word: { added: l10n.t("added"), removed: l10n.t("removed"), changed: l10n.t("changed") }[row.change],
      aspects: row.aspects.map(aspectText),
      size: sizeText(row),
      opens: row.sizeBefore !== undefined || row.sizeAfter !== undefined,
    })),
  };
}

function totals({ added, removed, changed }: Changes["counts"], grown: number): string {
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

function aspectText({ aspect, before, after }: ChangedAspect): string {
  const name = aspectName(aspect);
  if (before === undefined || after === undefined) return name;
  const [old, now] = [before, after].map((value) => (value === "" ? l10n.t("none") : shortened(value)));
  return l10n.t("{0} {1} → {2}", name, old ?? "", now ?? "");
}

/** An attribute may have 64 kB. */
const mostSigns = 120;

function shortened(value: string): string {
  return value.length > mostSigns ? `${value.slice(0, mostSigns)}…` : value;
}

function aspectName(aspect: Aspect): string {
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
