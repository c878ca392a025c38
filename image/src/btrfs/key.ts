// Keys of btrfs: three numbers by which the items of all trees are sorted.
import { readUint64 } from "../bytes/record.ts";

/** Numbers above 2^53 lose their low bits; none that is looked for is so high. */
export interface Key {
  readonly object: number;
  readonly type: number;
  readonly offset: number;
}

export const KEY_SIZE = 17;

/** What an item is, by its key's type. */
export const itemTypes = {
  inode: 1,
  xattr: 24,
  directoryItem: 84,
  directoryIndex: 96,
  extent: 108,
  root: 132,
  chunk: 228,
} as const;

/** Numbers of trees and folders that every file system has. */
export const objects = { fileTree: 5, rootDirectory: 6, firstFolder: 256 } as const;

export function readKey(view: DataView, at: number): Key {
  return { object: readUint64(view, at), type: view.getUint8(at + 8), offset: readUint64(view, at + 9) };
}

/** Below zero when `a` comes first. */
export function compareKeys(a: Key, b: Key): number {
  return a.object - b.object || a.type - b.type || a.offset - b.offset;
}
