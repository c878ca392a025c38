// Builds an image file from a folder on the host in the calling thread, and puts it in place when it is complete.
import { lstat, open } from "node:fs/promises";
import path from "node:path";
import type { BuildCounts, BuildProgress } from "../build.ts";
import { ImageError } from "../bytes/image-error.ts";
import { checkedPlan, formatOfPlan } from "../formats/build-plan.ts";
import type { BuildPlan } from "../formats/writable-formats.ts";
import { headLengthOf, isWrittenImage } from "../formats/written-image.ts";
import { createAtomicFile } from "./atomic-file.ts";
import { createFolder } from "./create-folder.ts";
import { createEncodePool } from "./encode-pool.ts";
import { hostFolder } from "./host-folder.ts";
import { readHostXattrs } from "./host-xattrs.ts";
import { errorCode, ioError } from "./io-error.ts";

/** What an image file is built from; plain data, so that it can be sent to another thread. */
export interface ImageFileRequest {
  /** The tree's folder. */
  readonly folder: string;
  /** The image to write; its folder is created when it is missing. */
  readonly output: string;
  readonly plan: BuildPlan;
  /** Whether the program `getfattr` may be asked for extended attributes. */
  readonly mayRunPrograms: boolean;
  /** Whether a file that is not an image is replaced. */
  readonly force?: boolean;
  /** Threads that compress; as many as there are cores when it is not given. */
  readonly threads?: number;
}

/** How the one who asked takes part while the image is built. */
export interface BuildControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
}

/** As `buildImageFile`, in the calling thread; `temporary` is the image's name until it is complete. */
export async function writeImageFile(
  request: ImageFileRequest,
  { signal, onProgress }: BuildControl,
  temporary?: string,
): Promise<BuildCounts> {
  const folder = path.resolve(request.folder);
  const output = path.resolve(request.output);
  const plan = checkedPlan(request.plan);
  checkOutputPlace(folder, output, plan.hierarchies);
  if (request.force !== true) await checkReplaceable(output);
  const xattrs = request.mayRunPrograms ? await readHostXattrs(folder, plan.hierarchies, signal) : undefined;
  const tree = hostFolder(folder, xattrs === undefined ? {} : { xattrs });

  await createFolder(path.dirname(output));
  const format = formatOfPlan(plan);
  const file = await createAtomicFile(output, temporary);
  try {
    const pool = createEncodePool({ folder, encoding: format.encodingOf(plan) }, request.threads);
    try {
      const counts = await format.write(tree, plan, file, pool, {
        depth: pool.depth,
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onProgress }),
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
    `"${path.basename(output)}" would be inside "${inside}", which goes into the image; write it outside of that folder`,
  );
}

/** Throws an ImageError when there is something that is not an image of any format that can be written. */
async function checkReplaceable(output: string): Promise<void> {
  try {
    const found = await lstat(output);
    if (found.isFile() && (found.size === 0 || (await isWritableImage(output)))) return;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw ioError(`cannot write "${output}"`, error);
  }
  throw new ImageError(
    "io",
    `"${path.basename(output)}" already exists and is not an image that a build writes; choose another name, or force it`,
  );
}

async function isWritableImage(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLengthOf()), 0, headLengthOf(), 0);
    return isWrittenImage(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
