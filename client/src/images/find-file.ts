// Finds what a path inside an image leads to when the symlinks on it are followed.
import { type CancelSignal, type FileStat, type FileTree, resolvePath } from "../../../image/src/index.ts";
import { folderOf, nameOf } from "./paths.ts";

export interface FoundFile {
  /** The path that `path` leads to. */
  readonly path: string;
  /** Undefined when the image has nothing there. */
  readonly stat: FileStat | undefined;
}

/** Throws an ImageError when the links lead in a circle or the image cannot be read. */
export async function findFile(tree: FileTree, path: string, signal?: CancelSignal): Promise<FoundFile> {
  const target = await resolvePath(tree, path, signal);
  try {
    return { path: target, stat: await tree.stat(target, signal) };
  } catch (error) {
    if (await isThere(tree, target, signal)) throw error;
    return { path: target, stat: undefined };
  }
}

/** The list of its folder tells a name that is not there from one that cannot be read. */
async function isThere(tree: FileTree, path: string, signal?: CancelSignal): Promise<boolean> {
  if (path === "") return true;
  const folder = await findFile(tree, folderOf(path), signal);
  if (folder.stat?.type !== "directory") return false;
  const siblings = await tree.list(folder.path, signal);
  return siblings.some((entry) => entry.name === nameOf(path));
}
