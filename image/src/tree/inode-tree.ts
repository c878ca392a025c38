// A file system of inodes as a FileTree: finds files by their paths, keeps folders that were looked at, and notices loops.
import type { CancelSignal } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { loadCache } from "../bytes/load-cache.ts";
import type { FileStat, FileTree, FileType, StatEntry } from "./file-tree.ts";

/** A name in a folder of a file system, with the place of its inode. */
export interface InodeEntry<Place> {
  readonly name: string;
  readonly type: FileType;
  readonly inode: Place;
}

/** What every file system tells of an inode. */
export interface AnyInode {
  readonly type: FileType;
}

/** The inode of one type. */
export type InodeOf<Inode extends AnyInode, Type extends FileType> = Extract<Inode, { readonly type: Type }>;

/** A file system, as its format's reader knows it. `Place` is where an inode lies. */
export interface InodeFileSystem<Place, Inode extends AnyInode> {
  readonly root: Place;
  /** Different for two inodes. */
  keyOf(place: Place): string;
  /** Where an inode lies in the image, for errors; undefined where that is not one place. */
  offsetOf(place: Place): number | undefined;
  readInode(place: Place): Promise<Inode>;
  /** All entries of a folder by name in the order of their names' bytes, without `.` and `..`. */
  readDirectory(inode: InodeOf<Inode, "directory">): Promise<ReadonlyMap<string, InodeEntry<Place>>>;
  /** One entry of a folder that is better not read whole for it; undefined where it is. */
  findEntry?(inode: InodeOf<Inode, "directory">, name: string): Promise<InodeEntry<Place> | undefined> | undefined;
  stat(inode: Inode): Promise<FileStat>;
  /** What `stat` tells of the inode at a place, where that takes no waiting; undefined where it does. */
  statNow?(place: Place): FileStat | undefined;
  sizeOf(inode: InodeOf<Inode, "file">): number;
  /** As `FileTree.read`; `offset` and `length` lie in the file. */
  read(inode: InodeOf<Inode, "file">, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array>;
  readLink(inode: InodeOf<Inode, "symlink">): Promise<string>;
  xattrs(inode: Inode): Promise<ReadonlyMap<string, Uint8Array>>;
  /** As `FileTree.storedSize`. */
  storedSize(inode: InodeOf<Inode, "file">, signal?: CancelSignal): Promise<number>;
}

/** No file that a person looks at or a program copies in ranges needs more at once; a size that is a lie takes no memory. */
const maxReadLength = 2 ** 30;
/** Names of the folders whose entries are kept. */
const keptEntries = 131_072;
const keptFolders = 8192;

interface Folder<Directory> {
  readonly inode: Directory;
  /** The same for all paths of one directory inode. */
  readonly key: string;
}

/** Makes the tree of a file system. Its methods throw what the file system throws, and `corrupt` for folders in two places. */
export function inodeTree<Place, Inode extends AnyInode>(system: InodeFileSystem<Place, Inode>): FileTree {
  type Directory = InodeOf<Inode, "directory">;
  type Entry = InodeEntry<Place>;

  const folders = loadCache<string, Folder<Directory>>(keptFolders, () => 1);
  const entries = loadCache<string, ReadonlyMap<string, Entry>>(keptEntries, (names) => names.size);
  /** The one name that every directory inode has. A second one means that folders lie inside themselves or share children. */
  const names = new Map<string, string>();

  async function openFolder(place: Place, name: string): Promise<Folder<Directory>> {
    const key = system.keyOf(place);
    const known = names.get(key);
    if (known !== undefined && known !== name)
      throw damaged("a folder has more than one parent folder", system.offsetOf(place));
    const inode = await system.readInode(place);
    if (!isOfType(inode, "directory")) {
      throw damaged(`a folder's inode is that of a ${inode.type}`, system.offsetOf(place));
    }
    names.set(key, name);
    return { inode, key };
  }

  function root(): Promise<Folder<Directory>> {
    return folders.get("", () => openFolder(system.root, "/"));
  }

  function entriesOf(folder: Folder<Directory>): Promise<ReadonlyMap<string, Entry>> {
    return entries.get(folder.key, () => system.readDirectory(folder.inode));
  }

  async function lookUp(folder: Folder<Directory>, name: string): Promise<Entry | undefined> {
    const known = entries.peek(folder.key);
    if (known !== undefined) return known.get(name);
    const found = system.findEntry?.(folder.inode, name);
    return found === undefined ? (await entriesOf(folder)).get(name) : await found;
  }

  /** The folder at `path`; undefined when there is nothing, or something else. */
  async function folderAt(path: string, signal: CancelSignal | undefined): Promise<Folder<Directory> | undefined> {
    const known = folders.peek(path);
    if (known !== undefined) return known;
    let folder = await root();
    if (path === "") return folder;
    for (let at = 0; at <= path.length; ) {
      signal?.throwIfAborted();
      const slash = path.indexOf("/", at);
      const end = slash < 0 ? path.length : slash;
      const upTo = path.slice(0, end);
      let next = folders.peek(upTo);
      if (next === undefined) {
        const name = path.slice(at, end);
        const entry = await lookUp(folder, name);
        if (entry?.type !== "directory") return undefined;
        const parent = folder.key;
        next = await folders.get(upTo, () => openFolder(entry.inode, `${parent}/${name}`));
      }
      folder = next;
      at = end + 1;
    }
    return folder;
  }

  async function inodeAt(path: string, signal: CancelSignal | undefined): Promise<Inode | undefined> {
    signal?.throwIfAborted();
    if (path === "") return (await root()).inode;
    const slash = path.lastIndexOf("/");
    if (slash === 0) return undefined; // no name is empty
    const folder = await folderAt(path.slice(0, Math.max(0, slash)), signal);
    const entry = folder && (await lookUp(folder, path.slice(slash + 1)));
    if (entry === undefined) return undefined;
    const inode = await system.readInode(entry.inode);
    if (inode.type !== entry.type) {
      throw damaged(`an entry says ${entry.type} and its inode ${inode.type}`, system.offsetOf(entry.inode));
    }
    return inode;
  }

  /** Listing a large tree with all facts would wait some ten times for each file that is there already. */
  function statNow(path: string): FileStat | undefined {
    const slash = path.lastIndexOf("/");
    const folder = path === "" || slash === 0 ? undefined : folders.peek(path.slice(0, Math.max(0, slash)));
    const entry = folder && entries.peek(folder.key)?.get(path.slice(slash + 1));
    return entry && statOfEntryNow(entry);
  }

  function statOfEntryNow({ inode, type }: Entry): FileStat | undefined {
    try {
      const stat = system.statNow?.(inode);
      return stat?.type === type ? stat : undefined;
    } catch {
      return undefined; // the longer way says what is wrong
    }
  }

  /** The error for a path at which there is no folder. */
  async function noFolder(path: string, signal: CancelSignal | undefined): Promise<ImageError> {
    const task = `cannot read the folder "${path}"`;
    await demand(path, "directory", task, signal);
    return notThere(task);
  }

  async function statLater(path: string, signal: CancelSignal | undefined): Promise<FileStat> {
    const inode = await inodeAt(path, signal);
    if (inode === undefined) throw notThere(`cannot read "${path}"`);
    return system.stat(inode);
  }

  async function demand<Type extends FileType>(
    path: string,
    type: Type,
    task: string,
    signal: CancelSignal | undefined,
  ): Promise<InodeOf<Inode, Type>> {
    const inode = await inodeAt(path, signal);
    if (inode === undefined) throw notThere(task);
    if (!isOfType(inode, type)) throw new ImageError("io", `${task}: it is ${articles[inode.type]}`);
    return inode;
  }

  return {
    async list(path, signal) {
      signal?.throwIfAborted();
      const folder = await folderAt(path, signal);
      if (folder === undefined) throw await noFolder(path, signal);
      return Array.from((await entriesOf(folder)).values(), ({ name, type }) => ({ name, type }));
    },

    async listWithStats(path, signal) {
      signal?.throwIfAborted();
      const folder = await folderAt(path, signal);
      if (folder === undefined) throw await noFolder(path, signal);
      const prefix = path === "" ? "" : `${path}/`;
      const all: StatEntry[] = [];
      for (const entry of (await entriesOf(folder)).values()) {
        const { name, type } = entry;
        all.push({ name, type, stat: statOfEntryNow(entry) ?? (await statLater(prefix + name, signal)) });
      }
      return all;
    },

    stat(path, signal) {
      const now = signal?.aborted === true ? undefined : statNow(path);
      return now === undefined ? statLater(path, signal) : Promise.resolve(now);
    },

    async read(path, offset, length, signal) {
      const inode = await demand(path, "file", `cannot read "${path}"`, signal);
      const from = Math.min(offset, system.sizeOf(inode));
      const wanted = Math.min(length, system.sizeOf(inode) - from);
      if (wanted > maxReadLength) {
        throw new ImageError("unsupported", "more than 1 GiB of a file was requested at once; read it in parts");
      }
      return wanted <= 0 ? new Uint8Array(0) : system.read(inode, from, wanted, signal);
    },

    async readLink(path, signal) {
      return system.readLink(await demand(path, "symlink", `cannot read the symlink "${path}"`, signal));
    },

    async xattrs(path, signal) {
      const inode = await inodeAt(path, signal);
      if (inode === undefined) throw notThere(`cannot read the attributes of "${path}"`);
      return system.xattrs(inode);
    },

    async storedSize(path, signal) {
      const inode = await inodeAt(path, signal);
      if (inode === undefined) throw notThere(`cannot read "${path}"`);
      return isOfType(inode, "file") ? await system.storedSize(inode, signal) : 0;
    },
  };
}

const articles: Readonly<Record<FileType, string>> = {
  file: "a file",
  directory: "a folder",
  symlink: "a symlink",
  char: "a device",
  block: "a device",
  fifo: "a fifo",
  socket: "a socket",
};

function isOfType<Inode extends AnyInode, Type extends FileType>(
  inode: Inode,
  type: Type,
): inode is InodeOf<Inode, Type> {
  return inode.type === type;
}

function notThere(task: string): ImageError {
  return new ImageError("io", `${task}: no such file or folder`);
}
