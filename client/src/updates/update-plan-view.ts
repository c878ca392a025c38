// What the page of an update plan shows, in the user's language.
import type {
  PlanMiss,
  PlanPlace,
  PlanRemark,
  PlanTransfer,
  PlanVersion,
  UpdatePlanReport,
} from "../../../shared/src/update-requests.ts";
import { formatBytes, formatCount } from "../quantities.ts";
import type { Say } from "../say.ts";
import type {
  PageChoice,
  PageFact,
  PageFile,
  PageLine,
  PageMiss,
  PageMisses,
  PagePlan,
  PageReading,
  PageRemarks,
  PageTransfer,
  PageVersions,
} from "./page/messages.ts";
import { summaryOf } from "./update-plan-summary.ts";

/** What the user has chosen, as it is shown. */
export interface ShownChoices {
  readonly source?: string;
  readonly target?: string;
  /** Whether the source is a web address, which is fetched only when the user presses the button. */
  readonly isAddress: boolean;
  /** Whether web addresses may be fetched in this workspace. */
  readonly mayFetch: boolean;
  /** Whether something is being read now. */
  readonly isBusy: boolean;
}

/** So many files that match no pattern are shown without a click. */
const maxOpenMisses = 5;

export function updatePlanView(report: UpdatePlanReport, choices: ShownChoices, l10n: Say): PagePlan {
  const { component, source, faults, notes, transfers } = report;
  const reading = readingOf(report, choices, l10n);
  const versions = versionsOf(report, l10n);
  return {
    title:
      component === undefined
        ? l10n.t("What an update of the system's set would do")
        : l10n.t("What an update of {0} would do", component),
    choices: choicesOf(report, choices, l10n),
    ...(reading === undefined ? {} : { reading }),
    summary: summaryOf(report, l10n),
    doubts: source.state === "read" ? source.doubts : [],
    remarks: [
      ...remarksOf("faults", l10n.t("systemd-sysupdate would stop here"), faults),
      ...remarksOf("notes", l10n.t("Notes"), notes),
    ],
    transfers: transfers.map((transfer) => transferOf(transfer, report, l10n)),
    ...(versions === undefined ? {} : { versions }),
  };
}

function choicesOf(report: UpdatePlanReport, { source, target }: ShownChoices, l10n: Say): PageChoice[] {
  const { hostIsMachine, hostTitle, architecture, systemd } = report;
  const systemdText = report.systemdKnown ? `systemd ${systemd}` : l10n.t("assuming systemd {0}", systemd);
  return [
    {
      what: "source",
      label: l10n.t("Published in"),
      value: source ?? l10n.t("Choose a folder, SHA256SUMS or address…"),
      note: placeNote(report.source, l10n),
    },
    {
      what: "target",
      label: l10n.t("Installed in"),
      value: target ?? l10n.t("Nothing is installed"),
      note: placeNote(report.target, l10n),
    },
    {
      what: "host",
      label: l10n.t("Host"),
      value: hostIsMachine ? l10n.t("This machine") : (hostTitle ?? l10n.t("Any host")),
      note: hostIsMachine && hostTitle !== undefined ? `${hostTitle}, ${systemdText}` : systemdText,
    },
    { what: "architecture", label: l10n.t("Architecture"), value: architecture ?? l10n.t("Any"), note: "" },
  ];
}

function placeNote(place: PlanPlace, l10n: Say): string {
  if (place.state === "failed") return place.reason;
  if (place.state !== "read") return "";
  const files = filesText(place.files, l10n);
  return place.bestBefore === undefined ? files : `${files}, ${l10n.t("refused from {0} on", place.bestBefore)}`;
}

/** Nothing can be read before a place is chosen. */
function readingOf(report: UpdatePlanReport, choices: ShownChoices, l10n: Say): PageReading | undefined {
  const { source, target, isAddress, mayFetch, isBusy } = choices;
  if (source === undefined && target === undefined) return undefined;
  const isUnread = report.source.state === "unread";
  const isForbidden = isAddress && !mayFetch;
  const addressLabel = isUnread ? l10n.t("Fetch") : l10n.t("Fetch Again");
  const label = isAddress ? addressLabel : l10n.t("Read Again");
  return {
    label: isBusy ? l10n.t("Reading…") : label,
    isPrimary: isUnread,
    isDisabled: isBusy || isForbidden,
    note: isForbidden ? l10n.t("Web addresses are fetched only in a trusted workspace.") : "",
  };
}

function remarksOf(kind: PageRemarks["kind"], title: string, remarks: readonly PlanRemark[]): PageRemarks[] {
  if (remarks.length === 0) return [];
  return [{ kind, title, items: remarks.map(({ uri, message }) => ({ file: fileOf(uri), text: message })) }];
}

