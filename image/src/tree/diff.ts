// How two trees differ, a record for each path: what is in one only, and what of the others is not the same.
import type { CancelSignal } from "../bytes/byte-source.ts";
import { type Aspect, type CompareOptions, compareTrees, type TreeDifference } from "./compare.ts";
import type { FileStat, FileTree, FileType } from "./file-tree.ts";
import { walkTree } from "./walk.ts";

export interface TreeChange {
  readonly path: string;
  readonly change: "added" | "removed" | "changed";
  /** Of the later tree, or of the earlier one for what is only there. */
  readonly type: FileType;
  /** In what both differ; empty for what only one has. */
  readonly aspects: readonly Aspect[];
  readonly before?: ChangedFile;
  readonly after?: ChangedFile;
  /** By how many bytes of content the later tree has more; negative for less. */
  readonly bytes: number;
}

export interface ChangedFile extends FileStat {
  /** Of a symlink. */
  readonly target?: string;
}

/**
 * What has to be done to `before` to make it `after`, in the order of paths. What is in a folder that only one tree has is
 * listed as well, and so is what is in one that became something else. Contents are read only where sizes are equal.
 */
export async function diffTrees(
  before: FileTree,
  after: FileTree,
  options: CompareOptions = {},
): Promise<TreeChange[]> {
  const { signal } = options;
  const changes: TreeChange[] = [];
  for (const [path, differences] of Map.groupBy(await compareTrees(before, after, options), ({ path }) => path)) {
    signal?.throwIfAborted();
    const aspects = differences.flatMap(({ change }) => (isAspect(change) ? [change] : []));
    const [first] = differences;
    if (first?.change === "added") changes.push(...(await allBelow(after, path, "added", signal)));
    else if (first?.change === "removed") changes.push(...(await allBelow(before, path, "removed", signal)));
    else changes.push(...(await changed(before, after, path, aspects, signal)));
  }
  return changes;
}

function isAspect(change: TreeDifference["change"]): change is Aspect {
  return change !== "added" && change !== "removed";
}

/** A file of both trees; of one that is a folder in one of them only, all that is in that folder follows. */
async function changed(
  before: FileTree,
  after: FileTree,
  path: string,
  aspects: readonly Aspect[],
  signal: CancelSignal | undefined,
): Promise<TreeChange[]> {
  const [a, b] = await Promise.all([factsOf(before, path, signal), factsOf(after, path, signal)]);
  const own: TreeChange = {
    path,
    change: "changed",
    type: b.type,
    aspects,
    before: a,
    after: b,
    bytes: contentBytes(b) - contentBytes(a),
  };
  if (!aspects.includes("type")) return [own];
  const gone = a.type === "directory" ? (await allBelow(before, path, "removed", signal)).slice(1) : [];
  const come = b.type === "directory" ? (await allBelow(after, path, "added", signal)).slice(1) : [];
  return [own, ...gone, ...come];
}

/** A file or folder that one tree has alone, with all that is in it. */
async function allBelow(
  tree: FileTree,
  path: string,
  change: "added" | "removed",
  signal: CancelSignal | undefined,
): Promise<TreeChange[]> {
  const found = [await onlyThere(tree, path, change, signal)];
  if (found[0]?.type !== "directory") return found;
  for await (const entry of walkTree(tree, path, signal)) {
    found.push(await onlyThere(tree, entry.path, change, signal));
  }
  return found;
}

async function onlyThere(
  tree: FileTree,
  path: string,
  change: "added" | "removed",
  signal: CancelSignal | undefined,
): Promise<TreeChange> {
  const facts = await factsOf(tree, path, signal);
  const { type } = facts;
  const bytes = contentBytes(facts);
  return change === "added"
    ? { path, change, type, aspects: [], after: facts, bytes }
    : { path, change, type, aspects: [], before: facts, bytes: -bytes };
}

async function factsOf(tree: FileTree, path: string, signal: CancelSignal | undefined): Promise<ChangedFile> {
  const stat = await tree.stat(path, signal);
  return stat.type === "symlink" ? { ...stat, target: await tree.readLink(path, signal) } : stat;
}

function contentBytes({ type, size }: FileStat): number {
  return type === "file" ? size : 0;
}
