// Walks a tree: every folder before what is in it, names in the order of their bytes.
import type { CancelSignal } from "../bytes/byte-source.ts";
import type { FileTree, FileType } from "./file-tree.ts";

export interface WalkedEntry {
  /** From the root of the tree, not from where the walk began. */
  readonly path: string;
  readonly type: FileType;
}

/** Everything below the folder `path`, without itself. Symlinks are not followed. */
export async function* walkTree(tree: FileTree, path: string, signal?: CancelSignal): AsyncGenerator<WalkedEntry> {
  // The folders that are being walked, outermost first, each with the entries that are left of it.
  const open = [await openFolder(tree, path, signal)];
  for (let folder = open.at(-1); folder !== undefined; folder = open.at(-1)) {
    const next = folder.next();
    if (next.done) {
      open.pop();
      continue;
    }
    yield next.value;
    if (next.value.type === "directory") open.push(await openFolder(tree, next.value.path, signal));
  }
}

async function openFolder(tree: FileTree, path: string, signal?: CancelSignal): Promise<Iterator<WalkedEntry>> {
  const prefix = path === "" ? "" : `${path}/`;
  const entries = await tree.list(path, signal);
  return entries.map(({ name, type }) => ({ path: prefix + name, type })).values();
}
