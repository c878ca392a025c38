// Lists folders of images for the view: folders first, and in runs where there are too many entries for one look.
import type { FileTree, TreeEntry } from "../../../image/src/index.ts";

/** As many entries as VS Code shows without delay. */
export const pageLength = 1000;

/** How many big folders are remembered; expanding their runs one by one would list them each time. */
const rememberedFolders = 4;

export interface FolderPages {
  /** All entries of a folder in the order of the view. */
  list(tree: FileTree, path: string): Promise<readonly TreeEntry[]>;
}

/** Remembers the big folders of each tree; trees that are closed are forgotten with what was listed of them. */
export function createFolderPages(): FolderPages {
  const remembered = new WeakMap<FileTree, Map<string, readonly TreeEntry[]>>();
  return {
    async list(tree, path) {
      const known = remembered.get(tree)?.get(path);
      if (known !== undefined) return known;
      const entries = foldersFirst(await tree.list(path));
      if (entries.length <= pageLength) return entries;
      const folders = remembered.get(tree) ?? new Map<string, readonly TreeEntry[]>();
      remembered.set(tree, folders.set(path, entries));
      const [oldest] = folders.keys();
      if (folders.size > rememberedFolders && oldest !== undefined) folders.delete(oldest);
      return entries;
    },
  };
}

/** Index of the run in which the entry at `index` is. */
export function pageStart(index: number): number {
  return index - (index % pageLength);
}

/** As the Explorer does it; the order is kept otherwise. */
function foldersFirst(entries: readonly TreeEntry[]): TreeEntry[] {
  const isFolder = (entry: TreeEntry): boolean => entry.type === "directory";
  return [...entries.filter(isFolder), ...entries.filter((entry) => !isFolder(entry))];
}
