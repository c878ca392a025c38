// Lists folders of images for the view: in an order, and in runs where there are too many entries for one look.
import type { FileTree, TreeEntry } from "../../../image/src/index.ts";
import { type EntryOrder, orderEntries } from "./entry-order.ts";

/** As many entries as VS Code shows without delay. */
export const pageLength = 1000;

/** How many big folders are remembered; expanding their runs one by one would list them each time. */
const rememberedFolders = 4;

export interface PageEntry extends TreeEntry {
  /** How many entries of the same name come before it; only damaged folders have such. */
  readonly twin?: number;
}

export interface FolderPages {
  /** All entries of a folder in an order. */
  list(tree: FileTree, path: string, order: EntryOrder): Promise<readonly PageEntry[]>;
}

/** Remembers the big folders of each tree; trees that are closed are forgotten with what was listed of them. */
export function createFolderPages(): FolderPages {
  const remembered = new WeakMap<FileTree, Map<string, Promise<readonly PageEntry[]>>>();

  async function listAnew(tree: FileTree, path: string, order: EntryOrder): Promise<readonly PageEntry[]> {
    return withTwins(await orderEntries(tree, path, await tree.list(path), order));
  }

  return {
    async list(tree, path, order) {
      const folders = remembered.get(tree) ?? new Map<string, Promise<readonly PageEntry[]>>();
      remembered.set(tree, folders);
      const key = `${order}\n${path}`;
      const known = folders.get(key);
      if (known !== undefined) return await known;
      // Shared from now on: VS Code asks for several runs of one folder at a time.
      const listing = listAnew(tree, path, order);
      folders.set(key, listing);
      try {
        const entries = await listing;
        if (entries.length <= pageLength) folders.delete(key);
        const [oldest] = folders.keys();
        if (folders.size > rememberedFolders && oldest !== undefined) folders.delete(oldest);
        return entries;
      } catch (error) {
        folders.delete(key);
        throw error;
      }
    },
  };
}

/** Index of the run in which the entry at `index` is. */
export function pageStart(index: number): number {
  return index - (index % pageLength);
}

/** Entries of one name told apart, which are side by side in the order of names and need not be in another. */
function withTwins(entries: readonly TreeEntry[]): readonly PageEntry[] {
  const names = new Set(entries.map(({ name }) => name));
  if (names.size === entries.length) return entries;
  const counts = new Map<string, number>();
  return entries.map((entry) => {
    const twin = counts.get(entry.name) ?? 0;
    counts.set(entry.name, twin + 1);
    return twin === 0 ? entry : { ...entry, twin };
  });
}
