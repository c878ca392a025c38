// Partitions of disks: which of them open like folders, and what is said of each.
import { type Content, isReadable, type OpenDisk, type Partition } from "../../../image/src/index.ts";
import { shownName } from "../images/odd-names.ts";
import { formatBytes, formatCount } from "../quantities.ts";
import type { Say } from "../say.ts";

const icons: Readonly<Record<string, string>> = {
  luks: "lock",
  verity: "shield",
  "verity-signature": "verified",
  swap: "arrow-swap",
  empty: "circle-large-outline",
  unknown: "question",
};

export interface PartitionFacts {
  /** Whether it has a file system or archive that can be opened. */
  readonly readable: boolean;
  readonly label: string;
  readonly description: string;
  /** Id of one of VS Code's icons. */
  readonly icon: string;
  /** The lines of a tooltip. */
  readonly lines: readonly string[];
}

/** What a partition holds; undefined where its first bytes cannot be read. */
async function contentOf(disk: OpenDisk, partition: Partition): Promise<Content | undefined> {
  return await disk.content(partition).catch(() => undefined);
}

/** The partitions with a file system or archive that can be opened. */
export async function readablePartitions(disk: OpenDisk): Promise<readonly Partition[]> {
  const contents = await Promise.all(disk.partitions.map((partition) => contentOf(disk, partition)));
  return disk.partitions.filter((_, at) => canOpen(contents[at]));
}

function canOpen(content: Content | undefined): boolean {
  return content !== undefined && isReadable(content.kind);
}

/** Its number and label, what it is for, its size and what it holds. */
export async function partitionFacts(disk: OpenDisk, partition: Partition, l10n: Say): Promise<PartitionFacts> {
  const { number, label, size } = partition;
  const content = await contentOf(disk, partition);
  const readable = canOpen(content);
  const held = content?.name ?? l10n.t("its content cannot be read");
  const purpose = purposeOf(partition, l10n) ?? l10n.t("unknown type");
  return {
    readable,
    label: label === "" ? l10n.t("Partition {0}", number) : l10n.t("Partition {0}: {1}", number, shownName(label)),
    description: [purpose, formatBytes(size), held].join(", "),
    icon: readable ? "database" : (icons[content?.kind ?? "unknown"] ?? "circle-slash"),
    lines: partitionLines(partition, held, readable, l10n),
  };
}

/** What a partition of a known type is for. */
function purposeOf({ role, architecture }: Partition, l10n: Say): string | undefined {
  return role === undefined || architecture === undefined ? role : l10n.t("{0} ({1})", role, architecture);
}

function partitionLines(partition: Partition, held: string, readable: boolean, l10n: Say): string[] {
  const { type, uuid, start, size, readOnly, growFileSystem, noAuto } = partition;
  const flags = [
    ...(readOnly ? [l10n.t("read-only")] : []),
    ...(growFileSystem ? [l10n.t("grows with the disk")] : []),
    ...(noAuto ? [l10n.t("not mounted automatically")] : []),
  ];
  return [
    readable ? l10n.t("Holds {0}", held) : l10n.t("Holds {0}, which has no files to show", held),
    l10n.t("Type: {0}", [purposeOf(partition, l10n) ?? [], type].flat().join(", ")),
    ...(uuid === "" ? [] : [l10n.t("UUID: {0}", uuid)]),
    l10n.t("Size: {0}, from byte {1} on", formatBytes(size), formatCount(start)),
    ...(flags.length === 0 ? [] : [l10n.t("Flags: {0}", flags.join(", "))]),
  ];
}