function transferOf(transfer: PlanTransfer, { source }: UpdatePlanReport, l10n: Say): PageTransfer {
  const { uri, disabled, sourcePatterns, sourcePath, matching, example, download, symlink } = transfer;
  const facts: PageFact[] = [];
  const add = (title: string, ...lines: readonly PageLine[]): void => {
    facts.push({ title, lines });
  };
  if (disabled !== undefined) add(l10n.t("Disabled"), plain(disabled));
  add(l10n.t("Looks for"), ...sourcePatterns.map(code));
  add(l10n.t("In"), code(sourcePath));
  if (source.state === "read") add(l10n.t("Matches"), plain(filesText(matching, l10n)));
  if (example !== undefined && matching === 0) add(l10n.t("Would match"), code(example));
  if (download !== undefined) {
    const { name, size, storedAs, decompressed } = download;
    add(l10n.t("Downloads"), line(codePart(name), textPart(size === undefined ? "" : ` (${formatBytes(size)})`)));
    const note = l10n.t("It is decompressed during the download, although the name keeps its suffix.");
    const notes: PageLine[] = decompressed ? [{ kind: "note", parts: [textPart(note)] }] : [];
    add(l10n.t("Stores it as"), code(storedAs), ...notes);
  }
  const removed = [...transfer.remove, ...transfer.leftovers];
  if (removed.length > 0) add(l10n.t("Removes"), ...removed.map(code));
  if (symlink !== undefined) {
    add(l10n.t("Symlink"), line(codePart(symlink.path), textPart(" → "), codePart(symlink.target)));
  }
  const misses = missesOf(transfer, l10n);
  return { file: fileOf(uri), facts, ...(misses === undefined ? {} : { misses }) };
}

function missesOf({ misses, moreMisses }: PlanTransfer, l10n: Say): PageMisses | undefined {
  if (misses.length === 0) return undefined;
  const count = misses.length + moreMisses;
  return {
    title: count === 1 ? l10n.t("1 file matches no pattern") : l10n.t("{0} files match no pattern", formatCount(count)),
    isOpen: misses.length <= maxOpenMisses,
    note: l10n.t("The first character that the pattern does not match is marked."),
    endOfName: l10n.t("the name ends"),
    items: misses.map(missOf),
    more: moreText(moreMisses, l10n),
  };
}

function missOf({ name, at, pattern, reason }: PlanMiss): PageMiss {
  const mark = at < name.length ? String.fromCodePoint(name.codePointAt(at) ?? 0x20) : "";
  return { pattern, reason, before: name.slice(0, at), mark, after: name.slice(at + mark.length) };
}

function versionsOf(report: UpdatePlanReport, l10n: Say): PageVersions | undefined {
  if (report.versions.length === 0) return undefined;
  const yesNo = (value: boolean): string => (value ? l10n.t("yes") : "–");
  return {
    title: l10n.t("Versions"),
    columns: [l10n.t("Version"), l10n.t("Published"), l10n.t("Installed"), l10n.t("Assessment")],
    rows: report.versions.map((version) => ({
      version: version.version,
      isCandidate: version.version === report.candidate,
      cells: [yesNo(version.available), yesNo(version.installed), marksOf(version, report, l10n)],
    })),
    more: moreText(report.moreVersions, l10n),
  };
}

function marksOf(version: PlanVersion, { candidate, newest, current }: UpdatePlanReport, l10n: Say): string {
  const marks: readonly (readonly [boolean, string])[] = [
    [version.version === candidate, l10n.t("would be installed")],
    [version.version === newest && newest !== candidate, l10n.t("newest")],
    [version.version === current, l10n.t("in use")],
    [version.incomplete, l10n.t("incomplete")],
    [version.protected, l10n.t("protected")],
    [version.obsolete, l10n.t("obsolete")],
  ];
  return marks.flatMap(([applies, mark]) => (applies ? [mark] : [])).join(", ");
}

function filesText(count: number, l10n: Say): string {
  return count === 1 ? l10n.t("1 file") : l10n.t("{0} files", formatCount(count));
}

function moreText(count: number, l10n: Say): string {
  return count === 0 ? "" : l10n.t("and {0} more", formatCount(count));
}

type PagePart = PageLine["parts"][number];

function textPart(text: string): PagePart {
  return { text, isCode: false };
}

function codePart(text: string): PagePart {
  return { text, isCode: true };
}

function line(...parts: readonly PagePart[]): PageLine {
  return { kind: "plain", parts };
}

function plain(text: string): PageLine {
  return line(textPart(text));
}

function code(text: string): PageLine {
  return line(codePart(text));
}

function fileOf(uri: string): PageFile {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return { uri, name: decodeURIComponent(name) };
  } catch {
    return { uri, name }; // a stray % sign
  }
}
