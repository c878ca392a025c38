// What a build says while it runs and when it has ended.
import { l10n } from "vscode";
import type { BuildCounts, BuildProgress } from "../../../image/src/index.ts";
import type { TreeDescription, TreeVerdict } from "../../../shared/src/requests.ts";
import { formatBytes, formatCount, formatMilliseconds } from "../quantities.ts";
import { verdictCount } from "../views/extension-words.ts";

/** Milliseconds between two updates of the progress message. */
const updatePeriodMs = 100;

/** One update of the editor's progress bar. */
export interface ProgressReport {
  readonly message: string;
  /** Percentage points since the last report. */
  readonly increment: number;
}

/** Turns the states of a build into reports, and leaves out those that follow too soon; `now` is in milliseconds. */
export function progressReporter(
  report: (progress: ProgressReport) => void,
  now: () => number = Date.now,
): (state: BuildProgress) => void {
  let percent = 0;
  let updated = Number.NEGATIVE_INFINITY;
  return (state) => {
    const time = now();
    if (time - updated < updatePeriodMs) return;
    updated = time;
    const increment = percentOf(state) - percent;
    percent += increment;
    report({ message: progressText(state), increment });
  };
}

/** How much of an image is written, from 0 to 100, by the bytes of its files; 0 while the tree is being read. */
export function percentOf({ phase, bytes, totalBytes }: BuildProgress): number {
  return phase === "scan" || totalBytes === 0 ? 0 : (bytes / totalBytes) * 100;
}

/** `5 of 10 files, 1.0 MB of 2.0 MB`. */
export function progressText(state: BuildProgress): string {
  if (state.phase === "scan") return l10n.t("{0} files found", formatCount(state.files));
  return l10n.t(
    "{0} of {1} files, {2} of {3}",
    formatCount(state.files),
    formatCount(state.totalFiles),
    formatBytes(state.bytes),
    formatBytes(state.totalBytes),
  );
}

/** What was built, on which hosts it merges, and what is not in it. */
export function buildSummary(
  tree: Pick<TreeDescription, "name" | "leftOut">,
  { counts, milliseconds }: { readonly counts: BuildCounts; readonly milliseconds: number },
  verdicts: readonly TreeVerdict[],
): string {
  const sentences = [
    l10n.t(
      "Built {0}.raw: {1} from {2} files in {3}.",
      tree.name,
      formatBytes(counts.bytes),
      formatCount(counts.files),
      formatMilliseconds(milliseconds),
    ),
  ];
  if (verdicts.length > 0) sentences.push(mergeSentence(verdicts));
  if (tree.leftOut.length > 0) sentences.push(l10n.t("Left out: {0}.", tree.leftOut.join(", ")));
  if (!counts.xattrsKnown) {
    sentences.push(
      l10n.t(
        'Extended attributes were not included; install "attr" (getfattr) and trust the workspace to include them.',
      ),
    );
  }
  return sentences.join(" ");
}

/** `Merges on 1 of 5 hosts (Debian 13).` */
function mergeSentence(verdicts: readonly TreeVerdict[]): string {
  const text = verdictCount(verdicts);
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  const titles = verdicts.filter(({ verdict }) => verdict === "match").map(({ title }) => title);
  return titles.length === 0 || titles.length === verdicts.length
    ? `${sentence}.`
    : `${sentence} (${titles.join(", ")}).`;
}
