// A squashfs image as a FileTree: opens it, finds files by their paths, and reads what is asked for and no more.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { loadCache } from "../bytes/load-cache.ts";
import { pageSource } from "../bytes/page-source.ts";
import { readExact } from "../bytes/read-exact.ts";
import type { Decompressors } from "../codec/codec.ts";
import type { OpenImage } from "../open-image.ts";
import type { FileStat, FileTree, FileType } from "../tree/file-tree.ts";
import { decodeName } from "../tree/names.ts";
import { blockUnpacker } from "./block-unpacker.ts";
import { dataReader } from "./data-reader.ts";
import { type DirectoryEntry, findEntry, readDirectory } from "./directory.ts";
import { fragmentTable } from "./fragment-table.ts";
import { idTable } from "./id-table.ts";
import { type DirectoryInode, type Inode, readInode } from "./inode-reader.ts";
import { metadataBlocks, metadataReader } from "./metadata-reader.ts";
import type { MetadataPosition } from "./metadata-writer.ts";
import { parseSuperblock, SUPERBLOCK_SIZE, type Superblock, superblockFlags } from "./superblock.ts";
import { metadataPosition, xattrTable } from "./xattr-table.ts";

/** Names of the folders whose entries are kept. */
const keptEntries = 131_072;
const keptFolders = 8192;
/** Longer listings are not read whole for one name when they have an index. */
const longListing = 64 * 1024;

interface Folder {
  readonly inode: DirectoryInode;
  /** The same for all paths of one directory inode. */
  readonly key: string;
}

/** Opens the squashfs image in `source`; throws `corrupt` or `unsupported`. */
export async function openSquashfs(source: ByteSource, decompressors: Decompressors): Promise<OpenImage> {
  const paged = pageSource(source);
  const start = await readExact(paged, 0, Math.min(SUPERBLOCK_SIZE, source.size));
  const superblock = parseSuperblock(start, source.size);
  const isPlain = hasNoCompression(superblock);
  const decompress = decompressors[superblock.compression];
  if (decompress === undefined && !isPlain) throw missingDecompressor(superblock);

  const tree = squashfsTree(source, paged, superblock, decompressors);
  await tree.stat("");
  return {
    format: "squashfs",
    tree,
    facts: {
      compression: isPlain ? "none" : superblock.compression,
      blockSize: superblock.blockSize,
      inodes: superblock.inodeCount,
      created: superblock.created,
      bytesUsed: superblock.bytesUsed,
    },
  };
}

function hasNoCompression({ flags }: Superblock): boolean {
  const all =
    superblockFlags.inodesUncompressed | superblockFlags.dataUncompressed | superblockFlags.fragmentsUncompressed;
  return (flags & all) === all;
}

function missingDecompressor({ compression }: Superblock): ImageError {
  return new ImageError(
    "unsupported",
    `it is compressed with ${compression}, which this version of node cannot unpack; use node 22.15 or newer`,
  );
}

