// Compares two trees: which paths only one has, and in what the others differ.
import type { CancelSignal } from "../bytes/byte-source.ts";
import type { FileStat, FileTree, TreeEntry } from "./file-tree.ts";
import { compareNames } from "./names.ts";

/** In what two files of one path can differ. */
export type Aspect =
  | "type"
  | "mode"
  | "owner"
  | "mtime"
  | "size"
  | "content"
  | "target"
  | "device"
  | "xattrs"
  /** Which other paths are names of the same file. */
  | "links";

export interface TreeDifference {
  readonly path: string;
  readonly change: "added" | "removed" | Aspect;
}

export interface CompareOptions {
  readonly ignore?: readonly Aspect[];
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: CompareProgress) => void;
}

/** How much both trees have in common so far. */
export interface CompareProgress {
  readonly entries: number;
  /** Of contents that were read and compared. */
  readonly bytes: number;
}

/** The path under which a file of several names was met first, by its identity. */
type FirstNames = Map<string, string>;

const contentStep = 1 << 20;

/** What has to be done to `before` to make it `after`, in the order of paths. A folder that only one has is listed alone. */
export async function compareTrees(
  before: FileTree,
  after: FileTree,
  options: CompareOptions = {},
): Promise<TreeDifference[]> {
  const ignored = new Set<string>(options.ignore);
  const differences: TreeDifference[] = [];
  const firstBefore: FirstNames = new Map();
  const firstAfter: FirstNames = new Map();
  let [entries, bytes] = [0, 0];

  function report(path: string, change: TreeDifference["change"]): void {
    if (!ignored.has(change)) differences.push({ path, change });
  }

  function addBytes(count: number): void {
    bytes += count;
    options.onProgress?.({ entries, bytes });
  }

  async function compareFile(path: string, a: FileStat, b: FileStat): Promise<void> {
    if (firstName(firstBefore, a, path) !== firstName(firstAfter, b, path)) report(path, "links");
    if (a.mode !== b.mode) report(path, "mode");
    if (a.uid !== b.uid || a.gid !== b.gid) report(path, "owner");
    if (a.mtime !== b.mtime) report(path, "mtime");
    if (a.size !== b.size) report(path, "size");
    if (a.rdev !== b.rdev) report(path, "device");
    if (a.type === "file" && a.size === b.size && !ignored.has("content")) {
      if (!(await sameContent(before, after, path, a.size, addBytes, options.signal))) report(path, "content");
    }
    if (a.type === "symlink" && (await before.readLink(path)) !== (await after.readLink(path))) report(path, "target");
    if (!ignored.has("xattrs") && !(await sameXattrs(before, after, path))) report(path, "xattrs");
  }

  async function comparePath(path: string): Promise<void> {
    const [a, b] = await Promise.all([before.stat(path, options.signal), after.stat(path, options.signal)]);
    entries += 1;
    addBytes(0);
    if (a.type !== b.type) {
      report(path, "type");
      return;
    }
    await compareFile(path, a, b);
    if (a.type === "directory") await compareFolder(path);
  }

  async function compareFolder(folder: string): Promise<void> {
    const [a, b] = await Promise.all([before.list(folder, options.signal), after.list(folder, options.signal)]);
    for (const [name, sides] of mergeEntries(a, b)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (sides === "both") await comparePath(path);
      else report(path, sides === "before" ? "removed" : "added");
    }
  }

  await comparePath("");
  return differences;
}

type Sides = "before" | "after" | "both";

/** The names of two sorted lists in one, and where each occurs. */
function mergeEntries(a: readonly TreeEntry[], b: readonly TreeEntry[]): [string, Sides][] {
  const sides = new Map<string, Sides>();
  for (const { name } of a) sides.set(name, "before");
  for (const { name } of b) sides.set(name, sides.has(name) ? "both" : "after");
  return [...sides].sort(([x], [y]) => compareNames(x, y));
}

function firstName(names: FirstNames, { identity }: FileStat, path: string): string {
  if (identity === undefined) return path;
  const first = names.get(identity);
  if (first === undefined) names.set(identity, path);
  return first ?? path;
}

async function sameContent(
  a: FileTree,
  b: FileTree,
  path: string,
  size: number,
  onBytes: (count: number) => void,
  signal?: CancelSignal,
): Promise<boolean> {
  for (let at = 0; at < size; at += contentStep) {
    // No more than there is: a folder on the host reads what is short without a trip to another thread.
    const length = Math.min(contentStep, size - at);
    const [x, y] = await Promise.all([a.read(path, at, length, signal), b.read(path, at, length, signal)]);
    if (!sameBytes(x, y)) return false;
    onBytes(x.length);
  }
  return true;
}

/** A tree that cannot tell about attributes differs from none. */
async function sameXattrs(a: FileTree, b: FileTree, path: string): Promise<boolean> {
  const [x, y] = await Promise.all([a.xattrs(path), b.xattrs(path)]);
  if (x === undefined || y === undefined) return true;
  if (x.size !== y.size) return false;
  for (const [name, value] of x) {
    const other = y.get(name);
    if (other === undefined || !sameBytes(value, other)) return false;
  }
  return true;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  // Four bytes at a time where both allow it, which long contents do.
  const words = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? a.length >> 2 : 0;
  const x = new Int32Array(a.buffer, words === 0 ? 0 : a.byteOffset, words);
  const y = new Int32Array(b.buffer, words === 0 ? 0 : b.byteOffset, words);
  for (let i = 0; i < words; i++) if (x[i] !== y[i]) return false;
  for (let i = words * 4; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
