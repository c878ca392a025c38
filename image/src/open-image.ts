// What opening an image gives: its file tree and the facts that an overview shows.
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { ImageError } from "./bytes/image-error.ts";
import type { Decompressors } from "./codec/codec.ts";
import { type Content, detectContent } from "./detect.ts";
import { openErofs } from "./erofs/reader.ts";
import { openSquashfs } from "./squashfs/reader.ts";
import type { FileTree } from "./tree/file-tree.ts";

/** An image whose file system can be read. Its bytes come through the source it was opened from, which the caller closes. */
export interface OpenImage {
  readonly format: "squashfs" | "erofs";
  readonly tree: FileTree;
  readonly facts: ImageFacts;
}

/** What the superblock says. */
export interface ImageFacts {
  /** Names of the compressions that occur, or `none`. */
  readonly compression: string;
  readonly blockSize: number;
  /** Files, folders, links … of the image, each counted once. */
  readonly inodes: number;
  /** When the image was made, in seconds since 1970. */
  readonly created: number;
  /** Bytes that the file system takes; the file may be longer. */
  readonly bytesUsed: number;
}

/**
 * Opens the image in `source`, reading only its structures.
 * Throws an ImageError: `unsupported` when it is something else than a squashfs or erofs image that can be read here, `corrupt`
 * when it is a damaged one.
 */
export async function openImage(
  source: ByteSource,
  decompressors: Decompressors,
  signal?: CancelSignal,
): Promise<OpenImage> {
  const content = await detectContent(source, signal);
  if (content.kind === "squashfs") return openSquashfs(source, decompressors);
  if (content.kind === "erofs") return openErofs(source, decompressors);
  throw new ImageError("unsupported", `it is ${content.name}; ${wayOut(content)}`);
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
      return "only squashfs and erofs images can be opened";
  }
}
