// Writes one file of an image on the host: whole or not at all, with its holes.
import {
  closeSync,
  fchmodSync,
  fchownSync,
  ftruncateSync,
  futimesSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import type { CancelSignal } from "../bytes/byte-source.ts";
import type { FileStat, FileTree } from "../tree/file-tree.ts";

export interface FileToWrite {
  /** Path in the tree. */
  readonly path: string;
  readonly stat: FileStat;
  /** Where it will be, and a name in the same folder for as long as it is not complete. */
  readonly target: string | Buffer;
  readonly temporary: string | Buffer;
  /** Permission bits that it gets at the end; 0o600 until then. */
  readonly mode: number;
  /** Whether it gets its owner; setting that clears some bits, so that it comes before the mode. */
  readonly withOwner: boolean;
}

/** Bytes that are read at a time. */
const step = 1 << 20;
/** The unit in which a run of zeros becomes a hole: what file systems have as blocks. */
const holeUnit = 4096;
const zeros = Buffer.alloc(step);

/** Throws what reading and writing throw, and leaves nothing behind then. `onBytes` hears of each step. */
export async function writeFileOf(
  tree: FileTree,
  { path, stat, target, temporary, mode, withOwner }: FileToWrite,
  onBytes: (count: number) => void,
  signal?: CancelSignal,
): Promise<void> {
  // Before a file is made: one that cannot be read costs nothing.
  let bytes = await tree.read(path, 0, Math.min(step, stat.size), signal);
  const handle = openSync(temporary, "wx", 0o600);
  try {
    try {
      let end = 0;
      for (let at = 0; at < stat.size; ) {
        signal?.throwIfAborted();
        end = writeWithHoles(handle, bytes, at) ?? end;
        at += bytes.length;
        onBytes(bytes.length);
        if (bytes.length === 0) break; // the file is shorter than its inode says
        if (at < stat.size) bytes = await tree.read(path, at, Math.min(step, stat.size - at), signal);
      }
      if (end < stat.size) ftruncateSync(handle, stat.size);
      if (withOwner) fchownSync(handle, stat.uid, stat.gid);
      fchmodSync(handle, mode);
      futimesSync(handle, timeOf(stat), timeOf(stat));
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes what is not all zeros; gives where the file ends now, undefined when nothing was written. */
function writeWithHoles(handle: number, bytes: Uint8Array, position: number): number | undefined {
  if (bytes.length === step && zeros.equals(bytes)) return undefined;
  let end: number | undefined;
  for (let from = 0; from < bytes.length; ) {
    let to = from;
    while (to < bytes.length && isZero(bytes, to)) to += holeUnit;
    from = to;
    while (to < bytes.length && !isZero(bytes, to)) to += holeUnit;
    to = Math.min(to, bytes.length);
    for (let at = from; at < to; ) at += writeSync(handle, bytes, at, to - at, position + at);
    if (to > from) end = position + to;
    from = to;
  }
  return end;
}

/** Whether the unit that begins at `from` has zeros only. */
function isZero(bytes: Uint8Array, from: number): boolean {
  if (bytes[from] !== 0) return false;
  const length = Math.min(holeUnit, bytes.length - from);
  return zeros.compare(bytes, from, from + length, 0, length) === 0;
}

/** A file's time as node takes it: it reads a negative number as "now". */
export function timeOf({ mtime }: Pick<FileStat, "mtime">): Date {
  return new Date(mtime * 1000);
}
