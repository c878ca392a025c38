// Follows symlinks inside an image, as a host would that has nothing but this image.
import type { CancelSignal, FileStat, FileTree } from "../../../image/src/index.ts";

export type Resolution =
  | { readonly kind: "found"; readonly path: string; readonly stat: FileStat }
  /** `path`, or a folder on it, is not in the image. */
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "loop" };

/** As many as Linux follows. */
const mostLinks = 40;

/** Where `path` leads when every symlink on it is followed, the last one too. `..` at the root stays there. */
export async function resolvePath(tree: FileTree, path: string, signal?: CancelSignal): Promise<Resolution> {
  const rest = path.split("/").reverse();
  const found: string[] = [];
  let links = 0;
  let stat = await tree.stat("", signal);
  while (rest.length > 0) {
    const name = rest.pop() ?? "";
    if (name === "" || name === ".") continue;
    if (name === "..") {
      found.pop();
      stat = await tree.stat(found.join("/"), signal);
      continue;
    }
    const next = [...found, name].join("/");
    if (stat.type !== "directory") return { kind: "missing", path: [next, ...rest.reverse()].join("/") };
    const entry = await statIfThere(tree, next, signal);
    if (entry === undefined) return { kind: "missing", path: [next, ...rest.reverse()].join("/") };
    if (entry.type !== "symlink") {
      found.push(name);
      stat = entry;
      continue;
    }
    if (++links > mostLinks) return { kind: "loop" };
    const target = await tree.readLink(next, signal);
    if (target.startsWith("/")) {
      found.length = 0;
      stat = await tree.stat("", signal);
    }
    rest.push(...target.split("/").reverse());
  }
  return { kind: "found", path: found.join("/"), stat };
}

/** The facts of `path`, whose folder is there; undefined when the folder has no such name. */
async function statIfThere(tree: FileTree, path: string, signal?: CancelSignal): Promise<FileStat | undefined> {
  try {
    return await tree.stat(path, signal);
  } catch (error) {
    // The folder's list tells a name that is not there from one that cannot be read.
    const slash = path.lastIndexOf("/");
    const siblings = await tree.list(path.slice(0, Math.max(slash, 0)), signal);
    if (siblings.some((entry) => entry.name === path.slice(slash + 1))) throw error;
    return undefined;
  }
}
