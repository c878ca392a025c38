// Restores what extracted files have besides their content: owners, modes, times and extended attributes.
import { chmodSync, fchmodSync, fchownSync, futimesSync, lchownSync, lutimesSync, utimesSync } from "node:fs";
import type { FileStat } from "../tree/file-tree.ts";
import { type FileXattrs, setXattrs } from "./extract-programs.ts";
import { hostPath } from "./host-path.ts";
import { errorCode, ioReason } from "./io-error.ts";

/** Sets the facts of one file that was made; each operation throws what node throws. */
export interface FactSetter {
  setOwner(uid: number, gid: number): void;
  setMode(mode: number): void;
  setTimes(time: Date): void;
}

/** The process that extracts, as far as it decides what can be restored. */
export interface Extractor {
  /** Undefined where the system has no owners. */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly mayRunPrograms: boolean;
}

/** What cannot be restored is noted, never thrown: a file without its owner is better than no file. */
export interface Restorer {
  /** Restores owner, mode and times. */
  restore(setter: FactSetter, stat: FileStat): void;
  /**
   * Restores the owner alone, which comes first because it clears attributes and some bits of the mode; gives the mode that
   * the file may have then.
   */
  restoreOwner(setter: FactSetter, stat: FileStat): number;
  /** Keeps what a folder at `path` gets when nothing is written into it any more. */
  addFolder(path: string, stat: FileStat): void;
  /** Keeps the attributes that the entry at `path` gets at the end. */
  addXattrs(path: string, xattrs: ReadonlyMap<string, Uint8Array>): void;
  /** Keeps what a file with attributes and its owner gets after its attributes. */
  addFile(path: string, mode: number, stat: FileStat): void;
  /** Restores all that was kept, when all files are there; also after a failure, for those that are. */
  finish(): Promise<void>;
  /** What the files do not have that they have in the image, as `owners: only root can change them`. */
  notRestored(): string[];
}

/** Restores what is extracted to `folder`. */
export function createRestorer(folder: string, { uid, gid, mayRunPrograms }: Extractor): Restorer {
  const isRoot = uid === 0;
  const notes = new Set<string>();
  const folders: { readonly path: string; readonly stat: FileStat }[] = [];
  const withXattrs: FileXattrs[] = [];
  const files: { readonly path: string; readonly mode: number; readonly stat: FileStat }[] = [];

  /** Gives whether it worked. */
  function attempt(what: string, set: () => void, reasonOf: (error: unknown) => string = ioReason): boolean {
    try {
      set();
      return true;
    } catch (error) {
      notes.add(`${what}: ${reasonOf(error)}`);
      return false;
    }
  }

  /** Gives whether the file has its owner now. */
  function setOwner(setter: FactSetter, stat: FileStat): boolean {
    if (isRoot) return attempt("owners", () => setter.setOwner(stat.uid, stat.gid), reasonForOwner);
    if (uid !== undefined && (stat.uid !== uid || stat.gid !== gid)) notes.add("owners: only root can change them");
    return stat.uid === uid && stat.gid === gid;
  }

  function restoreOwner(setter: FactSetter, stat: FileStat): number {
    const hasOwner = setOwner(setter, stat);
    if (hasOwner || (stat.mode & setIdBits) === 0) return stat.mode;
    notes.add("setuid and setgid bits: the files do not have the owners of the image");
    return stat.mode & ~setIdBits;
  }

  function restoreRest(setter: FactSetter, mode: number, stat: FileStat): void {
    attempt("modes", () => setter.setMode(mode));
    attempt("times", () => setter.setTimes(timeOf(stat)));
  }

  function restore(setter: FactSetter, stat: FileStat): void {
    restoreRest(setter, restoreOwner(setter, stat), stat);
  }

  return {
    restore,
    restoreOwner,
    addFolder: (path, stat) => void folders.push({ path, stat }),
    addXattrs: (path, xattrs) => void withXattrs.push({ path, xattrs }),
    addFile: (path, mode, stat) => void files.push({ path, mode, stat }),
    async finish() {
      if (withXattrs.length > 0) {
        const fault = mayRunPrograms ? await setXattrs(folder, withXattrs) : "no program may be started";
        if (fault !== undefined) notes.add(`extended attributes: ${fault}`);
      }
      for (const { path, mode, stat } of files) restoreRest(factsOfFile(hostPath(folder, path)), mode, stat);
      // The inner ones first: what is done in a folder changes its time, and its mode may forbid it.
      for (const { path, stat } of folders.reverse()) restore(factsOfFile(hostPath(folder, path)), stat);
    },
    notRestored: () => [...notes],
  };
}

const setIdBits = 0o6000;

/** In a user namespace an ID without a mapping is not valid. */
function reasonForOwner(error: unknown): string {
  return errorCode(error) === "EINVAL"
    ? "this user namespace does not map all users and groups of the image"
    : ioReason(error);
}

/** Of an open file. */
export function factsOfDescriptor(descriptor: number): FactSetter {
  return {
    setOwner: (uid, gid) => fchownSync(descriptor, uid, gid),
    setMode: (mode) => fchmodSync(descriptor, mode),
    setTimes: (time) => futimesSync(descriptor, time, time),
  };
}

/** Of a folder, file or device that is no symlink. */
export function factsOfFile(file: string | Buffer): FactSetter {
  return {
    setOwner: (uid, gid) => lchownSync(file, uid, gid),
    setMode: (mode) => chmodSync(file, mode),
    setTimes: (time) => utimesSync(file, time, time),
  };
}

/** Of a symlink itself, whose mode means nothing. */
export function factsOfSymlink(link: string | Buffer): FactSetter {
  return {
    setOwner: (uid, gid) => lchownSync(link, uid, gid),
    setMode: () => undefined,
    setTimes: (time) => lutimesSync(link, time, time),
  };
}

/** A file's time as node takes it: it reads a negative number as "now". */
function timeOf({ mtime }: FileStat): Date {
  return new Date(mtime * 1000);
}
