// What a treemap shows of a folder at a time: its largest children, theirs, and the others as one.
import { compareNames } from "./names.ts";
import type { UsageFolder } from "./usage.ts";

/** By which size children are chosen and put in order. */
export type UsageMeasure = "real" | "stored";

/** A file, a folder, or the rest of a folder's children taken together. */
export interface UsageItem {
  readonly kind: "folder" | "file" | "rest";
  /** Empty for the rest. */
  readonly name: string;
  /** Of the rest that of its folder. */
  readonly path: string;
  readonly real: number;
  /** 0 where it is not known. */
  readonly stored: number;
  /** Regular files in it; 1 for a file. */
  readonly files: number;
  /** Largest first, the rest last; folders deeper than was asked for have none. */
  readonly children: readonly UsageItem[];
}

export interface LevelOptions {
  readonly measure: UsageMeasure;
  /** Levels of children. */
  readonly depth: number;
  /** Children of a folder that stand alone, at the top; half as many one level further down. */
  readonly most: number;
}

/** The folder at `path` with what is in it; undefined when there is no such folder. */
export function usageLevel(root: UsageFolder, path: string, options: LevelOptions): UsageItem | undefined {
  let folder: UsageFolder | undefined = root;
  for (const name of path === "" ? [] : path.split("/")) folder = folder?.folders.find((found) => found.name === name);
  return folder === undefined ? undefined : itemOf(folder, path, options);
}

function itemOf(folder: UsageFolder, path: string, options: LevelOptions): UsageItem {
  const { measure, depth, most } = options;
  const own = { kind: "folder", name: folder.name, path, real: folder.real, stored: folder.stored ?? 0 } as const;
  if (depth === 0) return { ...own, files: folder.files, children: [] };
  const below = path === "" ? "" : `${path}/`;
  const candidates = [
    ...folder.folders.map((found) => ({
      folder: found,
      name: found.name,
      real: found.real,
      stored: found.stored ?? 0,
    })),
    ...folder.largest.map((file) => ({ folder: undefined, ...file })),
  ].sort((a, b) => b[measure] - a[measure] || compareNames(a.name, b.name));
  const shown = candidates.slice(0, candidates.length <= most + 1 && folder.rest.files === 0 ? most + 1 : most);
  const deeper = { measure, depth: depth - 1, most: Math.max(1, Math.floor(most / 2)) };
  const children = shown.map(
    (found): UsageItem =>
      found.folder === undefined
        ? { kind: "file", ...sizes(found), name: found.name, path: below + found.name, files: 1, children: [] }
        : itemOf(found.folder, below + found.name, deeper),
  );
  const rest = {
    real: folder.real - sum(children, "real"),
    stored: (folder.stored ?? 0) - sum(children, "stored"),
    files: folder.files - sum(children, "files"),
  };
  if (shown.length < candidates.length || rest.files > 0) {
    children.push({ kind: "rest", name: "", path, ...rest, children: [] });
  }
  return { ...own, files: folder.files, children };
}

function sizes({ real, stored }: { real: number; stored: number }): { real: number; stored: number } {
  return { real, stored };
}

function sum(items: readonly UsageItem[], what: "real" | "stored" | "files"): number {
  return items.reduce((total, item) => total + item[what], 0);
}
