// A FileTree from plain data.
import { ImageError } from "../bytes/image-error.ts";
import type { FileStat, FileTree, FileType } from "./file-tree.ts";
import { encodeName, sortNames } from "./names.ts";

/** A file, folder, symlink … with defaults for all that is left out. */
export interface MemoryFile {
  /** `symlink` where there is a target, else `file`. */
  readonly type?: FileType;
  readonly content?: string | Uint8Array;
  readonly target?: string;
  /** 0o755 for folders, 0o777 for symlinks, else 0o644. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
  readonly rdev?: number;
  readonly xattrs?: Readonly<Record<string, Uint8Array>>;
}

/** The files of a tree by path; the folders above them need not be named. `""` is the root. */
export type MemoryFiles = Readonly<Record<string, string | Uint8Array | MemoryFile>>;

interface MemoryNode {
  readonly file: MemoryFile;
  readonly children: Map<string, MemoryNode>;
}

export function memoryTree(files: MemoryFiles): FileTree {
  const root: MemoryNode = { file: { type: "directory" }, children: new Map() };
  const nodes = new Map([["", root]]);

  function folderNode(path: string): MemoryNode {
    return nodes.get(path) ?? addNode(path, { type: "directory" });
  }

  function addNode(path: string, file: MemoryFile): MemoryNode {
    const slash = path.lastIndexOf("/");
    const node = { file, children: nodes.get(path)?.children ?? new Map() };
    nodes.set(path, node);
    if (path !== "") folderNode(path.slice(0, Math.max(0, slash))).children.set(path.slice(slash + 1), node);
    return node;
  }

  for (const [path, given] of Object.entries(files)) {
    addNode(path, typeof given === "string" || given instanceof Uint8Array ? { content: given } : given);
  }

  function demand(path: string, type?: FileType): MemoryNode {
    const node = nodes.get(path);
    if (node === undefined) throw new ImageError("io", `cannot read "${path}": no such file or folder`);
    if (type !== undefined && typeOf(node.file) !== type) {
      throw new ImageError("io", `cannot read "${path}": it is a ${typeOf(node.file)}`);
    }
    return node;
  }

  return {
    async list(path) {
      const { children } = demand(path, "directory");
      return sortNames(Array.from(children, ([name, { file }]) => ({ name, type: typeOf(file) })));
    },
    async stat(path) {
      const node = demand(path);
      const folders = Array.from(node.children.values()).filter(({ file }) => typeOf(file) === "directory");
      return memoryStat(node.file, folders.length);
    },
    async read(path, offset, length) {
      return contentOf(demand(path, "file").file).slice(offset, offset + length);
    },
    async readLink(path) {
      return demand(path, "symlink").file.target ?? "";
    },
    async xattrs(path) {
      return new Map(Object.entries(demand(path).file.xattrs ?? {}));
    },
  };
}

function typeOf(file: MemoryFile): FileType {
  return file.type ?? (file.target === undefined ? "file" : "symlink");
}

function contentOf({ content = "" }: MemoryFile): Uint8Array {
  return typeof content === "string" ? encodeName(content) : content;
}

function memoryStat(file: MemoryFile, folders: number): FileStat {
  const type = typeOf(file);
  const defaultMode = type === "directory" ? 0o755 : type === "symlink" ? 0o777 : 0o644;
  return {
    type,
    mode: file.mode ?? defaultMode,
    uid: file.uid ?? 0,
    gid: file.gid ?? 0,
    size: type === "file" ? contentOf(file).length : type === "symlink" ? encodeName(file.target ?? "").length : 0,
    mtime: file.mtime ?? 0,
    nlink: type === "directory" ? folders + 2 : 1,
    ...(file.rdev === undefined ? {} : { rdev: file.rdev }),
  };
}
