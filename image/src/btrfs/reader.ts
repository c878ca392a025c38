// A btrfs file system as a FileTree: its default subvolume, with the others where they are mounted in it.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { pageSource } from "../bytes/page-source.ts";
import { readExact } from "../bytes/read-exact.ts";
import { readUint64 } from "../bytes/record.ts";
import type { Decompressors } from "../codec/codec.ts";
import type { ImageReader, OpenImage } from "../image-reader.ts";
import type { FileTree } from "../tree/file-tree.ts";
import { entriesByName, impossibleName, isDots, isEntryName, statOfInode } from "../tree/inode-facts.ts";
import { type InodeEntry, inodeTree } from "../tree/inode-tree.ts";
import { decodeName } from "../tree/names.ts";
import { addSystemChunks, chunkMap } from "./chunks.ts";
import { parseDirectoryItems } from "./directory.ts";
import { type FileData, fileData } from "./file-data.ts";
import { type Inode, type InodePlace, itemsOf, readInode } from "./inode.ts";
import { itemTypes, type Key, objects } from "./key.ts";
import { parseSuperblock, SUPERBLOCK_OFFSET, SUPERBLOCK_SIZE, type Superblock } from "./superblock.ts";
import { type TreeReader, treeReader } from "./tree.ts";

const maxTargetSize = 65_536;
const rootAddressOffset = 176;
const rootFolderOffset = 168;
const maxObject = 2 ** 64;

export const btrfsReader: ImageReader = {
  class: "file-system",
  kind: "btrfs",
  title: "btrfs",
  signatures: [{ kind: "btrfs", offset: 65600, bytes: "_BHRfS_M", name: "a btrfs file system" }],
  endings: ["btrfs"],
  open: (source, { decompressors }) => openBtrfs(source, decompressors),
};

/** Opens the file system in `source`; throws `corrupt` or `unsupported`. */
async function openBtrfs(source: ByteSource, decompressors: Decompressors): Promise<OpenImage> {
  const paged = pageSource(source);
  if (source.size < SUPERBLOCK_OFFSET + SUPERBLOCK_SIZE) throw damaged("it is truncated inside its superblock");
  const superblock = parseSuperblock(await readExact(paged, SUPERBLOCK_OFFSET, SUPERBLOCK_SIZE), source.size);
  const chunks = chunkMap();
  addSystemChunks(chunks, superblock.chunkBytes);
  const trees = treeReader(paged, chunks, superblock.nodeSize);
  const everything = [
    { object: 0, type: 0, offset: 0 },
    { object: maxObject, type: 0, offset: 0 },
  ] as const;
  for await (const { key, data } of trees.range(superblock.chunkTree, ...everything)) {
    if (key.type === itemTypes.chunk) chunks.add(key.offset, data);
  }
  const root = await defaultSubvolume(trees, superblock);
  const data = fileData({ source, trees, chunks, sectorSize: superblock.sectorSize, decompressors });
  const tree = btrfsTree(trees, superblock, root, data);
  await tree.stat("");
  const { sectorSize, totalBytes, logTree } = superblock;
  return {
    format: "btrfs",
    tree,
    facts: {
      compression: "by file",
      blockSize: sectorSize,
      bytesUsed: totalBytes,
      ...(logTree === 0 ? {} : { warning: "its log tree has changes that are not shown here; mount it once" }),
    },
  };
}

/** The root folder of the subvolume that is mounted when none is named. */
async function defaultSubvolume(trees: TreeReader, superblock: Superblock): Promise<InodePlace> {
  const from = { object: objects.rootDirectory, type: itemTypes.directoryItem, offset: 0 };
  const to = { ...from, type: itemTypes.directoryItem + 1 };
  for await (const { data } of trees.range(superblock.rootTree, from, to)) {
    const named = parseDirectoryItems(data).find(({ name }) => name === "default");
    if (named !== undefined) return await subvolume(trees, superblock, named.location.object);
  }
  return await subvolume(trees, superblock, objects.fileTree);
}

/** The root folder of a subvolume by the number of its tree. */
async function subvolume(trees: TreeReader, { rootTree }: Superblock, tree: number): Promise<InodePlace> {
  const from: Key = { object: tree, type: itemTypes.root, offset: 0 };
  const item = await trees.first(rootTree, from, { ...from, type: itemTypes.root + 1 });
  if (item === undefined || item.data.length < rootAddressOffset + 8) throw damaged(`it has no subvolume ${tree}`);
  const view = new DataView(item.data.buffer, item.data.byteOffset, item.data.length);
  const folder = readUint64(view, rootFolderOffset);
  return { tree, root: readUint64(view, rootAddressOffset), number: folder === 0 ? objects.firstFolder : folder };
}

function btrfsTree(trees: TreeReader, superblock: Superblock, root: InodePlace, content: FileData): FileTree {
  async function entryOf(folder: InodePlace, data: Uint8Array): Promise<InodeEntry<InodePlace>> {
    const [entry] = parseDirectoryItems(data);
    const { type, name, location } = entry ?? {};
    if (type === undefined || location === undefined || name === undefined) {
      throw damaged("a folder has an entry that is not valid");
    }
    if (!isEntryName(name) || isDots(name)) throw impossibleName(name);
    const inode =
      location.type === itemTypes.root
        ? await subvolume(trees, superblock, location.object)
        : { ...folder, number: location.object };
    return { name, type, inode };
  }

  return inodeTree<InodePlace, Inode>({
    root,
    keyOf,
    offsetOf: () => undefined,
    readInode: (place) => readInode(trees, place),
    async readDirectory({ place }) {
      const entries: InodeEntry<InodePlace>[] = [];
      for await (const { data } of itemsOf(trees, place, itemTypes.directoryIndex))
        entries.push(await entryOf(place, data));
      return entriesByName(entries);
    },
    // A folder counts one link here, where others count one for each folder in it as well.
    stat: async (inode) => statOfInode(inode, () => keyOf(inode.place), inode.rdev),
    sizeOf: ({ size }) => size,
    read: content.read,
    storedSize: content.storedSize,
    async readLink(inode) {
      if (inode.size > maxTargetSize) throw damaged(`a symlink has ${inode.size} bytes`);
      return decodeName(await content.read(inode, 0, inode.size));
    },
    async xattrs({ place }) {
      const found = new Map<string, Uint8Array>();
      for await (const { data } of itemsOf(trees, place, itemTypes.xattr)) {
        for (const { name, data: value } of parseDirectoryItems(data)) found.set(name, value);
      }
      return found;
    },
  });
}

function keyOf({ tree, number }: InodePlace): string {
  return `${tree}:${number}`;
}
