// What is remarkable about a file of an image before anybody opens it: special permissions, marks of overlayfs, links to nowhere.
import type { CancelSignal, FileStat, FileTree } from "../../../image/src/index.ts";
import { findFile } from "./find-file.ts";

export type EntryMark =
  /** Hides what a lower layer has under the name. */
  | { readonly kind: "whiteout" }
  /** Hides all that a lower layer has in the folder. */
  | { readonly kind: "opaque" }
  /** A symlink to a path that is not in the image. */
  | { readonly kind: "broken"; readonly target: string }
  /** A symlink that leads round in a circle. */
  | { readonly kind: "circle" }
  | { readonly kind: "setuid"; readonly owner: number }
  | { readonly kind: "setgid"; readonly group: number; readonly folder: boolean }
  /** Anybody may write to it; in a sticky folder only add to it. */
  | { readonly kind: "writable"; readonly sticky: boolean };

/** Overlayfs reads those of the first kind, or as a user in a container those of the second. */
const overlayPrefixes = ["trusted.overlay.", "user.overlay."];

/**
 * The marks of what is at `path`, the most telling first; cheap, except that a symlink is followed. Throws an ImageError when
 * it cannot be read, but for a symlink whose target cannot.
 */
export async function entryMarks(tree: FileTree, path: string, signal?: CancelSignal): Promise<readonly EntryMark[]> {
  const stat = await tree.stat(path, signal);
  if (stat.type === "symlink") return await linkMarks(tree, path, signal);
  const hidden = await overlayMark(tree, path, stat, signal);
  return hidden === undefined ? modeMarks(stat) : [hidden, ...(hidden.kind === "opaque" ? modeMarks(stat) : [])];
}

async function linkMarks(tree: FileTree, path: string, signal?: CancelSignal): Promise<readonly EntryMark[]> {
  try {
    const found = await findFile(tree, path, signal);
    return found.stat === undefined ? [{ kind: "broken", target: found.path }] : [];
  } catch (error) {
    signal?.throwIfAborted();
    return error instanceof Error && /too many symlinks/.test(error.message) ? [{ kind: "circle" }] : [];
  }
}

/** Devices 0:0 are whiteouts, and so are empty files with the attribute; folders are opaque by theirs. */
async function overlayMark(
  tree: FileTree,
  path: string,
  { type, size, rdev }: FileStat,
  signal?: CancelSignal,
): Promise<EntryMark | undefined> {
  if (type === "char") return rdev === 0 ? { kind: "whiteout" } : undefined;
  if (type !== "directory" && !(type === "file" && size === 0)) return undefined;
  const xattrs = await tree.xattrs(path, signal);
  if (xattrs === undefined || xattrs.size === 0) return undefined;
  const attribute = (name: string): Uint8Array | undefined =>
    overlayPrefixes.map((prefix) => xattrs.get(prefix + name)).find((value) => value !== undefined);
  if (type === "file") return attribute("whiteout") === undefined ? undefined : { kind: "whiteout" };
  const opaque = attribute("opaque");
  return opaque?.length === 1 && opaque[0] === 0x79 ? { kind: "opaque" } : undefined; // "y"; "x" tells of whiteouts inside
}

function modeMarks({ type, mode, uid, gid }: FileStat): EntryMark[] {
  const isFolder = type === "directory";
  const marks: EntryMark[] = [];
  if (type === "file" && (mode & 0o4000) !== 0) marks.push({ kind: "setuid", owner: uid });
  if ((isFolder || type === "file") && (mode & 0o2000) !== 0)
    marks.push({ kind: "setgid", group: gid, folder: isFolder });
  if ((isFolder || type === "file") && (mode & 0o002) !== 0) {
    marks.push({ kind: "writable", sticky: isFolder && (mode & 0o1000) !== 0 });
  }
  return marks;
}
