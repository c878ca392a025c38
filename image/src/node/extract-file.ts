// Writes one file of an image on the host: whole or not at all, with its holes.
import { closeSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { CancelSignal } from "../bytes/byte-source.ts";
import type { FileTree } from "../tree/file-tree.ts";
import type { FilePart } from "./extract-messages.ts";

export interface FileToWrite {
  /** Path in the tree. */
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Where it will be, and a name in the same folder for as long as it is not complete. */
  readonly target: string | Buffer;
  readonly temporary: string | Buffer;
  /** Restores owner, mode and times of the open file when all bytes are there; its mode is 0o600 until then. */
  restore(descriptor: number): void;
}

/** Bytes that are read at a time. */
const step = 128 << 10;
/** The unit in which a run of zeros becomes a hole: what file systems have as blocks. */
const holeUnit = 4096;
const zeros = Buffer.alloc(step);

/** Copies a part of a file, here or in another thread; gives what `copyPart` gives. */
export interface PartCopier {
  /** Parts that are copied at a time. */
  readonly depth: number;
  copy(part: FilePart): Promise<number | undefined>;
}

/** Bytes of a part. */
const partLength = 16 << 20;

/** Throws what reading and writing throw, and leaves nothing behind then. `onBytes` hears of each part that is there. */
export async function writeFileOf(
  { path, size, target, temporary, restore }: FileToWrite,
  copier: PartCopier,
  onBytes: (count: number) => void,
): Promise<void> {
  const descriptor = openSync(temporary, "wx", 0o600);
  try {
    try {
      const end = await copyParts({ path, descriptor, from: 0, to: size }, copier, onBytes);
      if (end < size) ftruncateSync(descriptor, size);
      restore(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Where what was written ends. Nobody writes any more when it has settled, so that the descriptor can be closed. */
async function copyParts(whole: FilePart, copier: PartCopier, onBytes: (count: number) => void): Promise<number> {
  let end = 0;
  let next = whole.from;
  async function copyNext(): Promise<void> {
    while (next < whole.to) {
      const part = { ...whole, from: next, to: Math.min(next + partLength, whole.to) };
      next = part.to;
      try {
        end = Math.max(end, (await copier.copy(part)) ?? 0);
      } catch (error) {
        next = whole.to; // the others end after theirs
        throw error;
      }
      onBytes(part.to - part.from);
    }
  }
  const copies = await Promise.allSettled(Array.from({ length: copier.depth }, copyNext));
  const failed = copies.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
  return end;
}

/**
 * Copies a part of a file of `tree`, but for what is all zeros; gives where what was written ends, undefined when nothing
 * was. Throws what reading and writing throw.
 */
export async function copyPart(
  tree: FileTree,
  { path, descriptor, from, to }: FilePart,
  signal?: CancelSignal,
): Promise<number | undefined> {
  let end: number | undefined;
  for (let at = from; at < to; ) {
    signal?.throwIfAborted();
    const bytes = await tree.read(path, at, Math.min(step, to - at), signal);
    end = writeWithHoles(descriptor, bytes, at) ?? end;
    at += bytes.length;
    if (bytes.length === 0) break; // the file is shorter than its inode says
  }
  return end;
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
