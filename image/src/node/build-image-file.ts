// Builds an image file from a folder on the host, with all cores, and puts it in place when it is complete.
import { lstat, mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { BuildCounts, BuildPlan, BuildProgress } from "../build.ts";
import { ImageError } from "../bytes/image-error.ts";
import { SQUASHFS_MAGIC } from "../squashfs/superblock.ts";
import { writeSquashfs } from "../squashfs/writer.ts";
import { createAtomicFile } from "./atomic-file.ts";
import { createEncodePool } from "./encode-pool.ts";
import { hostFolder } from "./host-folder.ts";
import { readHostXattrs } from "./host-xattrs.ts";
import { errorCode, ioError } from "./io-error.ts";

export interface BuildImageFile {
  /** The tree's folder. */
  readonly folder: string;
  /** The image to write; its folder is created when it is missing. */
  readonly output: string;
  readonly plan: BuildPlan;
  /** Whether the program `getfattr` may be asked for extended attributes. */
  readonly mayRunPrograms: boolean;
  /** Replaces a file that is no image. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
  /** Threads that compress; as many as there are cores when it is not given. */
  readonly threads?: number;
}

/**
 * Builds `output` and tells what went into it.
 * Throws an ImageError, or the signal's reason when it is aborted; in both cases nothing is left behind or replaced.
 */
export async function buildImageFile(options: BuildImageFile): Promise<BuildCounts> {
  const folder = path.resolve(options.folder);
  const output = path.resolve(options.output);
  const { plan, signal } = options;
  checkOutputPlace(folder, output, plan.hierarchies);
  if (options.force !== true) await checkReplaceable(output);
  const xattrs = options.mayRunPrograms ? await readHostXattrs(folder, plan.hierarchies, signal) : undefined;
  const tree = hostFolder(folder, xattrs === undefined ? {} : { xattrs });

  await createFolder(path.dirname(output));
  const { compression, level, blockSize } = plan;
  const file = await createAtomicFile(output);
  try {
    const pool = createEncodePool({ folder, compression, level, blockSize }, options.threads);
    try {
      const counts = await writeSquashfs(tree, plan, file, pool, {
        depth: pool.depth,
        ...(signal === undefined ? {} : { signal }),
        ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      });
      signal?.throwIfAborted();
      await file.commit();
      return counts;
    } finally {
      await pool.close();
    }
  } finally {
    await file.discard();
  }
}

/** An image inside its own tree would hold its predecessor. */
function checkOutputPlace(folder: string, output: string, hierarchies: readonly string[]): void {
  const inside = hierarchies.find((name) => `${output}${path.sep}`.startsWith(path.join(folder, name) + path.sep));
  if (inside === undefined) return;
  throw new ImageError(
    "io",
    `"${output}" lies in "${inside}", which goes into the image; write it outside of that folder`,
  );
}

/** Protects what is no image from being replaced by one. */
async function checkReplaceable(output: string): Promise<void> {
  try {
    const found = await lstat(output);
    if (found.isFile() && (found.size === 0 || (await beginsLikeSquashfs(output)))) return;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw ioError(`cannot write "${output}"`, error);
  }
  throw new ImageError("io", `"${output}" is there already and is no squashfs image; choose another name, or force it`);
}

async function beginsLikeSquashfs(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32LE(0) === SQUASHFS_MAGIC;
  } finally {
    await handle.close();
  }
}

async function createFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw ioError(`cannot create the folder "${folder}"`, error);
  }
}
