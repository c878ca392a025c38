// Follows symlinks inside a tree, as a system does whose root the tree is.
import type { CancelSignal } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import type { FileTree } from "./file-tree.ts";

/** As many as Linux follows. */
const maxLinks = 40;

/**
 * The path of what `path` leads to when all symlinks in it are followed; it may not exist.
 * `..` above the root stays at the root. Throws an ImageError of kind `io` when the links go round in a circle.
 */
export async function resolvePath(tree: FileTree, path: string, signal?: CancelSignal): Promise<string> {
  const left = path.split("/").reverse();
  const done: string[] = [];
  let links = 0;
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (name === "" || name === ".") continue;
    if (name === "..") {
      done.pop();
      continue;
    }
    const target = await linkTarget(tree, [...done, name].join("/"), signal);
    if (target === undefined) {
      done.push(name);
      continue;
    }
    links += 1;
    if (links > maxLinks) throw new ImageError("io", `cannot read "${path}": too many symlinks on its path`);
    if (target.startsWith("/")) done.length = 0;
    left.push(...target.split("/").reverse());
  }
  return done.join("/");
}

/** Target of the symlink at `path`; undefined when there is something else or nothing. */
async function linkTarget(tree: FileTree, path: string, signal?: CancelSignal): Promise<string | undefined> {
  try {
    return (await tree.stat(path, signal)).type === "symlink" ? await tree.readLink(path, signal) : undefined;
  } catch (error) {
    if (error instanceof ImageError && error.kind === "io") return undefined; // nothing is there, and nothing to follow
    throw error;
  }
}
