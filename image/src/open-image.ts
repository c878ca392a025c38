// What opening an image gives: its file tree and the facts that an overview shows.
import { openCpio } from "./archive/cpio.ts";
import { openTar } from "./archive/tar.ts";
import { openBtrfs } from "./btrfs/reader.ts";
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { ImageError } from "./bytes/image-error.ts";
import type { Decompressors } from "./codec/codec.ts";
import { type Content, detectContent, unpackByHand } from "./detect.ts";
import { openErofs } from "./erofs/reader.ts";
import { openExt } from "./ext/reader.ts";
import { openFat } from "./fat/reader.ts";
import { type OpenDisk, openDisk } from "./open-disk.ts";
import { openSquashfs } from "./squashfs/reader.ts";
import type { FileTree } from "./tree/file-tree.ts";

/** Of a file system or an archive; `disk` is a disk of which no partition has an extension's files that can be read. */
export type ImageFormat = "squashfs" | "erofs" | "ext2" | "ext3" | "ext4" | "btrfs" | "fat" | "tar" | "cpio" | "disk";

/** An image whose file system can be read. Its bytes come through the source it was opened from, which the caller closes. */
export interface OpenImage {
  /** Of the file system; of a disk that of its root or usr partition. */
  readonly format: ImageFormat;
  /** Of a disk what an extension of it has: the root partition, and the usr partition in it. Empty for the format `disk`. */
  readonly tree: FileTree;
  readonly facts: ImageFacts;
  /** The partitions of a disk. */
  readonly disk?: OpenDisk;
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
  /** The name that somebody gave the file system. */
  readonly label?: string;
  /** Which kind of the format it is, such as `FAT32`, where that has kinds. */
  readonly variant?: string;
  /** Bytes that the file system takes; the file may be longer. */
  readonly bytesUsed: number;
  /** Why what is read may not be what a host would see, one clause. */
  readonly warning?: string;
}

export interface OpenImageOptions {
  /** Number of the one partition of a disk to open, in place of those that make an extension. */
  readonly partition?: number;
  readonly signal?: CancelSignal;
}

/**
 * Opens the image in `source`, reading only its structures.
 * Throws an ImageError: `unsupported` when it is nothing that can be read, `corrupt` when it is damaged. A disk opens
 * whatever its partitions hold; `facts.warning` says why it has no tree.
 */
export async function openImage(
  source: ByteSource,
  decompressors: Decompressors,
  { partition, signal }: OpenImageOptions = {},
): Promise<OpenImage> {
  const content = await detectContent(source, signal);
  if (content.kind === "gpt" || content.kind === "mbr") {
    return await openDisk(source, content, (within, inside) => openFileSystem(within, decompressors, inside, signal), {
      ...(partition === undefined ? {} : { partition }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
  if (partition !== undefined) {
    throw new ImageError(
      "unsupported",
      `it is ${content.name} and has no partitions; leave the partition's number out`,
    );
  }
  return await openFileSystem(source, decompressors, content, signal);
}

/** Opens the file system or archive that `content` says is in `source`. */
async function openFileSystem(
  source: ByteSource,
  decompressors: Decompressors,
  content: Content,
  signal?: CancelSignal,
): Promise<OpenImage> {
  if (content.kind === "squashfs") return await openSquashfs(source, decompressors);
  if (content.kind === "erofs") return await openErofs(source, decompressors);
  if (content.kind === "ext") return await openExt(source);
  if (content.kind === "btrfs") return await openBtrfs(source, decompressors);
  if (content.kind === "fat") return await openFat(source);
  if (content.kind === "tar") return await openTar(source, signal);
  if (content.kind === "cpio") return await openCpio(source, signal);
  throw new ImageError("unsupported", `it is ${content.name}; ${wayOut(content)}`);
}

/** What a user can do with a file that is no image that can be read. */
function wayOut({ kind, compression }: Content): string {
  switch (kind) {
    case "compressed":
      return unpackByHand(compression ?? "gzip");
    case "old-squashfs":
    case "streamed-squashfs":
      return "only squashfs 4.0 as mksquashfs writes it to a file can be opened";
    case "lfs-pointer":
      return 'get the file with "git lfs pull"';
    case "web-page":
      return "download the image again, its address gave a page instead";
    case "empty":
      return "build or download the image again";
    case "luks":
      return "open it with its key, and copy what is in it to an image that is not encrypted";
    case "virtual-disk":
      return 'turn it into a plain disk image, as "qemu-img convert -O raw" does';
    default:
      return "only squashfs, erofs, ext4, btrfs and FAT images can be opened, by themselves or in a disk image, and tar and cpio archives";
  }
}
