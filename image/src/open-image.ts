// What opening an image gives: its file tree and the facts that an overview shows.
import type { Compression } from "./codec/codec.ts";
import type { FileTree } from "./tree/file-tree.ts";

/** An image whose file system can be read. Its bytes come through the source it was opened from, which the caller closes. */
export interface OpenImage {
  readonly format: "squashfs";
  readonly tree: FileTree;
  readonly facts: ImageFacts;
}

/** What the superblock says. */
export interface ImageFacts {
  readonly compression: Compression | "none";
  readonly blockSize: number;
  /** Files, folders, links … of the image, each counted once. */
  readonly inodes: number;
  /** When the image was made, in seconds since 1970. */
  readonly created: number;
  /** Bytes that the file system takes; the file may be longer. */
  readonly bytesUsed: number;
}
