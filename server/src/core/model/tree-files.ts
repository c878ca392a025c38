// All files of a tree with what lstat tells of them, read once: what the checks of a tree look at.
import { subtree, type Tree, type TreeStat } from "./tree.ts";

export interface TreeFile extends TreeStat {
  /** Names joined by `/`, without one in front. */
  readonly path: string;
  /** Of a symlink where it leads, as it is stored. */
  readonly target?: string;
  /** Extended attributes by full name; undefined where there are none, or nobody can tell. */
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** Where a path leads when symlinks on it are followed inside the tree. */
export type ResolvedPath =
  | { readonly kind: "file"; readonly file: TreeFile }
  /** Nothing is there; `path` is where it would be. */
  | { readonly kind: "missing"; readonly path: string }
  /** The symlinks lead in a circle. */
  | { readonly kind: "loop" };

export interface TreeFiles {
  /** Every file and folder but the root, a folder before what is in it, names of one folder in order. */
  readonly all: readonly TreeFile[];
  /** What could not be read, with the reason as a sentence; nothing is known of what is below. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Whether the tree has more files than are looked at. */
  readonly cut: boolean;
  get(path: string): TreeFile | undefined;
  /** The entries of a folder, in order of their names; none where there is no such folder. */
  children(folder: string): readonly TreeFile[];
  /** All that is in a folder, at any depth; the folder itself is not. */
  below(folder: string): readonly TreeFile[];
  /** Follows symlinks as a host does where only this extension is merged: absolute targets begin at the tree's root. */
  resolve(path: string): ResolvedPath;
}

/** More files than any extension has; a hostile image costs no more. */
const mostFiles = 500_000;
const deepestFolder = 128;
const mostLinks = 40;

/** Reads names and facts of all files. Never throws for what is in the tree: that becomes a part of the result. */
export async function readTreeFiles(tree: Tree, signal?: { throwIfAborted(): void }): Promise<TreeFiles> {
  const all: TreeFile[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  let cut = false;

  async function visit(folder: string, depth: number): Promise<void> {
    signal?.throwIfAborted();
    let entries: Awaited<ReturnType<Tree["list"]>>;
    try {
      entries = await tree.list(folder);
    } catch (error) {
      unreadable.push({ path: folder, reason: reasonOf(error) });
      return;
    }
    for (const { name } of entries) {
      if (all.length >= mostFiles) {
        cut = true;
        return;
      }
      const path = folder === "" ? name : `${folder}/${name}`;
      const file = await readTreeFile(tree, path, unreadable);
      if (file === undefined) continue;
      all.push(file);
      if (file.type !== "directory") continue;
      if (depth < deepestFolder) await visit(path, depth + 1);
      else unreadable.push({ path, reason: `it is more than ${deepestFolder} folders deep` });
    }
  }

  await visit("", 0);
  return treeFiles(all, unreadable, cut);
}

/** What is known of one file; undefined when it cannot be told, and then `unreadable` gets the reason. */
async function readTreeFile(
  tree: Tree,
  path: string,
  unreadable: { path: string; reason: string }[],
): Promise<TreeFile | undefined> {
  try {
    const { type, size, mode, uid, gid, mtime, rdev } = await tree.stat(path);
    const xattrs = await tree.xattrs(path);
    const facts = {
      path,
      type,
      size,
      mode,
      uid,
      gid,
      mtime,
      ...(rdev === undefined ? {} : { rdev }),
      ...(xattrs === undefined || xattrs.size === 0 ? {} : { xattrs }),
    };
    return type === "symlink" ? { ...facts, target: await tree.readLink(path) } : facts;
  } catch (error) {
    unreadable.push({ path, reason: reasonOf(error) });
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The files after some came, went or changed: `paths` are read again with all that is below, everything else is taken over. */
export async function renewTreeFiles(before: TreeFiles, tree: Tree, paths: readonly string[]): Promise<TreeFiles> {
  const gone = paths.filter((path) => path !== "");
  if (gone.length === 0 || before.cut) return await readTreeFiles(tree);
  const isGone = (path: string) => gone.some((changed) => path === changed || path.startsWith(`${changed}/`));
  const all = before.all.filter(({ path }) => !isGone(path));
  const unreadable = before.unreadable.filter(({ path }) => !isGone(path));
  const known = new Set(all.map(({ path }) => path));
  for (const path of gone) {
    if (!(await isThere(tree, path))) continue;
    // A file may have come together with folders above it.
    let top = path;
    while (folderOf(top) !== "" && !known.has(folderOf(top))) top = folderOf(top);
    const added = await readBelow(tree, top);
    for (const file of added.files) if (!known.has(file.path)) all.push(file);
    for (const { path: added } of all.slice(known.size)) known.add(added);
    unreadable.push(...added.unreadable);
  }
  return treeFiles(all.sort(byPlace), unreadable);
}

async function isThere(tree: Tree, path: string): Promise<boolean> {
  try {
    await tree.stat(path);
    return true;
  } catch {
    return false;
  }
}

/** A file, and when it is a folder all that is in it. */
async function readBelow(
  tree: Tree,
  top: string,
): Promise<{ files: TreeFile[]; unreadable: { path: string; reason: string }[] }> {
  const unreadable: { path: string; reason: string }[] = [];
  const file = await readTreeFile(tree, top, unreadable);
  if (file?.type !== "directory") return { files: file === undefined ? [] : [file], unreadable };
  const inside = await readTreeFiles(subtree(tree, top));
  const placed = (path: string) => (path === "" ? top : `${top}/${path}`);
  return {
    files: [file, ...inside.all.map((found) => ({ ...found, path: placed(found.path) }))],
    unreadable: [...unreadable, ...inside.unreadable.map(({ path, reason }) => ({ path: placed(path), reason }))],
  };
}

/** A folder comes before what is in it, and names of one folder in their order. */
function byPlace(a: TreeFile, b: TreeFile): number {
  const left = a.path.replaceAll("/", "\0");
  const right = b.path.replaceAll("/", "\0");
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The files of a tree with ways to find them. */
export function treeFiles(all: readonly TreeFile[], unreadable: TreeFiles["unreadable"] = [], cut = false): TreeFiles {
  const byPath = new Map(all.map((file) => [file.path, file]));
  const byFolder = Map.groupBy(all, ({ path }) => folderOf(path));
  const positions = new Map(all.map(({ path }, index) => [path, index]));

  /** Where what is below a folder begins and ends: it stands in a row. */
  function below(folder: string): readonly TreeFile[] {
    if (folder === "") return all;
    const start = positions.get(folder);
    if (start === undefined) return [];
    const prefix = `${folder}/`;
    let end = start + 1;
    while (all[end]?.path.startsWith(prefix)) end += 1;
    return all.slice(start + 1, end);
  }

  function resolve(path: string): ResolvedPath {
    let rest = partsOf(path);
    let at: string[] = [];
    for (let links = 0; rest.length > 0; ) {
      const [part = "", ...others] = rest;
      rest = others;
      if (part === "..") {
        at = at.slice(0, -1);
        continue;
      }
      const here = [...at, part].join("/");
      const file = byPath.get(here);
      if (file === undefined) return { kind: "missing", path: [here, ...rest].join("/") };
      if (file.target === undefined) {
        at = [...at, part];
        continue;
      }
      links += 1;
      if (links > mostLinks) return { kind: "loop" };
      if (file.target.startsWith("/")) at = [];
      rest = [...partsOf(file.target), ...rest];
    }
    const file = byPath.get(at.join("/"));
    return file === undefined ? { kind: "missing", path: at.join("/") } : { kind: "file", file };
  }

  return {
    all,
    unreadable,
    cut,
    get: (path) => byPath.get(path),
    children: (folder) => byFolder.get(folder) ?? [],
    below,
    resolve,
  };
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

/** The folder that a path is in; `""` for names in the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The last name of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
