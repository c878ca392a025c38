// Finds the one partition of a disk that somebody asks for.
import { ImageError } from "../bytes/image-error.ts";
import type { Partition, PartitionTable } from "./partition-table.ts";

/** The partition with this number; throws an ImageError of kind `unsupported` that names the others when there is none. */
export function findPartition({ partitions }: PartitionTable, wanted: number): Partition {
  const partition = partitions.find(({ number }) => number === wanted);
  if (partition !== undefined) return partition;
  const numbers = partitions.map(({ number }) => number).join(", ");
  throw new ImageError("unsupported", `it has no partition ${wanted}; its partitions are ${numbers}`);
}
