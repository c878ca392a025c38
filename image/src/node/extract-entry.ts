// Makes one entry of a tree on the host: a file, folder, symlink, device or fifo.
import { linkSync, mkdirSync, symlinkSync } from "node:fs";
import type { CancelSignal } from "../bytes/byte-source.ts";
import type { FileStat, FileTree, FileType } from "../tree/file-tree.ts";
import { encodeName } from "../tree/names.ts";
import type { Copiers } from "./extract-copiers.ts";
import { writeFileOf } from "./extract-file.ts";
import type { Place, Placement } from "./extract-placement.ts";
import { makeSpecialFile } from "./extract-programs.ts";
import { factsOfDescriptor, factsOfFile, factsOfSymlink, type Restorer } from "./extract-restore.ts";
import type { Tally } from "./extract-tally.ts";

/** Who does what of an extraction. */
export interface ExtractRoles {
  readonly tree: FileTree;
  readonly placement: Placement;
  readonly restorer: Restorer;
  readonly copiers: Copiers;
  readonly tally: Tally;
  readonly isRoot: boolean;
  readonly mayRunPrograms: boolean;
  readonly signal?: CancelSignal;
}

/** Both leave out what cannot be there and throw what reading and writing throw. */
export interface EntryMaker {
  /** Gives whether there is a folder at the path now that can be filled. */
  makeFolder(path: string): Promise<boolean>;
  /** Makes anything else. */
  makeEntry(path: string, type: FileType): Promise<void>;
}

export function createEntryMaker(roles: ExtractRoles): EntryMaker {
  const { tree, placement, restorer, copiers, tally, isRoot, mayRunPrograms, signal } = roles;
  /** The first path of a file of several names, once it is there. */
  const firstNames = new Map<string, Promise<string | undefined>>();

  const leaveOut = (path: string, reason: string): void => tally.leaveOut({ path, reason });

  /** Undefined when the entry is left out. */
  function take(path: string, type: FileType): Place | undefined {
    const place = placement.take(path, type);
    if (typeof place === "string") return place;
    tally.leaveOut({ path, ...place });
    return undefined;
  }

  async function xattrsOf(path: string): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
    const xattrs = await tree.xattrs(path, signal);
    return xattrs === undefined || xattrs.size === 0 ? undefined : xattrs;
  }

  async function makeFolder(path: string): Promise<boolean> {
    const stat = await tree.stat(path, signal);
    const place = take(path, "directory");
    if (place !== "free") return place === "folder";
    mkdirSync(placement.at(path), 0o700);
    tally.count("folders");
    restorer.addFolder(path, stat);
    const xattrs = await xattrsOf(path);
    if (xattrs !== undefined) restorer.addXattrs(path, xattrs);
    return true;
  }

  /** Gives whether the file is there now; what was in its way is not it. */
  async function makeFile(path: string, stat: FileStat): Promise<boolean> {
    if (take(path, "file") === undefined) return false;
    const xattrs = await xattrsOf(path);
    const file = { path, size: stat.size, target: placement.at(path), temporary: placement.temporaryFor(path) };
    let mode = stat.mode;
    const restore = (descriptor: number): void => {
      const setter = factsOfDescriptor(descriptor);
      if (xattrs === undefined) restorer.restore(setter, stat);
      else mode = restorer.restoreOwner(setter, stat);
    };
    await writeFileOf({ ...file, restore }, copiers.of(stat), tally.addBytes);
    if (xattrs !== undefined) {
      restorer.addXattrs(path, xattrs);
      restorer.addFile(path, mode, stat);
    }
    tally.count("files");
    return true;
  }

  /** Another name of a file that is there. */
  async function makeLink(path: string, target: string): Promise<void> {
    const place = take(path, "file");
    if (place === undefined) return;
    await placement.put(path, place, (file) => linkSync(placement.at(target), file));
    tally.count("files");
  }

  async function makeSymlink(path: string, stat: FileStat): Promise<void> {
    const target = await tree.readLink(path, signal);
    const place = take(path, "symlink");
    if (place === undefined) return;
    await placement.put(path, place, (file) => {
      symlinkSync(target.isWellFormed() ? target : Buffer.from(encodeName(target)), file);
      restorer.restore(factsOfSymlink(file), stat);
    });
    const xattrs = await xattrsOf(path);
    if (xattrs !== undefined) restorer.addXattrs(path, xattrs);
    tally.count("symlinks");
  }

  async function makeSpecial(path: string, stat: FileStat): Promise<void> {
    if (stat.type === "socket") return leaveOut(path, "a socket exists only while its program runs");
    if (!mayRunPrograms || process.platform === "win32") {
      return leaveOut(path, `only a program can make a ${typeNames[stat.type]}, and none may be started here`);
    }
    if (!isRoot && stat.type !== "fifo") return leaveOut(path, "only root can make devices");
    if (!path.isWellFormed()) return leaveOut(path, "a device or fifo cannot have a name that is not UTF-8 here");
    const place = take(path, stat.type);
    if (place === undefined) return;
    await placement.put(path, place, async (file) => {
      await makeSpecialFile(file.toString(), stat);
      restorer.restore(factsOfFile(file), stat);
    });
    tally.count("special");
  }

  async function makeFileOrLink(path: string, stat: FileStat): Promise<void> {
    const { identity } = stat;
    const first = identity === undefined ? undefined : firstNames.get(identity);
    if (first !== undefined) {
      const target = await first;
      if (target !== undefined) return await makeLink(path, target);
    }
    const work = makeFile(path, stat);
    if (identity !== undefined) {
      const whenThere = work.then(
        (isThere) => (isThere ? path : undefined),
        () => undefined,
      );
      firstNames.set(identity, whenThere);
    }
    await work;
  }

  return {
    makeFolder,
    async makeEntry(path, type) {
      const stat = await tree.stat(path, signal);
      if (type === "symlink") await makeSymlink(path, stat);
      else if (type === "file") await makeFileOrLink(path, stat);
      else await makeSpecial(path, stat);
    },
  };
}

const typeNames: Readonly<Record<FileType, string>> = {
  file: "file",
  directory: "folder",
  symlink: "symlink",
  char: "character device",
  block: "block device",
  fifo: "fifo",
  socket: "socket",
};
