// A FileTree as core's checks read it: through symlinks, and with a note of what could not be read.
import { type FileTree, ImageError, resolvePath } from "../../image/src/index.ts";
import type { Tree } from "../../server/src/core/index.ts";

export interface ReadableTree extends Tree {
  /** Throws what kept a file or folder that is there from being read. Core itself takes such a one for missing. */
  throwFault(): void;
}

/** Symlinks are followed inside the tree, as systemd follows them inside an extension. */
export function readableTree(files: FileTree): ReadableTree {
  let fault: unknown;

  async function attempt<Result>(
    path: string,
    wanted: "file" | "directory",
    work: (resolved: string) => Promise<Result>,
  ): Promise<Result> {
    let resolved = path;
    try {
      resolved = await resolvePath(files, path);
      return await work(resolved);
    } catch (error) {
      const isMissing = error instanceof ImageError && error.kind === "io" && (await typeOf(resolved)) !== wanted;
      if (!isMissing) fault ??= error;
      throw error;
    }
  }

  async function typeOf(path: string): Promise<string | undefined> {
    try {
      return (await files.stat(path)).type;
    } catch {
      return undefined; // it is missing, or its folder was the fault
    }
  }

  return {
    list: (path) => attempt(path, "directory", (resolved) => files.list(resolved)),
    read: (path, offset, length) => attempt(path, "file", (resolved) => files.read(resolved, offset, length)),
    stat: (path) => files.stat(path),
    readLink: (path) => files.readLink(path),
    xattrs: async (path) => files.xattrs(await resolvePath(files, path)),
    throwFault() {
      if (fault !== undefined) throw fault;
    },
  };
}
