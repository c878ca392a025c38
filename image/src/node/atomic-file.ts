// A file that appears under its name only when it is complete.
import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { ByteSink } from "../bytes/byte-source.ts";
import { ioError } from "./io-error.ts";

export interface AtomicFile extends ByteSink {
  /** Flushes what was written and gives it its name, replacing a file of that name. */
  commit(): Promise<void>;
  /** Leaves nothing behind; does nothing after `commit`. */
  discard(): Promise<void>;
}

/** A new name for the file that will be called `target`, in the same folder, so that the last step is only a new name. */
export function temporaryFile(target: string): string {
  // systemd ignores names that begin so, should somebody build right into a folder of extensions.
  return path.join(path.dirname(target), `.#${path.basename(target)}.${randomBytes(6).toString("hex")}`);
}

/** Starts a file that will be called `target` and is called `temporary` until then. Throws an ImageError of kind `io`. */
export async function createAtomicFile(target: string, temporary = temporaryFile(target)): Promise<AtomicFile> {
  const cannotWrite = `cannot write "${target}"`;
  let handle: FileHandle | undefined;
  try {
    handle = await open(temporary, "wx", 0o644);
  } catch (error) {
    throw ioError(cannotWrite, error);
  }
  const file = handle;

  return {
    async write(offset, bytes) {
      try {
        for (let at = 0; at < bytes.length; ) {
          at += (await file.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
        }
      } catch (error) {
        throw ioError(cannotWrite, error);
      }
    },

    async commit() {
      try {
        await file.sync();
        await file.close();
        handle = undefined;
        await rename(temporary, target);
        await syncFolder(path.dirname(target));
      } catch (error) {
        await rm(temporary, { force: true });
        throw ioError(cannotWrite, error);
      }
    },

    async discard() {
      if (handle === undefined) return;
      handle = undefined;
      await file.close();
      await rm(temporary, { force: true });
    },
  };
}

/** Makes the new name last through a crash, on systems that can open folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch {
    // Some network file systems cannot flush a folder; the file itself is complete all the same.
  } finally {
    await handle.close();
  }
}
