// Two trees as one: another tree in place of a folder of the first, as with a mount.
import { ImageError } from "../bytes/image-error.ts";
import type { FileTree, TreeEntry } from "./file-tree.ts";
import { compareNames } from "./names.ts";

/** The tree `outer` with `inner` at the folder `name` of its root; with nothing else where there is no outer tree. */
export function mountTree(outer: FileTree | undefined, name: string, inner: FileTree): FileTree {
  const within = (path: string): string | undefined =>
    path === name ? "" : path.startsWith(`${name}/`) ? path.slice(name.length + 1) : undefined;

  function at<Result>(path: string, use: (tree: FileTree, path: string) => Promise<Result>): Promise<Result> {
    const inside = within(path);
    if (inside !== undefined) return use(inner, inside);
    if (outer === undefined) throw new ImageError("io", `cannot read "${path}": no such file or folder`);
    return use(outer, path);
  }

  return {
    async list(path, signal) {
      if (path !== "") return await at(path, (tree, inside) => tree.list(inside, signal));
      const others = outer === undefined ? [] : await outer.list("", signal);
      const mounted: TreeEntry = { name, type: "directory" };
      return [...others.filter((entry) => entry.name !== name), mounted].sort((a, b) => compareNames(a.name, b.name));
    },
    async stat(path, signal) {
      // Without an outer tree the root looks as the folder in it does.
      if (path === "" && outer === undefined) return await inner.stat("", signal);
      return await at(path, (tree, inside) => tree.stat(inside, signal));
    },
    read: async (path, offset, length, signal) =>
      await at(path, (tree, inside) => tree.read(inside, offset, length, signal)),
    storedSize: async (path, signal) =>
      path === "" && outer === undefined
        ? 0
        : await at(path, async (tree, inside) => (await tree.storedSize?.(inside, signal)) ?? 0),
    readLink: async (path, signal) => await at(path, (tree, inside) => tree.readLink(inside, signal)),
    async xattrs(path, signal) {
      if (path === "" && outer === undefined) return new Map();
      return await at(path, (tree, inside) => tree.xattrs(inside, signal));
    },
  };
}
