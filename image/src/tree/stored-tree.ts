// A source tree as an image that is built from it would hold it: its hierarchies, owned by root.
import { ImageError } from "../bytes/image-error.ts";
import type { FileStat, FileTree } from "./file-tree.ts";
import { compareNames } from "./names.ts";

/** Of the folder above all hierarchies, whatever the source folder has. */
const rootMode = 0o755;

/**
 * What of `tree` goes into an image with these hierarchies (`usr`, `opt`, `etc`), with the facts that are stored of it. No
 * time is later than `latest`, the SOURCE_DATE_EPOCH of a build; without one times are the tree's own.
 */
export function storedTree(
  tree: FileTree,
  hierarchies: readonly string[],
  latest = Number.POSITIVE_INFINITY,
): FileTree {
  const isStored = (path: string): boolean => hierarchies.includes(path.split("/", 1)[0] ?? "");
  const refuse = (path: string): never => {
    throw new ImageError("io", `cannot read "${path}": no such file or folder`);
  };

  return {
    async list(path, signal) {
      const entries = await tree.list(path, signal);
      if (path !== "") return isStored(path) ? entries : refuse(path);
      return entries.filter(({ name }) => hierarchies.includes(name)).sort((a, b) => compareNames(a.name, b.name));
    },
    async stat(path, signal): Promise<FileStat> {
      const stat = path === "" || isStored(path) ? await tree.stat(path, signal) : refuse(path);
      const mtime = Math.min(stat.mtime, latest);
      return { ...stat, uid: 0, gid: 0, mtime, ...(path === "" ? { mode: rootMode } : {}) };
    },
    read: (path, offset, length, signal) => tree.read(path, offset, length, signal),
    readLink: (path, signal) => tree.readLink(path, signal),
    xattrs: async (path, signal) => (path === "" ? new Map() : await tree.xattrs(path, signal)),
  };
}
