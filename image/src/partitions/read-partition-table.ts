// Reads the partition table of a disk, of either kind.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { readGpt } from "./gpt.ts";
import { readMbr } from "./mbr.ts";
import type { PartitionTable } from "./partition-table.ts";

/** Reads the partition table of a disk. Throws `corrupt`; undefined when there is none. */
export async function readPartitionTable(
  source: ByteSource,
  signal?: CancelSignal,
): Promise<PartitionTable | undefined> {
  return (await readGpt(source, signal)) ?? (await readMbr(source, signal));
}
