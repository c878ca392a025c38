// Creates folders on the host with those above them.
import { lstat, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { errorCode, ioError } from "./io-error.ts";

/**
 * Creates a folder and those above it, unless they are there; each new one gets `mode`. node's own `recursive` never returns
 * for a place like /proc. Throws an ImageError of kind `io`.
 */
export async function createFolder(folder: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(folder, mode);
  } catch (error) {
    const code = errorCode(error);
    if ((code === "EEXIST" || code === "EISDIR") && (await isFolder(folder))) return;
    const parent = path.dirname(folder);
    if (code !== "ENOENT" || parent === folder || (await exists(parent))) {
      throw ioError(`cannot create the folder "${folder}"`, error);
    }
    await createFolder(parent, mode);
    await createFolder(folder, mode);
  }
}

async function isFolder(file: string): Promise<boolean> {
  return await stat(file).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function exists(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => true,
    () => false,
  );
}
