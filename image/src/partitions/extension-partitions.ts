// Which partitions of a disk hold the files of an extension.
import type { Partition, PartitionTable } from "./partition-table.ts";

export interface ExtensionPartitions {
  readonly root?: Partition;
  readonly usr?: Partition;
}

/**
 * The partitions whose files make an extension, as systemd's dissector finds them: the root and usr partitions, of which the
 * first of each counts here, since each host looks for its own architecture; or the only generic one.
 */
export function findExtensionPartitions({ partitions }: PartitionTable): ExtensionPartitions {
  const candidates = partitions.filter(({ noAuto, label }) => !noAuto && label !== "_empty");
  const root = candidates.find(({ role }) => role === "root");
  const usr = candidates.find(({ role }) => role === "usr");
  const generic = candidates.filter(({ role }) => role === "linux-generic");
  const only = root === undefined && usr === undefined && generic.length === 1 ? generic[0] : undefined;
  const found = root ?? only;
  return { ...(found === undefined ? {} : { root: found }), ...(usr === undefined ? {} : { usr }) };
}
