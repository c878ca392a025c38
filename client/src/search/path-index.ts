// All paths of an image in memory, for searches by name: built once a state of the image, searchable while it grows.
import { setImmediate } from "node:timers/promises";
import type { CancelSignal, FileTree, FileType, TreeEntry } from "../../../image/src/index.ts";

/** Paths in the order of a walk: a folder before what is in it. Entry `i` of each list is about one file. */
export interface PathIndex {
  readonly paths: readonly string[];
  /** The paths in small letters. */
  readonly folded: readonly string[];
  readonly types: readonly FileType[];
  /** Which signs occur in a path, see `signMask`. */
  readonly masks: readonly number[];
  /** Folders that could not be read. */
  readonly unread: number;
  /** Whether there was more than the index may hold. */
  readonly cut: boolean;
}

export interface IndexOptions {
  readonly signal?: CancelSignal;
  /** Told from time to time how many names are known. */
  readonly onProgress?: (names: number) => void;
  readonly limits?: IndexLimits;
}

export interface IndexLimits {
  readonly names: number;
  /** UTF-16 units of all paths together. */
  readonly length: number;
}

/** Some 200 MB at worst. */
const defaultLimits: IndexLimits = { names: 1_000_000, length: 60_000_000 };

/** Milliseconds after which others have their turn. */
const turn = 12;

export interface GrowingIndex {
  readonly index: PathIndex;
  /** Settles when all is in the index; fails only when it is cancelled or the root cannot be read. */
  readonly done: Promise<void>;
}

/** Begins to index a tree. A folder that cannot be read is counted, and left out with what is in it. */
export function indexPaths(tree: FileTree, options: IndexOptions = {}): GrowingIndex {
  const index = { paths: [], folded: [], types: [], masks: [], unread: 0, cut: false };
  return { index, done: fill(index, tree, options) };
}

/** While it grows. */
interface Filling extends PathIndex {
  readonly paths: string[];
  readonly folded: string[];
  readonly types: FileType[];
  readonly masks: number[];
  unread: number;
  cut: boolean;
}

async function fill(index: Filling, tree: FileTree, options: IndexOptions): Promise<void> {
  const { signal, onProgress, limits = defaultLimits } = options;
  const open = [{ prefix: "", mask: 0, entries: (await tree.list("", signal)).values() }];
  let length = 0;
  let until = performance.now() + turn;
  for (let folder = open.at(-1); folder !== undefined; folder = open.at(-1)) {
    const next: IteratorResult<TreeEntry> = folder.entries.next();
    if (next.done === true) {
      open.pop();
      continue;
    }
    const { name, type } = next.value;
    const path = folder.prefix + name;
    length += path.length;
    if (index.paths.length >= limits.names || length > limits.length) {
      index.cut = true;
      return;
    }
    const folded = path.toLowerCase();
    const mask = folder.mask | signMask(name.toLowerCase());
    index.paths.push(path);
    // Most paths are the same in small letters, and then take no memory twice.
    index.folded.push(folded === path ? path : folded);
    index.types.push(type);
    index.masks.push(mask);
    if (type === "directory") {
      try {
        open.push({ prefix: `${path}/`, mask, entries: (await tree.list(path, signal)).values() });
      } catch {
        signal?.throwIfAborted();
        index.unread += 1;
      }
    }
    if ((index.paths.length & 1023) === 0 && performance.now() > until) {
      onProgress?.(index.paths.length);
      await setImmediate();
      signal?.throwIfAborted();
      until = performance.now() + turn;
    }
  }
}

/** One bit for each letter, one for all digits, and so on: a path without a query's bits need not be looked at. */
export function signMask(text: string): number {
  let mask = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x61 && code <= 0x7a) mask |= 1 << (code - 0x61);
    else if (code >= 0x30 && code <= 0x39) mask |= 1 << 26;
    else if (code === 0x2e) mask |= 1 << 27;
    else if (code === 0x2d || code === 0x5f) mask |= 1 << 28;
    else if (code !== 0x2f && code !== 0x20) mask |= 1 << 29;
  }
  return mask;
}
