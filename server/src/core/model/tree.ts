// A tree of files as core sees it: what a folder, an image or a test hands in. Paths are joined by `/`, the root is "".

export interface Tree {
  /** The entries of a folder. Throws when the folder is not there or cannot be read. */
  list(path: string): Promise<readonly TreeEntry[]>;
  /** Throws when there is nothing at `path`. */
  stat(path: string): Promise<TreeStat>;
  /** Up to `length` bytes of a regular file from `offset` on. */
  read(path: string, offset: number, length: number): Promise<Uint8Array>;
  /** The target of a symlink as it is stored. Throws for what is none. */
  readLink(path: string): Promise<string>;
  /** Extended attributes by full name; undefined when this tree cannot tell. */
  xattrs(path: string): Promise<ReadonlyMap<string, Uint8Array> | undefined>;
}

export interface TreeStat {
  /** As in TreeEntry. */
  readonly type: string;
  /** Bytes of a regular file. */
  readonly size: number;
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** Device number in Linux's encoding, of devices only. */
  readonly rdev?: number;
}

export interface TreeEntry {
  readonly name: string;
  /** `file`, `directory`, `symlink`, or another type that no check looks into. */
  readonly type: string;
}

/** A folder of a tree as a tree; the tree itself for `""`. */
export function subtree(tree: Tree, folder: string): Tree {
  if (folder === "") return tree;
  const placed = (path: string) => (path === "" ? folder : `${folder}/${path}`);
  return {
    list: (path) => tree.list(placed(path)),
    stat: (path) => tree.stat(placed(path)),
    read: (path, offset, length) => tree.read(placed(path), offset, length),
    readLink: (path) => tree.readLink(placed(path)),
    xattrs: (path) => tree.xattrs(placed(path)),
  };
}
