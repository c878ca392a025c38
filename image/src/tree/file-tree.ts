// The hinge of the house: a folder on the host, a file system inside an image and a tree in a test are the same thing.
import type { CancelSignal } from "../bytes/byte-source.ts";

export type FileType = "file" | "directory" | "symlink" | "char" | "block" | "fifo" | "socket";

/** A name in a folder. Reading a folder tells no more, so that big folders open fast. */
export interface TreeEntry {
  readonly name: string;
  readonly type: FileType;
}

/** A name in a folder with its facts. */
export interface StatEntry extends TreeEntry {
  readonly stat: FileStat;
}

/** What `lstat` tells of a file; times in whole seconds since 1970. */
export interface FileStat {
  readonly type: FileType;
  /** Permission bits, 0 to 0o7777, without the type. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of a file, length of a symlink's target, 0 for the rest. */
  readonly size: number;
  readonly mtime: number;
  /** How many names the file has. */
  readonly nlink: number;
  /** Equal for two names of one file and different for all others; set where `nlink` is above 1 and the type is not directory. */
  readonly identity?: string;
  /** Device number in Linux's encoding, of `char` and `block` only. */
  readonly rdev?: number;
}

/**
 * A read-only tree of files.
 *
 * A path has names joined by `/` without one in front; the root is `""`. A name that is not UTF-8 keeps its odd bytes as lone
 * surrogates (see `names.ts`), so that names survive a round trip. No path is followed through a symlink.
 * All methods throw an ImageError: kind `io` with "no such file or folder" for a path that is not there.
 */
export interface FileTree {
  /** The entries of a folder in the order of their names' bytes, without `.` and `..`. */
  list(path: string, signal?: CancelSignal): Promise<TreeEntry[]>;
  stat(path: string, signal?: CancelSignal): Promise<FileStat>;
  /** As `list`, with what `stat` tells of each entry; where a tree has it, it is faster than asking for each. */
  listWithStats?(path: string, signal?: CancelSignal): Promise<StatEntry[]>;
  /** Bytes of a regular file from `offset` on: `length` of them, fewer only when the file ends before. */
  read(path: string, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array>;
  /** The target of a symlink as it is stored. */
  readLink(path: string, signal?: CancelSignal): Promise<string>;
  /** Extended attributes by full name (`user.x`); undefined when this tree cannot tell. */
  xattrs(path: string, signal?: CancelSignal): Promise<ReadonlyMap<string, Uint8Array> | undefined>;
  /**
   * Bytes that the content of a file takes in the image, as compressed as it is stored and without its holes; of a block
   * in which several files end, about this file's part of it. Content that is stored once for several files counts for each.
   * 0 for all that is no regular file. A tree that is not an image has no such method.
   */
  storedSize?(path: string, signal?: CancelSignal): Promise<number>;
}
