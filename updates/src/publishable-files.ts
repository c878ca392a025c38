// Which files of a folder a manifest lists, and their checksums.
import { createHash } from "node:crypto";
import { type BigIntStats, constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import path from "node:path";
import { compareBytes, manifestName, manifestNameFault } from "../../server/src/core/index.ts";
import { UpdateError, updateError } from "./update-error.ts";

export interface PublishableFile {
  readonly name: string;
  readonly path: string;
  /** As it was found; tells later whether it has changed. */
  readonly stat: BigIntStats;
}

export interface PublishableFiles {
  /** In the order of their names' bytes. */
  readonly files: readonly PublishableFile[];
  /** Names of what a manifest could list but for its kind; a server would not give it, or not to all. */
  readonly symlinks: readonly string[];
}

export interface HashedFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface HashProgress {
  readonly files: number;
  readonly totalFiles: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface HashControl {
  readonly signal?: AbortSignal;
  onProgress?(progress: HashProgress): void;
}

/** The signature that systemd looks for beside the manifest. */
export const signatureName = `${manifestName}.gpg`;

/**
 * Whether a file belongs in the manifest by its name: not what is hidden, a backup, a signature, or a manifest itself,
 * also one for a part of the files (`SHA256SUMS.app`).
 */
export function isPublishable(name: string): boolean {
  return !/^\.|~$|^SHA256SUMS(\.|$)|\.(asc|gpg|sig)$/.test(name);
}

/**
 * The files of a folder that a manifest lists; folders inside are not looked into. Throws an UpdateError for a folder that
 * cannot be read, and for a name with which systemd would refuse the manifest.
 */
export async function findPublishable(folder: string): Promise<PublishableFiles> {
  const files: PublishableFile[] = [];
  const symlinks: string[] = [];
  try {
    // As bytes, since a name that is no UTF-8 would look like another one.
    for (const bytes of await readdir(folder, { encoding: "buffer" })) {
      const name = bytes.toString();
      if (!isPublishable(name)) continue;
      const file = path.join(folder, name);
      const isText = Buffer.from(name).equals(bytes);
      const stat = await lstat(isText ? file : Buffer.concat([Buffer.from(`${folder}/`), bytes]), { bigint: true });
      if (stat.isSymbolicLink()) symlinks.push(name);
      if (!stat.isFile()) continue;
      const fault = isText ? manifestNameFault(name) : `"${name}" is not valid UTF-8; rename the file`;
      if (fault !== undefined) throw new UpdateError(file, `it cannot be published: ${fault}`);
      files.push({ name, path: file, stat });
    }
  } catch (error) {
    throw updateError(folder, error);
  }
  return { files: files.sort((a, b) => compareBytes(a.name, b.name)), symlinks: symlinks.sort(compareBytes) };
}

/** Files whose bytes are read at the same time: enough to keep a disk busy while others are added up. */
const atOnce = 4;
const blockSize = 1 << 20;

/**
 * The checksums of files, in the same order. Throws an UpdateError for a file that cannot be read or changes meanwhile, or
 * the signal's reason.
 */
export async function hashFiles(
  files: readonly PublishableFile[],
  { signal, onProgress }: HashControl = {},
): Promise<HashedFile[]> {
  const hashed: HashedFile[] = [];
  const totalBytes = files.reduce((sum, { stat }) => sum + Number(stat.size), 0);
  let [next, done, bytes] = [0, 0, 0];
  const show = () => onProgress?.({ files: done, totalFiles: files.length, bytes, totalBytes });

  async function work(): Promise<void> {
    for (let file = files[next]; file !== undefined; file = files[next]) {
      const index = next;
      next += 1;
      try {
        hashed[index] = await hashFile(file, signal, (count) => {
          bytes += count;
          show();
        });
      } catch (error) {
        next = files.length; // the others stop as well
        if (signal?.aborted) throw signal.reason;
        throw updateError(file.path, error);
      }
      done += 1;
      show();
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return hashed;
}

async function hashFile(
  { name, path: file, stat }: PublishableFile,
  signal: AbortSignal | undefined,
  onBytes: (count: number) => void,
): Promise<HashedFile> {
  signal?.throwIfAborted();
  // Not what took the file's place meanwhile: a symlink, or a pipe without a writer.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags);
  try {
    if (!isSame(stat, await handle.stat({ bigint: true }))) throw changed(file);
    const hash = createHash("sha256");
    const block = Buffer.allocUnsafe(blockSize);
    for (;;) {
      const { bytesRead } = await handle.read(block, 0, blockSize);
      if (bytesRead === 0) break;
      signal?.throwIfAborted();
      hash.update(block.subarray(0, bytesRead));
      onBytes(bytesRead);
    }
    if (!isSame(stat, await handle.stat({ bigint: true }))) throw changed(file);
    return { name, size: Number(stat.size), sha256: hash.digest("hex") };
  } finally {
    await handle.close();
  }
}

/** Throws an UpdateError for the first file that is no longer what it was when it was found. */
export async function checkUnchanged(files: readonly PublishableFile[]): Promise<void> {
  for (const { path: file, stat } of files) {
    let now: BigIntStats;
    try {
      now = await lstat(file, { bigint: true });
    } catch (error) {
      throw updateError(file, error);
    }
    if (!isSame(stat, now)) throw changed(file);
  }
}

function isSame(before: BigIntStats, now: BigIntStats): boolean {
  return now.isFile() && before.ino === now.ino && before.size === now.size && before.mtimeNs === now.mtimeNs;
}

function changed(file: string): UpdateError {
  return new UpdateError(file, "it changed while it was read; publish again when it is complete");
}
