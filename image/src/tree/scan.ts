// Reads the shape of a tree once, so that a writer can lay it out: names, facts, links and attributes, but no contents.
import type { CancelSignal } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import type { FileStat, FileTree, FileType } from "./file-tree.ts";
import { compareNames } from "./names.ts";

/** A file, folder or link, once however many names it has. */
export interface ScannedNode {
  /** The folder that lists it, and its name there: a path for each node would take more memory than all the rest. */
  readonly parent: ScannedNode | undefined;
  readonly name: string;
  readonly type: FileType;
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
  readonly rdev: number;
  /** Names that it has inside this tree. */
  names: number;
  /** Target of a symlink, else empty. */
  readonly target: string;
  /** What a folder holds, in byte order of the names; empty for the rest. */
  readonly entries: ScannedEntry[];
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
}

export interface ScannedEntry {
  readonly name: string;
  readonly node: ScannedNode;
}

export interface ScannedTree {
  /** The folder above all that was scanned; its own facts are not the tree's. */
  readonly root: ScannedNode;
  /** Regular files in the order of the walk, each once. */
  readonly files: readonly ScannedNode[];
  readonly directories: number;
  readonly symlinks: number;
  /** Sum of the files' sizes. */
  readonly bytes: number;
  /** Latest modification of anything in the tree, in seconds since 1970. */
  readonly newest: number;
  readonly xattrsKnown: boolean;
}

/** No tree on any host is that deep; without a limit a tree from an image could be endless. */
const deepest = 2048;

/** Shared by all that are no folders. */
const noEntries: ScannedEntry[] = [];
const noXattrs: ReadonlyMap<string, Uint8Array> = new Map();

/**
 * Scans what the tree's root holds under the given `names`, each a folder.
 * `onFound` is called with the number of files, folders and links so far.
 */
export async function scanTree(
  tree: FileTree,
  names: readonly string[],
  signal?: CancelSignal,
  onFound?: (count: number) => void,
): Promise<ScannedTree> {
  const files: ScannedNode[] = [];
  const linked = new Map<string, ScannedNode>();
  const counts = { all: 0, directories: 0, symlinks: 0, bytes: 0, newest: 0, xattrsKnown: true };

  async function scanNode(path: string, name: string, parent: ScannedNode, depth: number): Promise<ScannedNode> {
    const stat = await tree.stat(path, signal);
    const known = stat.identity === undefined ? undefined : linked.get(stat.identity);
    if (known !== undefined) {
      known.names += 1;
      return known;
    }
    const xattrs = await tree.xattrs(path, signal);
    if (xattrs === undefined) counts.xattrsKnown = false;
    const node: ScannedNode = {
      parent,
      name,
      type: stat.type,
      mode: stat.mode,
      size: stat.size,
      mtime: stat.mtime,
      rdev: stat.rdev ?? 0,
      names: 1,
      target: stat.type === "symlink" ? await tree.readLink(path, signal) : "",
      entries: stat.type === "directory" ? [] : noEntries,
      xattrs: xattrs ?? noXattrs,
    };
    if (stat.identity !== undefined) linked.set(stat.identity, node);
    if (stat.type === "directory") await scanEntries(path, node, depth);
    count(node, stat);
    return node;
  }

  async function scanEntries(path: string, folder: ScannedNode, depth: number): Promise<void> {
    if (depth > deepest) throw new ImageError("unsupported", `"${path}" is more than ${deepest} folders deep`);
    for (const { name } of await tree.list(path, signal)) {
      folder.entries.push({ name, node: await scanNode(`${path}/${name}`, name, folder, depth + 1) });
    }
  }

  function count(node: ScannedNode, stat: FileStat): void {
    counts.newest = Math.max(counts.newest, stat.mtime);
    if (node.type === "directory") counts.directories += 1;
    if (node.type === "symlink") counts.symlinks += 1;
    if (node.type === "file") {
      files.push(node);
      counts.bytes += node.size;
    }
    onFound?.(++counts.all);
  }

  const root: ScannedNode = { ...rootFacts, entries: [], xattrs: noXattrs };
  for (const name of names.toSorted(compareNames))
    root.entries.push({ name, node: await scanNode(name, name, root, 1) });

  const { all: _, ...totals } = counts;
  return { root, files, ...totals };
}

/** The path under which the tree that was scanned knows a node. */
export function pathOf(node: ScannedNode): string {
  const above = node.parent === undefined ? "" : pathOf(node.parent);
  return above === "" ? node.name : `${above}/${node.name}`;
}

/** The folder above the hierarchies; who writes it gives it a time. */
const rootFacts = {
  parent: undefined,
  name: "",
  type: "directory",
  mode: 0o755,
  size: 0,
  mtime: 0,
  rdev: 0,
  names: 1,
  target: "",
} as const;
