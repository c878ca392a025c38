// Extracts files of an image to a folder of the host: everything that can be restored, and never outside of the folder.
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  renameSync,
  rmSync,
  type Stats,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { ImageError } from "../bytes/image-error.ts";
import type { FileStat, FileTree, FileType, TreeEntry } from "../tree/file-tree.ts";
import { encodeName } from "../tree/names.ts";
import { createFolder } from "./create-folder.ts";
import { createCopiers } from "./extract-copiers.ts";
import { timeOf, writeFileOf } from "./extract-file.ts";
import { foldedName, reasonAgainstName, withoutNested } from "./extract-names.ts";
import type { ExtractOptions, ExtractSummary, LeftOut } from "./extract-options.ts";
import { type FileXattrs, makeSpecialFile, setXattrs } from "./extract-programs.ts";
import { hostPath } from "./host-path.ts";
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
  const work = extraction(tree, folder, options);
  await createFolder(folder);
  try {
    for (const path of withoutNested(paths)) await work.extract(path);
  } finally {
    await work.finish();
  }
  return work.summary();
}

function extraction(tree: FileTree, folder: string, options: ExtractOptions) {
  const { force = false, mayRunPrograms, signal, onProgress } = options;
  const isRoot = process.getuid?.() === 0;
  const counts = { files: 0, folders: 0, symlinks: 0, special: 0, bytes: 0 };
  const leftOut: LeftOut[] = [];
  const notRestored = new Set<string>();
  /** Paths that are made, by the name that a host may have them under that does not tell case. */
  const made = new Map<string, string>();
  /** Paths as they are in the tree, from when they are begun; folders only once. */
  const begun = new Set<string>();
  /** The first path of a file of several names, once it is there. */
  const firstNames = new Map<string, Promise<string | undefined>>();
  /** Folders get their modes and times when nothing is written into them any more. */
  const folders: { readonly path: string; readonly stat: FileStat }[] = [];
  const withXattrs: FileXattrs[] = [];
  const later: { readonly path: string; readonly stat: FileStat }[] = [];
  const running = new Set<Promise<void>>();
  /** The last of those that are running, by the name that a host may have them under. */
  const unfinished = new Map<string, Promise<void>>();
  let failure: unknown;
  const copiers = createCopiers(tree, options);

  const at = (path: string): string | Buffer => hostPath(folder, path);
  const leaveOut = (path: string, reason: string): void => void leftOut.push({ path, reason });

  /** What making something at a path would meet; of a file that is in the way only a folder takes the place at once. */
  function makeRoom(path: string, type: FileType): "free" | "folder" | "replace" | "taken" {
    const found = lstatOf(at(path));
    const known = foldedName(path);
    const before = made.get(known);
    if (begun.has(path)) {
      if (type === "directory" && found?.isDirectory() === true) return "folder";
      leaveOut(path, "it is there twice, and only the first of the two is extracted");
      return "taken";
    }
    begun.add(path);
    if (found === undefined) {
      made.set(known, path);
      return "free";
    }
    if (before !== undefined && before !== path) {
      leaveOut(path, `this folder does not tell its name from that of "${before}"`);
      return "taken";
    }
    made.set(known, path);
    if (found.isDirectory() && type === "directory") return "folder";
    if (found.isDirectory()) {
      leaveOut(path, "there is a folder of this name already; remove it");
      return "taken";
    }
    if (!force) {
      leftOut.push({ path, reason: "there is a file of this name already", isThere: true });
      return "taken";
    }
    if (type !== "directory") return "replace";
    rmSync(at(path));
    return "free";
  }

  /** Makes a link or device; what it replaces goes only when that has worked. Gives whether there is one now. */
  async function put(
    path: string,
    type: FileType,
    make: (file: string | Buffer) => void | Promise<void>,
  ): Promise<boolean> {
    const room = makeRoom(path, type);
    if (room === "taken") return false;
    const file = room === "replace" ? temporaryFor(path) : at(path);
    try {
      await make(file);
      if (room === "replace") renameSync(file, at(path));
    } catch (error) {
      // Under its own name it may be somebody else's by now.
      if (room === "replace") rmSync(file, { force: true });
      throw error;
    }
    return true;
  }

  function temporaryFor(path: string): string | Buffer {
    return at(`${path.slice(0, path.lastIndexOf("/") + 1)}.#sysext-${randomBytes(6).toString("hex")}`);
  }

  function modeOf({ mode, uid, gid }: FileStat): number {
    if (isRoot || (mode & 0o6000) === 0) return mode;
    const isOwn = uid === process.getuid?.() && gid === process.getgid?.();
    if (isOwn) return mode;
    notRestored.add("the bits setuid and setgid: only root may give such files to their owners");
    return mode & ~0o6000;
  }

  function restoreOwner(file: string | Buffer, { uid, gid }: FileStat): void {
    if (isRoot) lchownSync(file, uid, gid);
  }

  function noteOwner({ uid, gid }: FileStat): void {
    if (!isRoot && process.getuid !== undefined && (uid !== process.getuid() || gid !== process.getgid?.())) {
      notRestored.add("owners: only root may give files away");
    }
  }

  /** Keeps the attributes for the end; gives whether there are any, for then the rest waits as well. */
  async function noteXattrs(path: string): Promise<boolean> {
    const xattrs = await tree.xattrs(path, signal);
    if (xattrs === undefined || xattrs.size === 0) return false;
    withXattrs.push({ path, xattrs });
    return true;
  }

  async function makeFolderOf(path: string, stat: FileStat): Promise<boolean> {
    const room = makeRoom(path, "directory");
    if (room === "taken") return false;
    if (room === "free") {
      mkdirSync(at(path), 0o700);
      counts.folders += 1;
      folders.push({ path, stat });
      await noteXattrs(path);
    }
    return true;
  }

  async function makeFile(path: string, stat: FileStat): Promise<void> {
    if (makeRoom(path, "file") === "taken") return;
    const waits = await noteXattrs(path);
    const mode = modeOf(stat);
    const file = {
      path,
      stat,
      target: at(path),
      temporary: temporaryFor(path),
      mode: waits ? 0o600 : mode,
      withOwner: isRoot,
    };
    await writeFileOf(file, copiers.of(stat), addBytes);
    if (waits) later.push({ path, stat });
    counts.files += 1;
  }

  function addBytes(count: number): void {
    counts.bytes += count;
    onProgress?.({ entries: counts.files + counts.folders + counts.symlinks, bytes: counts.bytes });
  }

  /** A name of a file that has another one already. */
  async function makeLink(path: string, stat: FileStat, first: Promise<string | undefined>): Promise<void> {
    const target = await first;
    if (target === undefined) return await makeFile(path, stat);
    if (await put(path, "file", (file) => linkSync(at(target), file))) counts.files += 1;
  }

  async function makeSymlink(path: string, stat: FileStat): Promise<void> {
    const target = await tree.readLink(path, signal);
    const isThere = await put(path, "symlink", (file) => {
      symlinkSync(target.isWellFormed() ? target : Buffer.from(encodeName(target)), file);
      restoreOwner(file, stat);
      lutimesSync(file, timeOf(stat), timeOf(stat));
    });
    if (!isThere) return;
    await noteXattrs(path);
    counts.symlinks += 1;
  }

  async function makeSpecial(path: string, stat: FileStat): Promise<void> {
    if (stat.type === "socket") return leaveOut(path, "a socket belongs to the program that made it");
    if (!mayRunPrograms || process.platform === "win32") {
      return leaveOut(path, `node makes no ${stat.type}, and no program may be started`);
    }
    if (!isRoot && stat.type !== "fifo") return leaveOut(path, "only root may make devices");
    if (!path.isWellFormed()) return leaveOut(path, "no device can be made of a name that is not UTF-8");
    const isThere = await put(path, stat.type, async (file) => {
      await makeSpecialFile(file.toString(), stat);
      restoreOwner(file, stat);
      chmodSync(file, stat.mode);
      utimesSync(file, timeOf(stat), timeOf(stat));
    });
    if (isThere) counts.special += 1;
  }

  async function makeEntry(path: string, type: FileType): Promise<void> {
    const stat = await tree.stat(path, signal);
    noteOwner(stat);
    if (type === "symlink") return await makeSymlink(path, stat);
    if (type !== "file") return await makeSpecial(path, stat);
    const { identity } = stat;
    const first = identity === undefined ? undefined : firstNames.get(identity);
    if (first !== undefined) return await makeLink(path, stat, first);
    const work = makeFile(path, stat);
    if (identity !== undefined) {
      firstNames.set(
        identity,
        work.then(
          () => (made.get(foldedName(path)) === path ? path : undefined),
          () => undefined,
        ),
      );
    }
    await work;
  }

  /** Starts an entry; what goes wrong with it alone leaves it out, and what would with all others ends everything. */
  function start(path: string, type: FileType): void {
    const name = foldedName(path);
    // One of a name that this folder may not tell from ours has to be there before we look.
    const work = unfinished.get(name)?.then(() => makeEntry(path, type)) ?? makeEntry(path, type);
    const task = work.catch((error: unknown) => {
      if (signal?.aborted === true || endsAll(error)) {
        failure ??= error;
        copiers.stop(failure);
      } else leaveOut(path, reasonOf(error));
    });
    const tracked: Promise<void> = task.finally(() => {
      addBytes(0);
      running.delete(tracked);
      if (unfinished.get(name) === tracked) unfinished.delete(name);
    });
    running.add(tracked);
    unfinished.set(name, tracked);
  }

  async function startSoon(path: string, type: FileType): Promise<void> {
    while (running.size >= filesAtATime) await Promise.race(running);
    if (failure !== undefined) throw asImageError(failure, folder);
    signal?.throwIfAborted();
    start(path, type);
  }

  /** The folders on the way to a path; false when one of them cannot be made. */
  async function makeParents(path: string): Promise<boolean> {
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
      const parent = path.slice(0, slash);
      if (made.get(foldedName(parent)) === parent) continue;
      if (!(await tryFolder(parent))) return false;
    }
    return true;
  }

  async function tryFolder(path: string): Promise<boolean> {
    try {
      const stat = await tree.stat(path, signal);
      noteOwner(stat);
      return await makeFolderOf(path, stat);
    } catch (error) {
      if (signal?.aborted === true || endsAll(error)) throw asImageError(error, folder);
      leaveOut(path, reasonOf(error));
      return false;
    }
  }

  /** One whose entries cannot be read is left empty and named, and the others go on. */
  async function extractFolder(path: string): Promise<void> {
    for (const { name, type } of await entriesOf(path)) {
      signal?.throwIfAborted();
      const child = path === "" ? name : `${path}/${name}`;
      const against = reasonAgainstName(name);
      if (against !== undefined) leaveOut(child, against);
      else if (type !== "directory") await startSoon(child, type);
      else if (await tryFolder(child)) await extractFolder(child);
    }
  }

  async function entriesOf(path: string): Promise<readonly TreeEntry[]> {
    try {
      return await tree.list(path, signal);
    } catch (error) {
      if (signal?.aborted === true || path === "" || endsAll(error)) throw error;
      leaveOut(path, `what is in it cannot be read: ${reasonOf(error)}`);
      return [];
    }
  }

  return {
    async extract(path: string): Promise<void> {
      const { type } = await tree.stat(path, signal);
      if (path.split("/").some((name) => path !== "" && reasonAgainstName(name) !== undefined)) {
        throw new ImageError("io", `"${path}" cannot be extracted here because of its name`);
      }
      if (!(await makeParents(path))) return;
      if (type !== "directory") await startSoon(path, type);
      else if (path === "" || (await tryFolder(path))) await extractFolder(path);
      await Promise.all(running);
      if (failure !== undefined) throw asImageError(failure, folder);
    },

    /** What can only be done when all files are there; also after a failure, for those that are. */
    async finish(): Promise<void> {
      await Promise.all(running);
      await copiers.close();
      if (withXattrs.length > 0) {
        const fault = mayRunPrograms ? await setXattrs(folder, withXattrs) : "no program may be started";
        if (fault !== undefined) notRestored.add(`extended attributes: ${fault}`);
      }
      for (const { path, stat } of later) {
        chmodSync(at(path), modeOf(stat));
        utimesSync(at(path), timeOf(stat), timeOf(stat));
      }
      for (const { path, stat } of folders.reverse()) {
        restoreOwner(at(path), stat);
        chmodSync(at(path), modeOf(stat));
        utimesSync(at(path), timeOf(stat), timeOf(stat));
      }
    },

    summary: (): ExtractSummary => ({ ...counts, leftOut, notRestored: [...notRestored] }),
  };
}

function lstatOf(file: string | Buffer): Stats | undefined {
  return lstatSync(file, { throwIfNoEntry: false });
}

/** Whether all that follows would fail as well. */
function endsAll(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT", "EROFS", "EIO", "EMFILE", "ENFILE"].includes(errorCode(error) ?? "");
}

function asImageError(error: unknown, folder: string): unknown {
  return errorCode(error) === undefined || errorCode(error) === "ABORT_ERR"
    ? error
    : ioError(`cannot write to "${folder}"`, error);
}

function reasonOf(error: unknown): string {
  return error instanceof ImageError ? error.message : ioReason(error);
}
