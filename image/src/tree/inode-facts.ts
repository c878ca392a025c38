// What file systems of Linux write down alike: types in modes and beside names, and what `stat` makes of an inode.
import { damaged, type ImageError } from "../bytes/image-error.ts";
import type { FileStat, FileType } from "./file-tree.ts";
import type { InodeEntry } from "./inode-tree.ts";
import { compareNames } from "./names.ts";

const typesOfMode: ReadonlyMap<number, FileType> = new Map([
  [0o01, "fifo"],
  [0o02, "char"],
  [0o04, "directory"],
  [0o06, "block"],
  [0o10, "file"],
  [0o12, "symlink"],
  [0o14, "socket"],
]);

/** The type in the highest of a mode's 16 bits. Throws `corrupt` for one that there is none of. */
export function typeOfMode(mode: number, offset?: number): FileType {
  const type = typesOfMode.get((mode >> 12) & 0o17);
  if (type === undefined) throw damaged(`an inode has the mode 0${mode.toString(8)}`, offset);
  return type;
}

/** Types by the numbers that stand beside names in folders of erofs, ext4 and btrfs. */
export const entryTypes: readonly (FileType | undefined)[] = [
  undefined,
  "file",
  "directory",
  "char",
  "block",
  "fifo",
  "socket",
  "symlink",
];

/** What an inode says of its file in any file system. */
export interface InodeStat {
  readonly type: FileType;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Of other types than files and symlinks it may be anything. */
  readonly size: number;
  readonly mtime: number;
  readonly nlink: number;
}

/** What `stat` tells of an inode. `keyOf` is different for two inodes; `rdev` counts for devices only. */
export function statOfInode<Inode extends InodeStat>(
  inode: Inode,
  keyOf: (inode: Inode) => string,
  rdev: number,
): FileStat {
  const { type, mode, uid, gid, size, mtime, nlink } = inode;
  const facts = { type, mode, uid, gid, size: type === "file" || type === "symlink" ? size : 0, mtime, nlink };
  if (type === "directory") return facts;
  const isDevice = type === "char" || type === "block";
  if (nlink <= 1) return isDevice ? { ...facts, rdev } : facts;
  return isDevice ? { ...facts, identity: keyOf(inode), rdev } : { ...facts, identity: keyOf(inode) };
}

/** A size that is written down; throws `corrupt` for one that no file has. */
export function sizeOfInode(size: number, offset?: number): number {
  if (!Number.isSafeInteger(size)) throw damaged(`a file has ${size} bytes`, offset);
  return size;
}

/** Whether a name can be one of a folder's entries, the folder itself (`.`) and the one above (`..`) among them. */
export function isEntryName(name: string): boolean {
  return name !== "" && !name.includes("/") && !name.includes("\0");
}

/** The error for an entry with a name that no path leads to. */
export function impossibleName(name: string, offset?: number): ImageError {
  return damaged(`a folder has an entry with the impossible name ${JSON.stringify(name)}`, offset);
}

/** Whether a name stands for the folder itself or the one above. */
export function isDots(name: string): boolean {
  return name === "." || name === "..";
}

/** Entries by name in the order of their names' bytes. Throws `corrupt` when a name is there twice. */
export function entriesByName<Place>(
  entries: readonly InodeEntry<Place>[],
  offset?: number,
): ReadonlyMap<string, InodeEntry<Place>> {
  const isSorted = entries.every(({ name }, i) => i === 0 || compareNames(entries[i - 1]?.name ?? "", name) < 0);
  const sorted = isSorted ? entries : entries.toSorted((a, b) => compareNames(a.name, b.name));
  const byName = new Map<string, InodeEntry<Place>>();
  for (const entry of sorted) {
    const { name } = entry;
    if (byName.has(name)) throw damaged(`a folder has the name ${JSON.stringify(name)} twice`, offset);
    byName.set(name, entry);
  }
  return byName;
}
