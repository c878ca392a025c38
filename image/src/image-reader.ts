// What a reader of an image format is, and what opening an image gives.
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import type { Decompressors } from "./codec/codec.ts";
import type { Content, Signature } from "./content.ts";
import type { Partition, PartitionTable } from "./partitions/partition-table.ts";
import type { FileTree } from "./tree/file-tree.ts";

/** A format that can be read: how its images are recognized and opened. */
export interface ImageReader {
  /** File systems are looked for before partition tables, archives after them. */
  readonly class: "file-system" | "archive";
  /** The kind of content that it opens. */
  readonly kind: string;
  /** Its name in lists of what can be opened: "ext4". */
  readonly title: string;
  readonly signatures: readonly Signature[];
  /** Variants of the format that cannot be opened, and what a user can do with them: a clause. */
  readonly unsupported?: readonly { readonly signature: Signature; readonly advice: string }[];
  /** Endings of the names of its files, without a dot. */
  readonly endings: readonly string[];
  /** Recognizes what has no signature by its first bytes, of which there are fewer in a short file. */
  readonly recognize?: (head: Uint8Array, source: ByteSource, signal?: CancelSignal) => Promise<Content | undefined>;
  /** Names content that one of the signatures was found in more precisely: "an ext4 file system". */
  readonly nameOf?: (head: Uint8Array) => string;
  /** Opens the image in `source`, reading only its structures; throws `corrupt` or `unsupported`. */
  readonly open: (source: ByteSource, context: ReadContext) => Promise<OpenImage>;
}

/** What a reader may need besides the bytes. */
export interface ReadContext {
  readonly decompressors: Decompressors;
  /** Says what else there is in an image. */
  readonly detect: (source: ByteSource, signal?: CancelSignal) => Promise<Content>;
  readonly signal?: CancelSignal;
}

/** An image whose file system can be read. Its bytes come through the source it was opened from, which the caller closes. */
export interface OpenImage {
  /**
   * Of the file system or archive, as `ext4`; of a disk that of its root or usr partition, or `disk` when no partition has
   * an extension's files that can be read.
   */
  readonly format: string;
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

/** A partition table, and the way into its partitions. */
export interface OpenDisk extends PartitionTable {
  /** The bytes of a partition; one that reaches over the disk's end has fewer than it says. */
  bytes(partition: Partition): ByteSource;
  /** What a partition holds, by its first bytes. */
  content(partition: Partition, signal?: CancelSignal): Promise<Content>;
  /** Opens the file system in a partition; throws an ImageError when there is none that can be read. */
  open(partition: Partition, signal?: CancelSignal): Promise<OpenImage>;
}
