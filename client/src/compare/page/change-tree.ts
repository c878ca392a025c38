// Differences as a tree of their folders.
import type { PageRow } from "./messages.ts";

export interface ChangeNode {
  /** One name, or several with "/" between them for folders that stand in one line. */
  readonly name: string;
  readonly path: string;
  /** Undefined for a folder that does not differ itself. */
  readonly row: PageRow | undefined;
  readonly children: readonly ChangeNode[];
}

interface Folder {
  readonly name: string;
  readonly path: string;
  row: PageRow | undefined;
  readonly children: Map<string, Folder>;
}

/** The top of the tree. A folder that does not differ itself and holds one folder only stands in one line with it. */
export function changeTree(rows: readonly PageRow[]): readonly ChangeNode[] {
  const root: Folder = { name: "", path: "", row: undefined, children: new Map() };
  for (const row of rows) {
    let folder = root;
    for (const name of row.path.split("/")) {
      const known = folder.children.get(name);
      const path = folder.path === "" ? name : `${folder.path}/${name}`;
      const next: Folder = known ?? { name, path, row: undefined, children: new Map() };
      folder.children.set(name, next);
      folder = next;
    }
    folder.row = row;
  }
  return childrenOf(root);
}

function childrenOf({ children }: Folder): readonly ChangeNode[] {
  return Array.from(children.values(), (folder) => {
    let { name, path, row } = folder;
    let last = folder;
    for (let [only] = last.children.values(); only !== undefined; [only] = last.children.values()) {
      if (row !== undefined || last.children.size > 1 || only.children.size === 0) break;
      name = `${name}/${only.name}`;
      ({ path, row } = only);
      last = only;
    }
    return { name, path, row, children: childrenOf(last) };
  });
}
