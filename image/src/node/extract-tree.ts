// Extracts files of an image to a folder of the host: everything that can be restored, and never outside of the folder.
import { ImageError } from "../bytes/image-error.ts";
import type { FileTree, FileType, TreeEntry } from "../tree/file-tree.ts";
import { createFolder } from "./create-folder.ts";
import { createCopiers } from "./extract-copiers.ts";
import { createEntryMaker } from "./extract-entry.ts";
import { foldedName, reasonAgainstName, withoutNested } from "./extract-names.ts";
import type { ExtractOptions, ExtractSummary } from "./extract-options.ts";
import { createPlacement } from "./extract-placement.ts";
import { createRestorer } from "./extract-restore.ts";
import { createSchedule } from "./extract-schedule.ts";
import { createTally } from "./extract-tally.ts";
import { errorCode, ioError, ioReason } from "./io-error.ts";

/** Files that are read and written at a time; node's threads unpack blocks of all of them. */
const filesAtATime = 16;

/**
 * Extracts what is at `paths` (`""` is everything) to the same paths below `folder`, which is made when it is not there.
 * What cannot be extracted is left out and named. Throws an ImageError when a path is not in the tree or the folder cannot
 * be filled any more, as on a full disk, and the signal's reason when that is aborted; no file is half written then.
 */
export async function extractTree(
  tree: FileTree,
  paths: readonly string[],
  folder: string,
  options: ExtractOptions,
): Promise<ExtractSummary> {
  const { force = false, mayRunPrograms, signal } = options;
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  const tally = createTally(options.onProgress);
  const restorer = createRestorer(folder, { uid, gid, mayRunPrograms });
  const placement = createPlacement(folder, force);
  const copiers = createCopiers(tree, options);
  const schedule = createSchedule({ limit: filesAtATime, onFailure: copiers.stop });
  const { makeFolder, makeEntry } = createEntryMaker({
    ...{ tree, placement, restorer, copiers, tally, isRoot: uid === 0, mayRunPrograms },
    ...(signal === undefined ? {} : { signal }),
  });

  /** Does a part of the work for one entry; what goes wrong with it alone leaves it out, and gives undefined. */
  async function attempt<Result>(
    path: string,
    work: () => Promise<Result>,
    prefix = "",
  ): Promise<Awaited<Result> | undefined> {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted === true || endsAll(error)) throw error;
      tally.leaveOut({ path, reason: prefix + reasonOf(error) });
      return undefined;
    }
  }

  async function startEntry(path: string, type: FileType): Promise<void> {
    // One of a name that this folder may not tell from ours has to be there before we look.
    await schedule.start(foldedName(path), async () => {
      signal?.throwIfAborted();
      await attempt(path, () => makeEntry(path, type));
      tally.addBytes(0);
    });
  }

  async function tryFolder(path: string): Promise<boolean> {
    return (await attempt(path, () => makeFolder(path))) === true;
  }

  /** The folders on the way to a path; false when one of them cannot be made. */
  async function makeParents(path: string): Promise<boolean> {
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
      const parent = path.slice(0, slash);
      if (!placement.has(parent) && !(await tryFolder(parent))) return false;
    }
    return true;
  }

  /** One whose entries cannot be read is left empty and named, and the others go on. */
  async function extractFolder(path: string): Promise<void> {
    for (const { name, type } of await entriesOf(path)) {
      signal?.throwIfAborted();
      const child = path === "" ? name : `${path}/${name}`;
      const reason = reasonAgainstName(name);
      if (reason !== undefined) tally.leaveOut({ path: child, reason });
      else if (type !== "directory") await startEntry(child, type);
      else if (await tryFolder(child)) await extractFolder(child);
    }
  }

  async function entriesOf(path: string): Promise<readonly TreeEntry[]> {
    if (path === "") return await tree.list(path, signal);
    return (await attempt(path, () => tree.list(path, signal), "its entries cannot be read: ")) ?? [];
  }

  async function extractPath(path: string): Promise<void> {
    const { type } = await tree.stat(path, signal);
    if (path.split("/").some((name) => path !== "" && reasonAgainstName(name) !== undefined)) {
      throw new ImageError("io", `"${path}" cannot be extracted here because of its name`);
    }
    if (!(await makeParents(path))) return;
    if (type !== "directory") await startEntry(path, type);
    else if (path === "" || (await tryFolder(path))) await extractFolder(path);
    await schedule.settle();
  }

  await createFolder(folder);
  try {
    for (const path of withoutNested(paths)) await extractPath(path);
  } catch (error) {
    await schedule.settle().catch(() => undefined); // nothing is made any more when the folders get their modes
    signal?.throwIfAborted();
    throw asImageError(error, folder);
  } finally {
    await copiers.close();
    await restorer.finish();
  }
  return { ...tally.counts(), notRestored: restorer.notRestored() };
}

/** Whether all that follows would fail as well. */
function endsAll(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT", "EROFS", "EIO", "EMFILE", "ENFILE"].includes(errorCode(error) ?? "");
}

function asImageError(error: unknown, folder: string): unknown {
  return errorCode(error) === undefined ? error : ioError(`cannot write to "${folder}"`, error);
}

function reasonOf(error: unknown): string {
  return error instanceof ImageError ? error.message : ioReason(error);
}
