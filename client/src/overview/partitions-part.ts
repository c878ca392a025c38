// The partitions of a disk in the overview: a bar drawn to scale, with gaps, and a table of their properties.
import type { Partition } from "../../../image/src/index.ts";
import { formatBytes } from "../quantities.ts";
import type { Say } from "../say.ts";
import type { PagePart, PageRegion } from "./page/messages.ts";

export interface ShownDisk {
  readonly kind: "gpt" | "mbr";
  readonly copy: "first" | "backup";
  readonly partitions: readonly (Partition & {
    /** What its first bytes are, such as `an ext4 file system`; absent when they cannot be read. */
    readonly content?: string;
  })[];
}

/** A gap below this share of the disk is alignment and not shown. */
const minGap = 1 / 200;

export function partitionsPart(disk: ShownDisk, diskSize: number, l10n: Say): PagePart {
  const regions = regionsOf(disk, diskSize, l10n);
  const backup =
    disk.copy === "backup"
      ? [
          {
            kind: "note",
            tone: "warning",
            text: l10n.t("The primary partition table is damaged; this is the backup at the end of the disk."),
          } as const,
        ]
      : [];
  const columns = [
    { title: "#", number: true },
    ...[l10n.t("Purpose"), l10n.t("Architecture"), l10n.t("Label"), l10n.t("Content")].map((title) => ({ title })),
    { title: l10n.t("Size"), number: true },
    { title: l10n.t("Start"), number: true },
  ];
  const rows = disk.partitions.map((partition) => [
    String(partition.number),
    partition.role ?? partition.type,
    partition.architecture ?? "",
    partition.label,
    [partition.content ?? "", ...flagsOf(partition, l10n)].filter((text) => text !== "").join("; "),
    formatBytes(partition.size),
    formatBytes(partition.start),
  ]);
  return {
    id: "partitions",
    title: l10n.t("Partitions"),
    wide: true,
    blocks: [
      ...backup,
      { kind: "disk", regions, spoken: l10n.t("{0} partitions, drawn to scale", disk.partitions.length) },
      { kind: "table", table: { columns, rows } },
    ],
  };
}

function flagsOf({ readOnly, growFileSystem, noAuto }: Partition, l10n: Say): string[] {
  return [
    ...(readOnly ? [l10n.t("read-only")] : []),
    ...(growFileSystem ? [l10n.t("grows")] : []),
    ...(noAuto ? [l10n.t("not mounted automatically")] : []),
  ];
}

/** Partitions and the gaps between them, in the order of the disk. */
function regionsOf({ partitions }: ShownDisk, diskSize: number, l10n: Say): PageRegion[] {
  const regions: PageRegion[] = [];
  const end = Math.max(diskSize, ...partitions.map(({ start, size }) => start + size));
  let at = 0;
  const gapTo = (next: number): void => {
    const size = next - at;
    if (size > end * minGap) {
      regions.push({ size, name: "", spoken: l10n.t("{0} unpartitioned", formatBytes(size)) });
    }
  };
  for (const partition of partitions.toSorted((a, b) => a.start - b.start)) {
    gapTo(partition.start);
    const { number, role, label, size, content } = partition;
    const name = role ?? (label === "" ? l10n.t("partition {0}", number) : label);
    const spoken = [
      l10n.t("partition {0}", number),
      ...(role === undefined ? [] : [role]),
      formatBytes(size),
      ...(content === undefined ? [] : [content]),
    ];
    regions.push({ size, name, spoken: spoken.join(", ") });
    at = Math.max(at, partition.start + size);
  }
  gapTo(end);
  return regions;
}