/** `paged` reads the same bytes as `source`, through a cache. */
function squashfsTree(
  source: ByteSource,
  paged: ByteSource,
  superblock: Superblock,
  decompressors: Decompressors,
): FileTree {
  const unpack = blockUnpacker(decompressors[superblock.compression]);
  const load = metadataBlocks(paged, unpack);
  const inodes = metadataReader(load, superblock.inodeTable, superblock.directoryTable);
  const listings = metadataReader(load, superblock.directoryTable, superblock.bytesUsed);
  const readId = idTable(paged, load, superblock);
  const readXattrs = xattrTable(paged, load, superblock);
  const readFragment = fragmentTable(paged, load, superblock);
  const readData = dataReader({ source, unpack, inodes, readFragment, blockSize: superblock.blockSize });

  const folders = loadCache<string, Folder>(keptFolders, () => 1);
  const entries = loadCache<string, ReadonlyMap<string, DirectoryEntry>>(keptEntries, (names) => names.size);
  /** The one name that every directory inode has. A second one means that folders lie inside themselves or share children. */
  const names = new Map<string, string>();

  async function openFolder(place: MetadataPosition, name: string): Promise<Folder> {
    const key = `${place.block}:${place.offset}`;
    const known = names.get(key);
    if (known !== undefined && known !== name) throw damaged("a folder is in two places", inodes.imageOffset(place));
    const inode = await readInode(inodes, place);
    if (inode.type !== "directory") {
      throw damaged(`a folder's inode is that of a ${inode.type}`, inodes.imageOffset(place));
    }
    names.set(key, name);
    return { inode, key };
  }

  function root(): Promise<Folder> {
    return folders.get("", () => openFolder(metadataPosition(superblock.rootInode), "/"));
  }

  function entriesOf(folder: Folder): Promise<ReadonlyMap<string, DirectoryEntry>> {
    return entries.get(folder.key, () => readDirectory(listings, folder.inode));
  }

  async function lookUp(folder: Folder, name: string): Promise<DirectoryEntry | undefined> {
    const known = entries.peek(folder.key);
    if (known !== undefined) return known.get(name);
    const { inode } = folder;
    if (inode.listingSize > longListing && inode.indexCount > 0) return findEntry(inodes, listings, inode, name);
    return (await entriesOf(folder)).get(name);
  }

  /** The folder at `path`; undefined when there is nothing, or something else. */
  async function folderAt(path: string, signal: CancelSignal | undefined): Promise<Folder | undefined> {
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
    const inode = await readInode(inodes, entry.inode);
    if (inode.type !== entry.type) {
      throw damaged(`an entry says ${entry.type} and its inode ${inode.type}`, inodes.imageOffset(entry.inode));
    }
    return inode;
  }

  async function demand<Type extends FileType>(
    path: string,
    type: Type,
    task: string,
    signal: CancelSignal | undefined,
  ): Promise<Extract<Inode, { type: Type }>> {
    const inode = await inodeAt(path, signal);
    if (inode === undefined) throw notThere(task);
    if (!isOfType(inode, type)) throw new ImageError("io", `${task}: it is ${articles[inode.type]}`);
    return inode;
  }

  return {
    async list(path, signal) {
      signal?.throwIfAborted();
      const folder = await folderAt(path, signal);
      if (folder === undefined) {
        const task = `cannot read the folder "${path}"`;
        await demand(path, "directory", task, signal);
        throw notThere(task);
      }
      return Array.from((await entriesOf(folder)).values(), ({ name, type }) => ({ name, type }));
    },

    async stat(path, signal) {
      const inode = await inodeAt(path, signal);
      if (inode === undefined) throw notThere(`cannot read "${path}"`);
      const [uid, gid] = await Promise.all([readId(inode.uidIndex), readId(inode.gidIndex)]);
      return fileStat(inode, uid, gid);
    },

    async read(path, offset, length, signal) {
      const inode = await demand(path, "file", `cannot read "${path}"`, signal);
      return readData(inode, offset, length, signal);
    },

    async readLink(path, signal) {
      const inode = await demand(path, "symlink", `cannot read the symlink "${path}"`, signal);
      return decodeName(inode.target);
    },

    async xattrs(path, signal) {
      const inode = await inodeAt(path, signal);
      if (inode === undefined) throw notThere(`cannot read the attributes of "${path}"`);
      return inode.xattrs === undefined ? new Map() : readXattrs(inode.xattrs);
    },
  };
}

function fileStat(inode: Inode, uid: number, gid: number): FileStat {
  const { type, mode, mtime, nlink, place } = inode;
  return {
    type,
    mode,
    uid,
    gid,
    size: type === "file" ? inode.size : type === "symlink" ? inode.target.length : 0,
    mtime,
    nlink,
    ...(nlink > 1 && type !== "directory" ? { identity: `${place.block}:${place.offset}` } : {}),
    ...(type === "char" || type === "block" ? { rdev: inode.rdev } : {}),
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

function isOfType<Type extends FileType>(inode: Inode, type: Type): inode is Extract<Inode, { type: Type }> {
  return inode.type === type;
}

function notThere(task: string): ImageError {
  return new ImageError("io", `${task}: no such file or folder`);
}
