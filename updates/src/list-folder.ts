// The files of a folder that is a source or a target of updates.
import { lstat, opendir } from "node:fs/promises";
import path from "node:path";
import { compareBytes } from "../../server/src/core/index.ts";
import type { OfferedFile } from "./offered-file.ts";
import { codeOf, UpdateError, updateError } from "./update-error.ts";

/** A folder of updates has some hundreds; a home folder given by mistake must not take minutes. */
export const maxFiles = 200_000;
/** Folders inside each other; patterns have one or two. */
const deepest = 16;

export interface ListControl {
  readonly signal?: AbortSignal;
  /** Whether folders inside are looked into. */
  readonly deep?: boolean;
}

/**
 * What is in a folder, in the order of the names' bytes; symlinks are not followed. Throws an UpdateError when it cannot be
 * read or has too many files, or the signal's reason.
 */
export async function listFolder(folder: string, { signal, deep = false }: ListControl = {}): Promise<OfferedFile[]> {
  const files: OfferedFile[] = [];
  await list("", 1);
  return files.sort((a, b) => compareBytes(a.name, b.name));

  async function list(inside: string, depth: number): Promise<void> {
    const at = path.join(folder, inside);
    try {
      for await (const { name } of await opendir(at)) {
        signal?.throwIfAborted();
        const file = await describe(path.join(at, name), inside === "" ? name : `${inside}/${name}`);
        if (file === undefined) continue;
        files.push(file);
        if (files.length > maxFiles) throw new UpdateError(folder, `it holds more than ${maxFiles} files`);
        if (file.type === "directory" && deep && depth < deepest) await list(file.name, depth + 1);
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw updateError(at, error);
    }
  }
}

/** Undefined for a file that is gone by now. */
async function describe(file: string, name: string): Promise<OfferedFile | undefined> {
  try {
    const found = await lstat(file, { bigint: true });
    return {
      name,
      type: found.isFile() ? "file" : found.isDirectory() ? "directory" : found.isSymbolicLink() ? "symlink" : "other",
      size: Number(found.size),
      mtime: found.mtimeNs / 1000n,
      mode: Number(found.mode) & 0o7777,
    };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
