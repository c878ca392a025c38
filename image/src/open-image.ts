// What opening an image gives: its file tree and the facts that an overview shows.
import { openBtrfs } from "./btrfs/reader.ts";
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { damaged, ImageError } from "./bytes/image-error.ts";
import { windowSource } from "./bytes/window-source.ts";
import type { Decompressors } from "./codec/codec.ts";
import { type Content, detectContent } from "./detect.ts";
import { openErofs } from "./erofs/reader.ts";
import { openExt } from "./ext/reader.ts";
import { findExtensionPartitions, type Partition, type PartitionTable, readPartitionTable } from "./gpt/disk.ts";
import { openSquashfs } from "./squashfs/reader.ts";
import type { FileTree } from "./tree/file-tree.ts";
import { mountTree } from "./tree/mounted-tree.ts";

/** An image whose file system can be read. Its bytes come through the source it was opened from, which the caller closes. */
export interface OpenImage {
  /** Of the file system; of a disk that of its root or usr partition. */
  readonly format: "squashfs" | "erofs" | "ext2" | "ext3" | "ext4" | "btrfs";
  /** Of a disk what an extension of it has: the root partition, and the usr partition in it. */
  readonly tree: FileTree;
  readonly facts: ImageFacts;
  /** The partitions of a disk. */
  readonly disk?: PartitionTable;
}

/** What the superblock says. */
export interface ImageFacts {
  /** Names of the compressions that occur, or `none`. */
  readonly compression: string;
  readonly blockSize: number;
  /** Files, folders, links … of the image, each counted once; undefined where nothing counts them. */
  readonly inodes?: number;
  /** When the image was made, in seconds since 1970; undefined where that is not written down. */
  readonly created?: number;
  /** Bytes that the file system takes; the file may be longer. */
  readonly bytesUsed: number;
  /** Why what is read may not be what a host would see, one clause. */
  readonly warning?: string;
}

/**
 * Opens the image in `source`, reading only its structures.
 * Throws an ImageError: `unsupported` when it is something else than squashfs, erofs, ext4 or btrfs, by itself or in a partition, `corrupt`
 * when it is a damaged one.
 */
export async function openImage(
  source: ByteSource,
  decompressors: Decompressors,
  signal?: CancelSignal,
): Promise<OpenImage> {
  const content = await detectContent(source, signal);
  if (content.kind === "gpt" || content.kind === "mbr") return await openDisk(source, decompressors, content, signal);
  return await openFileSystem(source, decompressors, content);
}

async function openFileSystem(source: ByteSource, decompressors: Decompressors, content: Content): Promise<OpenImage> {
  if (content.kind === "squashfs") return await openSquashfs(source, decompressors);
  if (content.kind === "erofs") return await openErofs(source, decompressors);
  if (content.kind === "ext") return await openExt(source);
  if (content.kind === "btrfs") return await openBtrfs(source, decompressors);
  throw new ImageError("unsupported", `it is ${content.name}; ${wayOut(content)}`);
}

function isReadable({ kind }: Content): boolean {
  return kind === "squashfs" || kind === "erofs" || kind === "ext" || kind === "btrfs";
}

async function openDisk(
  source: ByteSource,
  decompressors: Decompressors,
  content: Content,
  signal?: CancelSignal,
): Promise<OpenImage> {
  const disk = await readPartitionTable(source, signal);
  if (disk === undefined) throw damaged("its partition table cannot be read");
  const { root, usr } = findExtensionPartitions(disk);
  const open = async (partition: Partition) => {
    const within = windowSource(source, partition.start, partition.size);
    const inside = await detectContent(within, signal);
    if (isReadable(inside)) return await openFileSystem(within, decompressors, inside);
    const what = `partition ${partition.number} of it, the ${partition.role ?? "only"} partition, has ${inside.name}`;
    throw new ImageError("unsupported", `${what}; only squashfs, erofs, ext4 and btrfs can be read`, partition.start);
  };
  const outer = root && (await open(root));
  const inner = usr && (await open(usr));
  const main = outer ?? inner;
  if (main === undefined) {
    throw new ImageError(
      "unsupported",
      `it is ${content.name}, and no partition of it has files of an extension; give one the type root or usr`,
    );
  }
  return { ...main, tree: inner === undefined ? main.tree : mountTree(outer?.tree, "usr", inner.tree), disk };
}

/** What a user can do with a file that is no image that can be read. */
function wayOut({ kind }: Content): string {
  switch (kind) {
    case "compressed":
      return "unpack it and open the image that comes out";
    case "old-squashfs":
    case "streamed-squashfs":
      return "only squashfs 4.0 as mksquashfs writes it to a file can be opened";
    case "lfs-pointer":
      return 'get the file with "git lfs pull"';
    case "web-page":
      return "download the image again, its address gave a page instead";
    case "empty":
      return "build or download the image again";
    default:
      return "only squashfs, erofs, ext4 and btrfs images can be opened, by themselves or in a disk image";
  }
}
