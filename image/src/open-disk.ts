// Disks as images: each partition opens by itself, and those that make an extension are put together.
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { damaged, ImageError } from "./bytes/image-error.ts";
import { windowSource } from "./bytes/window-source.ts";
import type { Content } from "./content.ts";
import { detectContent } from "./detect.ts";
import type { OpenDisk, OpenImage } from "./image-reader.ts";
import { findExtensionPartitions } from "./partitions/extension-partitions.ts";
import { findPartition } from "./partitions/find-partition.ts";
import type { Partition, PartitionTable } from "./partitions/partition-table.ts";
import { readPartitionTable } from "./partitions/read-partition-table.ts";
import { memoryTree } from "./tree/memory-tree.ts";
import { mountTree } from "./tree/mounted-tree.ts";

type OpenContent = (source: ByteSource, content: Content) => Promise<OpenImage>;

/** Opens the disk in `source`; what else it may throw than `corrupt` is about the one partition that was asked for. */
export async function openDisk(
  source: ByteSource,
  { name }: Content,
  openContent: OpenContent,
  { partition: only, signal }: { readonly partition?: number; readonly signal?: CancelSignal },
): Promise<OpenImage> {
  const table = await readPartitionTable(source, signal);
  if (table === undefined) throw damaged("its partition table cannot be read");
  const disk = diskOf(source, table, openContent);
  if (only !== undefined) return await disk.open(findPartition(table, only), signal);
  const { root, usr } = findExtensionPartitions(disk);
  if (root === undefined && usr === undefined) {
    return diskAlone(
      disk,
      source,
      `it is ${name}, and none of its partitions holds an extension; give one the partition type root or usr`,
    );
  }
  try {
    const outer = root && (await disk.open(root, signal));
    const inner = usr && (await disk.open(usr, signal));
    const main = outer ?? inner;
    if (main === undefined) throw damaged("its partition table cannot be read");
    return { ...main, tree: inner === undefined ? main.tree : mountTree(outer?.tree, "usr", inner.tree), disk };
  } catch (error) {
    if (!(error instanceof ImageError) || error.kind === "io") throw error;
    return diskAlone(disk, source, error.message);
  }
}

/** A disk without a tree; `why` says what is missing. */
function diskAlone(disk: OpenDisk, source: ByteSource, why: string): OpenImage {
  const facts = { compression: "none", blockSize: disk.sectorSize, bytesUsed: source.size, warning: why };
  return { format: "disk", tree: memoryTree({}), facts, disk };
}

function diskOf(source: ByteSource, table: PartitionTable, openContent: OpenContent): OpenDisk {
  const bytes = ({ start, size }: Partition): ByteSource =>
    windowSource(source, Math.min(start, source.size), Math.max(0, Math.min(size, source.size - start)));
  return {
    ...table,
    bytes,
    content: (partition, signal) => detectContent(bytes(partition), signal),
    async open(partition, signal) {
      const what = `partition ${partition.number} of it${partition.role === undefined ? "" : ` (${partition.role})`}`;
      const end = partition.start + partition.size;
      if (end > source.size) {
        throw damaged(`it ends after ${source.size} bytes, but ${what} ends at byte ${end}`, partition.start);
      }
      const within = bytes(partition);
      const content = await detectContent(within, signal);
      try {
        return await openContent(within, content);
      } catch (error) {
        if (!(error instanceof ImageError) || error.kind === "io") throw error;
        const fault =
          error.kind === "corrupt"
            ? `${what} is damaged: ${error.fault}`
            : `${what} has ${content.name}, which cannot be read`;
        const offset = partition.start + (error.offset ?? 0);
        throw new ImageError(error.kind, fault, offset);
      }
    },
  };
}
