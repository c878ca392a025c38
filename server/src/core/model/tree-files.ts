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
  /** Files whose path is told so by `holds`, which is asked once for each path as long as only contents of files change. */
  named(holds: (path: string) => boolean): readonly TreeFile[];
  /** Follows symlinks as a host does where only this extension is merged: absolute targets begin at the tree's root. */
  resolve(path: string): ResolvedPath;
  /** Files at the same paths, of which some changed. */
  replaced(all: readonly TreeFile[], unreadable: TreeFiles["unreadable"]): TreeFiles;
}

/** More files than any extension has; a hostile image costs no more. */
const maxFiles = 500_000;
const deepestFolder = 128;
const maxLinks = 40;
/** Names on the way to a file; targets of links can be made to have many more, and then they lead nowhere that counts. */
const maxSteps = 10_000;

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
      if (all.length >= maxFiles) {
        cut = true;
        return;
      }
      const path = folder === "" ? name : `${folder}/${name}`;
      const file = await readTreeFile(tree, path, unreadable);
      if (file === undefined) continue;
      all.push(file);
      if (file.type !== "directory") continue;
      if (depth < deepestFolder) await visit(path, depth + 1);
      else unreadable.push({ path, reason: `it is more than ${deepestFolder} directories deep` });
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
    const xattrs = type === "symlink" ? undefined : await tree.xattrs(path);
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
  if (paths.includes("") || before.cut) return await readTreeFiles(tree);
  const all = [...before.all];
  const unreadable = [...before.unreadable];
  let samePaths = true;
  for (const path of paths) {
    removeIf(unreadable, (found) => isAtOrBelow(found.path, path));
    const added = (await isThere(tree, path))
      ? await readBelow(tree, topOfNew(all, path))
      : { files: [], unreadable: [] };
    const [first, second] = added.files;
    const place = placeOf(all, first?.path ?? path);
    const isReplaced = second === undefined && first !== undefined && all[place]?.path === first.path;
    samePaths &&= isReplaced && all[place + 1]?.path.startsWith(`${first.path}/`) !== true;
    let end = place;
    while (all[end] !== undefined && isAtOrBelow(all[end]?.path ?? "", first?.path ?? path)) end += 1;
    all.splice(place, end - place, ...added.files);
    unreadable.push(...added.unreadable);
  }
  return samePaths ? before.replaced(all, unreadable) : treeFiles(all, unreadable);
}

function removeIf<Item>(items: Item[], has: (item: Item) => boolean): void {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item !== undefined && has(item)) items.splice(at, 1);
  }
}

function isAtOrBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && (path.length === folder.length || path.charAt(folder.length) === "/");
}

/** The highest path that is not known yet of a file and the folders above it: they may have come together. */
function topOfNew(all: readonly TreeFile[], path: string): string {
  let top = path;
  for (
    let folder = folderOf(path);
    folder !== "" && all[placeOf(all, folder)]?.path !== folder;
    folder = folderOf(folder)
  ) {
    top = folder;
  }
  return top;
}

/** The index of a path among files in their order, or that which it would get. */
function placeOf(all: readonly TreeFile[], path: string): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePaths(all[middle]?.path ?? "", path) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
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

/** A folder comes before what is in it, and names of one folder in the order of their bytes. */
function comparePaths(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left === right) continue;
    if (left === 0x2f || right === 0x2f) return left === 0x2f ? -1 : 1;
    return byteOrder(left) - byteOrder(right);
  }
  return a.length - b.length;
}

/** Bytes of names sort as code points do, of which surrogates are the highest; those of odd bytes are the lowest of these. */
function byteOrder(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit;
}

/** The files of a tree with ways to find them; a folder comes before what is in it, names of one folder in their order. */
export function treeFiles(all: readonly TreeFile[], unreadable: TreeFiles["unreadable"] = [], cut = false): TreeFiles {
  const index = new Map<string, number>();
  for (let at = 0; at < all.length; at++) index.set(all[at]?.path ?? "", at);
  return filesWith(all, unreadable, cut, { index, ends: endsOf(all), named: new Map() });
}

/** For each file the index behind the last one that is in it. */
function endsOf(all: readonly TreeFile[]): Int32Array {
  const ends = new Int32Array(all.length);
  const open: number[] = [];
  for (let at = 0; at < all.length; at++) {
    const path = all[at]?.path ?? "";
    for (let top = open.at(-1); top !== undefined && !isAtOrBelow(path, all[top]?.path ?? ""); top = open.at(-1)) {
      ends[top] = at;
      open.pop();
    }
    open.push(at);
  }
  for (const at of open) ends[at] = all.length;
  return ends;
}

/** What is known of the paths of a tree alone. */
interface TreePaths {
  readonly index: ReadonlyMap<string, number>;
  /** For each path the index behind the last one that is in it. */
  readonly ends: Int32Array;
  /** The indexes of the paths of which a question was answered with yes. */
  readonly named: Map<(path: string) => boolean, readonly number[]>;
}

function filesWith(
  all: readonly TreeFile[],
  unreadable: TreeFiles["unreadable"],
  cut: boolean,
  paths: TreePaths,
): TreeFiles {
  const { index, ends } = paths;
  const get = (path: string): TreeFile | undefined => {
    const at = index.get(path);
    return at === undefined ? undefined : all[at];
  };

  function children(folder: string): readonly TreeFile[] {
    const at = folder === "" ? -1 : index.get(folder);
    if (at === undefined) return [];
    const found: TreeFile[] = [];
    const end = at < 0 ? all.length : (ends[at] ?? 0);
    for (let next = at + 1; next < end; next = ends[next] ?? end) {
      const file = all[next];
      if (file !== undefined) found.push(file);
    }
    return found;
  }

  function below(folder: string): readonly TreeFile[] {
    if (folder === "") return all;
    const at = index.get(folder);
    return at === undefined ? [] : all.slice(at + 1, ends[at]);
  }

  function named(holds: (path: string) => boolean): readonly TreeFile[] {
    let found = paths.named.get(holds);
    if (found === undefined) {
      found = all.flatMap(({ path }, at) => (holds(path) ? [at] : []));
      paths.named.set(holds, found);
    }
    return found.flatMap((at) => all[at] ?? []);
  }

  function resolve(path: string): ResolvedPath {
    const rest = partsOf(path).reverse();
    let at = "";
    let links = 0;
    for (let steps = 0; steps < maxSteps; steps++) {
      const part = rest.pop();
      if (part === undefined) {
        const file = get(at);
        return file === undefined ? { kind: "missing", path: at } : { kind: "file", file };
      }
      if (part === "..") {
        at = folderOf(at);
        continue;
      }
      const here = at === "" ? part : `${at}/${part}`;
      const file = get(here);
      if (file === undefined) return { kind: "missing", path: [here, ...rest.reverse()].join("/") };
      if (file.target === undefined) {
        at = here;
        continue;
      }
      links += 1;
      if (links > maxLinks) return { kind: "loop" };
      if (file.target.startsWith("/")) at = "";
      for (const next of partsOf(file.target).reverse()) rest.push(next);
    }
    return { kind: "loop" };
  }

  return {
    all,
    unreadable,
    cut,
    get,
    children,
    below,
    named,
    resolve,
    replaced: (others, faults) => filesWith(others, faults, cut, paths),
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
