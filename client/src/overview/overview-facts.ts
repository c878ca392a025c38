// The overview of an image as its page shows it: title, numbers and notes.
import type { ImageFacts, Usage } from "../../../image/src/index.ts";
import type { ImageReport } from "../../../shared/src/image-requests.ts";
import { formatBytes, formatCount, formatTime } from "../quantities.ts";
import type { Say } from "../say.ts";
import type { PageButton, PageFact, PageOverview, PagePart } from "./page/messages.ts";
import { partitionsPart, type ShownDisk } from "./partitions-part.ts";
import { reportNotes, reportParts } from "./report-parts.ts";

/** What is known about an image so far. */
export interface KnownImage {
  readonly fileName: string;
  /** Bytes of the file. */
  readonly fileSize: number;
  readonly format: string;
  readonly facts: ImageFacts;
  readonly disk?: ShownDisk;
  /** Absent until the server has answered; null when it could not read the image. */
  readonly report?: ImageReport | null;
  readonly usage?: Usage;
  /** Further parts, such as those about dm-verity. */
  readonly more: readonly PagePart[];
  readonly buttons: readonly PageButton[];
}

export function imageOverview(known: KnownImage, l10n: Say): PageOverview {
  const { fileName, facts, report, disk, more, buttons } = known;
  const parts = [
    ...reportParts(report, l10n),
    ...more,
    ...(disk === undefined ? [] : [partitionsPart(disk, known.fileSize, l10n)]),
  ];
  return {
    title: fileName,
    subtitle: subtitleOf(known, l10n),
    notes: [
      ...(facts.warning === undefined ? [] : [{ tone: "warning", text: sentence(facts.warning) } as const]),
      ...reportNotes(report, l10n),
    ],
    buttons,
    numbers: numbersOf(known, l10n),
    parts,
  };
}

/** A clause as a sentence of its own. */
export function sentence(clause: string): string {
  const first = clause.slice(0, 1).toUpperCase() + clause.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function subtitleOf({ format, facts, disk, report }: KnownImage, l10n: Say): string {
  const formatText = facts.variant ?? (format === "fat" ? "FAT" : format);
  const table = disk?.kind === "mbr" ? "MBR" : "GPT";
  const kind =
    disk === undefined
      ? l10n.t("{0} image", formatText)
      : format === "disk"
        ? l10n.t("disk image with a {0} partition table", table)
        : l10n.t("disk image with a {0} partition table, {1} inside", table, formatText);
  const name = report?.name;
  if (name === undefined) return kind;
  return report?.class === "confext"
    ? l10n.t('configuration extension "{0}", {1}', name, kind)
    : l10n.t('system extension "{0}", {1}', name, kind);
}

function numbersOf({ format, facts, fileSize, usage }: KnownImage, l10n: Say): PageFact[] {
  const compression = facts.compression === "none" ? l10n.t("not compressed") : facts.compression;
  const numbers: PageFact[] = [];
  if (format !== "disk") {
    numbers.push({ label: l10n.t("Format"), value: facts.variant ?? format, note: compression });
  }
  numbers.push(sizeFact(l10n.t("File"), fileSize, l10n));
  if (format !== "disk") {
    numbers.push(sizeFact(l10n.t("File system"), facts.bytesUsed, l10n));
    if (usage !== undefined) {
      const ratio = facts.bytesUsed > 0 ? usage.root.real / facts.bytesUsed : 0;
      const note = ratio > 0 ? l10n.t("{0} : 1", ratio.toFixed(ratio < 10 ? 2 : 0)) : undefined;
      numbers.push({
        label: l10n.t("Contents"),
        value: formatBytes(usage.root.real),
        ...(note === undefined ? {} : { note }),
      });
      const { files, folders, symlinks, others } = usage.counts;
      numbers.push({
        label: l10n.t("Files"),
        value: formatCount(files),
        note: [
          folders === 1 ? l10n.t("1 folder") : l10n.t("{0} folders", formatCount(folders)),
          symlinks === 1 ? l10n.t("1 link") : l10n.t("{0} links", formatCount(symlinks)),
          ...(others === 0 ? [] : [l10n.t("{0} devices and others", formatCount(others))]),
        ].join(", "),
      });
    }
    numbers.push({ label: l10n.t("Block size"), value: binarySize(facts.blockSize) });
  } else numbers.push({ label: l10n.t("Sector size"), value: binarySize(facts.blockSize) });
  if (facts.created !== undefined) {
    const [day = "", ...time] = formatTime(facts.created).split(" ");
    numbers.push({ label: l10n.t("Created"), value: day, note: time.join(" ") });
  }
  if (facts.label !== undefined && facts.label !== "") numbers.push({ label: l10n.t("Label"), value: facts.label });
  return numbers;
}

function sizeFact(label: string, bytes: number, l10n: Say): PageFact {
  if (bytes < 1000) return { label, value: formatBytes(bytes) };
  return { label, value: formatBytes(bytes), note: l10n.t("{0} bytes", formatCount(bytes)) };
}

/** Sizes of blocks are powers of two, so they are given in KiB and MiB. */
function binarySize(bytes: number): string {
  if (bytes >= 1024 * 1024 && bytes % (1024 * 1024) === 0) return `${bytes / 1024 / 1024} MiB`;
  return bytes >= 1024 && bytes % 1024 === 0 ? `${bytes / 1024} KiB` : formatBytes(bytes);
}
