// Where the bytes of a tree go: the sums of every folder, and the largest files, counted in one walk.
import type { CancelSignal } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import type { FileTree, TreeEntry } from "./file-tree.ts";
import { keepLargest, type Sized } from "./usage-largest.ts";

/** Bytes of contents. */
export interface UsageSize {
  /** As long as the files say they are, holes included. */
  readonly real: number;
  /** As they are stored; undefined where the tree does not tell. */
  readonly stored: number | undefined;
}

export interface UsageCounts {
  /** Regular files; one with several names counts once, for the first of them. */
  readonly files: number;
  readonly folders: number;
  readonly symlinks: number;
  /** Devices, fifos and sockets. */
  readonly others: number;
}

/** What a folder holds, with all below it. */
export interface UsageFolder extends UsageSize {
  readonly name: string;
  readonly files: number;
  /** The folders in it, in no order. */
  readonly folders: readonly UsageFolder[];
  /** The largest of the files that lie in it. */
  readonly largest: readonly Sized[];
  /** The files that lie in it and are not among the largest. */
  readonly rest: UsageRest;
}

export interface UsageRest {
  readonly files: number;
  readonly real: number;
  readonly stored: number;
}

export interface Usage {
  readonly root: UsageFolder;
  readonly counts: UsageCounts;
  /** The largest files of the tree by either size, with their paths; in no order. */
  readonly largest: readonly Sized[];
  /** Whether `stored` is known. */
  readonly storedKnown: boolean;
  /** How many files and folders could not be read, and why the first of them could not. */
  readonly unreadable: number;
  readonly firstProblem?: string;
  /** Whether the walk ended early, since the tree has more than can be counted. */
  readonly cut: boolean;
}

export interface UsageOptions {
  readonly signal?: CancelSignal;
  /** Told from time to time how many files, folders and links were seen; the walk waits for it, so it can let others work. */
  readonly pause?: (seen: number) => Promise<void>;
}

/** Names seen between two pauses: some milliseconds of work. */
const namesPerPause = 500;
/** No tree of a host is deeper or has more; one that is made up to do harm ends here. */
const maxDepth = 2048;
const maxEntries = 5_000_000;
/** Folders that are told apart; what is below more of them counts for the folder above. */
const maxFolders = 200_000;
/** Files of a folder, and of all, that are told apart by each of the two sizes. */
const largestOfFolder = 60;
const largestOfAll = 100;

interface OpenFolder {
  readonly name: string;
  readonly path: string;
  readonly folders: OpenFolder[];
  readonly largest: ReturnType<typeof keepLargest>;
  entries: Iterator<TreeEntry>;
  real: number;
  stored: number;
  files: number;
}

/**
 * Counts what every folder of `tree` holds. What cannot be read is passed over and counted; only a root that cannot be read
 * throws an ImageError. Memory depends on the number of folders, not of files.
 */
export async function countUsage(tree: FileTree, { signal, pause }: UsageOptions = {}): Promise<Usage> {
  const storedSize = tree.storedSize?.bind(tree);
  const all = keepLargest(largestOfAll);
  const linked = new Set<string>();
  const counts = { files: 0, folders: 0, symlinks: 0, others: 0 };
  let seen = 0;
  let unreadable = 0;
  let firstProblem: string | undefined;

  /** Undefined for what cannot be read. */
  async function attempt<Result>(work: Promise<Result>): Promise<Result | undefined> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      unreadable += 1;
      firstProblem ??= error.message;
      return undefined;
    }
  }

  async function addFile(folder: OpenFolder, name: string, path: string): Promise<void> {
    const stat = await attempt(tree.stat(path, signal));
    if (stat === undefined) return;
    if (stat.identity !== undefined) {
      if (linked.has(stat.identity)) return;
      linked.add(stat.identity);
    }
    const stored = storedSize === undefined ? 0 : ((await attempt(storedSize(path, signal))) ?? 0);
    counts.files += 1;
    folder.files += 1;
    folder.real += stat.size;
    folder.stored += stored;
    folder.largest.add({ name, real: stat.size, stored });
    if (all.wants(stat.size, stored)) all.add({ name: path, real: stat.size, stored });
  }

  const root = openFolder("", "", await tree.list("", signal));
  const open = [root];
  for (let folder = open.at(-1); folder !== undefined; folder = open.at(-1)) {
    const next = folder.entries.next();
    if (next.done || seen >= maxEntries) {
      open.pop();
      const above = open.at(-1);
      folder.entries = noEntries;
      if (above !== undefined) addUp(above, folder, counts.folders <= maxFolders);
      continue;
    }
    seen += 1;
    if (seen % namesPerPause === 0) {
      signal?.throwIfAborted();
      await pause?.(seen);
    }
    const { name, type } = next.value;
    const path = folder.path === "" ? name : `${folder.path}/${name}`;
    if (type === "file") await addFile(folder, name, path);
    else if (type === "symlink") counts.symlinks += 1;
    else if (type !== "directory") counts.others += 1;
    else {
      counts.folders += 1;
      const entries = open.length < maxDepth ? await attempt(tree.list(path, signal)) : undefined;
      open.push(openFolder(name, path, entries ?? []));
    }
  }
  signal?.throwIfAborted();
  const storedKnown = storedSize !== undefined;
  return {
    root: closed(root, storedKnown),
    counts,
    largest: all.list().kept,
    storedKnown,
    unreadable,
    ...(firstProblem === undefined ? {} : { firstProblem }),
    cut: seen >= maxEntries,
  };
}

const noEntries: Iterator<TreeEntry> = [][Symbol.iterator]();

function openFolder(name: string, path: string, entries: readonly TreeEntry[]): OpenFolder {
  const largest = keepLargest(largestOfFolder);
  return { name, path, folders: [], largest, entries: entries.values(), real: 0, stored: 0, files: 0 };
}

function addUp(above: OpenFolder, folder: OpenFolder, apart: boolean): void {
  above.real += folder.real;
  above.stored += folder.stored;
  above.files += folder.files;
  if (apart) above.folders.push(folder);
  else above.largest.addRest(folder.files, folder.real, folder.stored);
}

function closed(folder: OpenFolder, storedKnown: boolean): UsageFolder {
  const { kept, rest } = folder.largest.list();
  return {
    name: folder.name,
    real: folder.real,
    stored: storedKnown ? folder.stored : undefined,
    files: folder.files,
    folders: folder.folders.map((below) => closed(below, storedKnown)),
    largest: kept,
    rest,
  };
}
