// A folder of a tree as a tree of its own.
import type { FileTree } from "../../../image/src/index.ts";
import { folderOf, joinPath } from "./paths.ts";

/** The tree whose root is the folder `root` of `tree`. */
export function treeBelow(tree: FileTree, root: string): FileTree {
  if (root === "") return tree;
  const at = (path: string): string => (path === "" ? root : joinPath(root, path));
  const { listWithStats, storedSize } = tree;
  return {
    list: (path, signal) => tree.list(at(path), signal),
    stat: (path, signal) => tree.stat(at(path), signal),
    read: (path, offset, length, signal) => tree.read(at(path), offset, length, signal),
    readLink: (path, signal) => tree.readLink(at(path), signal),
    xattrs: (path, signal) => tree.xattrs(at(path), signal),
    ...(listWithStats === undefined
      ? {}
      : { listWithStats: (path, signal) => listWithStats.call(tree, at(path), signal) }),
    ...(storedSize === undefined ? {} : { storedSize: (path, signal) => storedSize.call(tree, at(path), signal) }),
  };
}

/** The innermost folder that holds all paths; `""` when one of them is the root. */
export function commonFolder(paths: readonly string[]): string {
  const [first = "", ...others] = paths.map(folderOf);
  const names = first === "" ? [] : first.split("/");
  let common = names.length;
  for (const other of others) {
    const theirs = other === "" ? [] : other.split("/");
    const differs = names.findIndex((name, at) => name !== theirs[at]);
    if (differs >= 0) common = Math.min(common, differs);
  }
  return names.slice(0, common).join("/");
}
