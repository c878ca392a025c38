// The orders in which the Images view shows the entries of a folder.
import { setImmediate } from "node:timers/promises";
import type { CancelSignal, FileStat, FileTree, StatEntry, TreeEntry } from "../../../image/src/index.ts";
import { joinPath } from "../images/paths.ts";

/** `stored` is by the bytes that a file takes in the image. */
export type EntryOrder = "name" | "size" | "stored" | "type" | "time";

export const entryOrders: readonly EntryOrder[] = ["name", "size", "stored", "type", "time"];

/** Files asked for at a time, and between two turns of whatever else waits. */
const atATime = 256;

/**
 * Entries of a folder as the tree lists them (by name) in an order: folders first, then big files before small ones, and new
 * ones before old ones; by name where all else is equal. What cannot be read comes last.
 */
export async function orderEntries(
  tree: FileTree,
  folder: string,
  entries: readonly TreeEntry[],
  order: EntryOrder,
  signal?: CancelSignal,
): Promise<readonly TreeEntry[]> {
  const folders = entries.filter(({ type }) => type === "directory");
  const others = entries.filter(({ type }) => type !== "directory");
  switch (order) {
    case "name":
      return [...folders, ...others];
    case "type":
      return [...folders, ...sortedBy(others, typeKeys(others), (a, b) => (a < b ? -1 : a > b ? 1 : 0))];
    case "size":
      return [...folders, ...biggestFirst(others, (await statsOf(tree, folder, others, signal)).map(sizeOf))];
    case "stored":
      return [...folders, ...biggestFirst(others, await storedSizes(tree, folder, others, signal))];
    case "time": {
      const times = async (some: readonly TreeEntry[]) =>
        (await statsOf(tree, folder, some, signal)).map((stat) => stat?.mtime ?? Number.NEGATIVE_INFINITY);
      return [...biggestFirst(folders, await times(folders)), ...biggestFirst(others, await times(others))];
    }
  }
}

/** Files by the ending of their names, then links, devices and so on. */
function typeKeys(entries: readonly TreeEntry[]): string[] {
  return entries.map(({ name, type }) => {
    if (type !== "file") return `1${type}`;
    const dot = name.lastIndexOf(".");
    return `0${dot <= 0 ? "" : name.slice(dot + 1).toLowerCase()}`;
  });
}

function sizeOf(stat: FileStat | undefined): number {
  return stat === undefined ? -1 : stat.type === "file" ? stat.size : 0;
}

async function storedSizes(
  tree: FileTree,
  folder: string,
  entries: readonly TreeEntry[],
  signal?: CancelSignal,
): Promise<number[]> {
  const stored = tree.storedSize?.bind(tree);
  if (stored === undefined) return (await statsOf(tree, folder, entries, signal)).map(sizeOf);
  return await inTurns(entries, signal, async ({ name, type }) => {
    if (type !== "file") return 0;
    return await stored(joinPath(folder, name), signal).catch(() => -1);
  });
}

async function statsOf(
  tree: FileTree,
  folder: string,
  entries: readonly TreeEntry[],
  signal?: CancelSignal,
): Promise<(FileStat | undefined)[]> {
  // One damaged entry fails the whole list, and then each is asked for itself.
  const all = entries.length < atATime ? undefined : await tree.listWithStats?.(folder, signal).catch(() => undefined);
  if (all !== undefined) {
    const known = new Map(all.map(({ name, stat }: StatEntry) => [name, stat]));
    return entries.map(({ name }) => known.get(name));
  }
  return await inTurns(entries, signal, ({ name }) => tree.stat(joinPath(folder, name), signal).catch(() => undefined));
}

async function inTurns<Result>(
  entries: readonly TreeEntry[],
  signal: CancelSignal | undefined,
  ask: (entry: TreeEntry) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < entries.length; at += atATime) {
    signal?.throwIfAborted();
    results.push(...(await Promise.all(entries.slice(at, at + atATime).map(ask))));
    if (at > 0) await setImmediate();
  }
  return results;
}

function biggestFirst(entries: readonly TreeEntry[], keys: readonly number[]): TreeEntry[] {
  return sortedBy(entries, keys, (a, b) => (a === b ? 0 : b - a));
}

function sortedBy<Key>(
  entries: readonly TreeEntry[],
  keys: readonly Key[],
  compare: (a: Key, b: Key) => number,
): TreeEntry[] {
  const pairs = entries.map((entry, at) => ({ entry, key: keys[at] as Key }));
  return pairs.sort((a, b) => compare(a.key, b.key)).map(({ entry }) => entry);
}
