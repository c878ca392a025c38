// A folder on the host as a FileTree.
import {
  type BigIntStats,
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
} from "node:fs";
import { open, readdir, readlink } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { ImageError } from "../bytes/image-error.ts";
import type { FileStat, FileTree, FileType, TreeEntry } from "../tree/file-tree.ts";
import { decodeName, sortNames } from "../tree/names.ts";
import { hostPath } from "./host-path.ts";
import { errorCode, ioError } from "./io-error.ts";

export interface HostFolderOptions {
  /** Extended attributes by path, for files that have some; left out where nobody could read them. */
  readonly xattrs?: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
  /** Whether the host knows executable files by their mode; false on Windows, where they are told by place and content. */
  readonly executableBits?: boolean;
}

/** How many files are asked for their facts before others get a turn on the event loop. */
const statsPerTurn = 256;

/** Bytes up to which a read is synchronous, for the same reason: a tree has thousands of files whose beginnings are read. */
const shortRead = 16 * 1024;

const noXattrs: ReadonlyMap<string, Uint8Array> = new Map();

/** The folder at `folder` (an absolute path) with all that is in it. */
export function hostFolder(folder: string, options: HostFolderOptions = {}): FileTree {
  const executableBits = options.executableBits ?? process.platform !== "win32";
  let stats = 0;

  return {
    async list(path, signal) {
      signal?.throwIfAborted();
      try {
        return await listFolder(hostPath(folder, path));
      } catch (error) {
        throw ioError(`cannot read the folder "${path}"`, error);
      }
    },

    async stat(path, signal) {
      if (++stats % statsPerTurn === 0) {
        await setImmediate();
        signal?.throwIfAborted();
      }
      const host = hostPath(folder, path);
      try {
        // Synchronous: a trip through node's thread pool costs ten times the call itself.
        const found = lstatSync(host);
        const identity = found.nlink > 1 && !found.isDirectory() ? fileIdentity(host) : undefined;
        const mode = executableBits ? found.mode & 0o7777 : modeWithoutBits(found, path, host);
        return { ...plainStat(found), mode, ...(identity === undefined ? {} : { identity }) };
      } catch (error) {
        throw ioError(`cannot read "${path}"`, error);
      }
    },

    async read(path, offset, length, signal) {
      signal?.throwIfAborted();
      try {
        if (length <= shortRead) return readAtOnce(hostPath(folder, path), offset, length);
        const file = await open(hostPath(folder, path), withoutWaiting);
        try {
          const found = await file.stat();
          if (!found.isFile()) throw new ImageError("io", `it is a ${typeOf(found)}`);
          const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, found.size - offset)));
          let filled = 0;
          while (filled < buffer.length) {
            const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, offset + filled);
            if (bytesRead === 0) break;
            filled += bytesRead;
          }
          return buffer.subarray(0, filled);
        } finally {
          await file.close();
        }
      } catch (error) {
        throw ioError(`cannot read "${path}"`, error);
      }
    },

    async readLink(path, signal) {
      signal?.throwIfAborted();
      try {
        const target = decodeName(await readlink(hostPath(folder, path), { encoding: "buffer" }));
        return process.platform === "win32" ? target.replaceAll("\\", "/") : target;
      } catch (error) {
        throw ioError(`cannot read the symlink "${path}"`, error);
      }
    },

    async xattrs(path) {
      return options.xattrs === undefined ? undefined : (options.xattrs.get(path) ?? noXattrs);
    },
  };
}

/** A FIFO, to which a symlink may lead as well, would keep its reader waiting for ever. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function readAtOnce(host: string | Buffer, offset: number, length: number): Buffer {
  const file = openSync(host, withoutWaiting);
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new ImageError("io", `it is a ${typeOf(found)}`);
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, found.size - offset)));
    let filled = 0;
    while (filled < buffer.length) {
      const bytesRead = readSync(file, buffer, filled, buffer.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

async function listFolder(host: string | Buffer): Promise<TreeEntry[]> {
  const entries = await readNames(host);
  // node shows bytes that are not UTF-8 as U+FFFD; only then is the slower reading by bytes worth it.
  const isOdd = entries === undefined || entries.some((entry) => entry.name.includes("\ufffd"));
  const named: TreeEntry[] = isOdd
    ? (await readdir(host, { withFileTypes: true, encoding: "buffer" })).map((entry) => ({
        name: decodeName(entry.name),
        type: typeOf(entry),
      }))
    : entries.map((entry) => ({ name: entry.name, type: typeOf(entry) }));
  return sortNames(named);
}

/** Undefined where node finds no file of a name that it has read: one with odd bytes, on a file system that tells no types. */
async function readNames(host: string | Buffer): Promise<Dirent[] | undefined> {
  try {
    return await readdir(host, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The part of node's Stats and Dirent that tells the type. */
interface TypeFlags {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
  isCharacterDevice(): boolean;
  isBlockDevice(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

function typeOf(entry: TypeFlags): FileType {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  if (entry.isSymbolicLink()) return "symlink";
  if (entry.isCharacterDevice()) return "char";
  if (entry.isBlockDevice()) return "block";
  if (entry.isFIFO()) return "fifo";
  if (entry.isSocket()) return "socket";
  throw new ImageError("unsupported", "it is not a file, folder, symlink, device, fifo or socket");
}

function plainStat(found: Stats): FileStat {
  const type = typeOf(found);
  return {
    type,
    mode: found.mode & 0o7777,
    uid: found.uid,
    gid: found.gid,
    size: type === "file" || type === "symlink" ? found.size : 0,
    mtime: Math.floor(found.mtimeMs / 1000),
    nlink: found.nlink,
    ...(type === "char" || type === "block" ? { rdev: found.rdev } : {}),
  };
}

/** Device and inode number, exact also where they do not fit a number. */
function fileIdentity(host: string | Buffer): string {
  const found: BigIntStats = lstatSync(host, { bigint: true });
  return `${found.dev}:${found.ino}`;
}

/** Modes for a host whose file system keeps none: what programs and folders need, nothing more. */
function modeWithoutBits(found: Stats, path: string, host: string | Buffer): number {
  if (found.isDirectory()) return 0o755;
  if (found.isSymbolicLink()) return 0o777;
  return isProgramPath(path) || (found.isFile() && startsLikeProgram(host)) ? 0o755 : 0o644;
}

function isProgramPath(path: string): boolean {
  return /(^|\/)(bin|sbin|libexec)\/[^/]+$/.test(path);
}

function startsLikeProgram(host: string | Buffer): boolean {
  const file = openSync(host, "r");
  try {
    const start = Buffer.alloc(4);
    readSync(file, start, 0, 4, 0);
    return start.toString("latin1") === "\x7fELF" || start.toString("latin1", 0, 2) === "#!";
  } finally {
    closeSync(file);
  }
}
