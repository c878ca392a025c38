// An ext2, ext3 or ext4 file system as a FileTree: opens it, and reads what is asked for and no more.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { pageSource } from "../bytes/page-source.ts";
import { readExact } from "../bytes/read-exact.ts";
import type { ImageReader, OpenImage } from "../image-reader.ts";
import type { FileTree } from "../tree/file-tree.ts";
import { entriesByName, statOfInode } from "../tree/inode-facts.ts";
import { type InodeEntry, inodeTree } from "../tree/inode-tree.ts";
import { decodeName } from "../tree/names.ts";
import { readBlocks } from "./block-map.ts";
import { parseEntries } from "./directory.ts";
import { type Inode, inodeFlags, MAP_SIZE, ROOT_INODE, readInode, refuseEncrypted } from "./inode.ts";
import { features, parseSuperblock, SUPERBLOCK_OFFSET, SUPERBLOCK_SIZE, type Superblock } from "./superblock.ts";
import { parseXattrs, type RawXattr } from "./xattrs.ts";

const maxDirectorySize = 256 << 20;
const maxTargetSize = 65_536;
/** The attribute that holds what of a file does not fit into its inode's map; it is none that anybody set. */
const inlineAttribute = "system.data";
/** In front of the entries of a folder in its inode: the number of the folder above. */
const inlineParentSize = 4;

export const extReader: ImageReader = {
  class: "file-system",
  kind: "ext",
  title: "ext4",
  signatures: [{ kind: "ext", offset: SUPERBLOCK_OFFSET + 56, bytes: "\x53\xef", name: "an ext2 file system" }],
  endings: ["ext4", "ext3", "ext2"],
  nameOf: (head) => `an ${versionOf(head)} file system`,
  open: (source) => openExt(source),
};

/** Which of the ext file systems, by the features that each of them brought. */
function versionOf(head: Uint8Array): string {
  const superblock = new DataView(head.buffer, head.byteOffset + SUPERBLOCK_OFFSET, head.length - SUPERBLOCK_OFFSET);
  if (superblock.byteLength < 104) return "ext2";
  const hasJournal = (superblock.getUint32(92, true) & 0x4) !== 0;
  const incompatible = superblock.getUint32(96, true);
  const isFourth = (incompatible & ~0x1f) !== 0; // extents, 64bit, flex_bg …
  return isFourth ? "ext4" : hasJournal ? "ext3" : "ext2";
}

/** Opens the file system in `source`; throws `corrupt` or `unsupported`. */
async function openExt(source: ByteSource): Promise<OpenImage> {
  const paged = pageSource(source);
  if (source.size < SUPERBLOCK_OFFSET + SUPERBLOCK_SIZE) throw damaged("it is truncated inside its superblock");
  const superblock = parseSuperblock(await readExact(paged, SUPERBLOCK_OFFSET, SUPERBLOCK_SIZE), source.size);
  const tree = extTree(source, paged, superblock);
  await tree.stat("");
  const { version, blockSize, inodes, freeInodes, blocks, created, needsRecovery } = superblock;
  return {
    format: version,
    tree,
    facts: {
      compression: "none",
      blockSize,
      inodes: inodes - freeInodes,
      created,
      bytesUsed: blocks * blockSize,
      ...(needsRecovery
        ? { warning: "its journal has changes that are not shown here; mount it once, or run e2fsck" }
        : {}),
    },
  };
}

function extTree(source: ByteSource, paged: ByteSource, superblock: Superblock): FileTree {
  const parts = { source, paged, superblock };
  const { blockSize, incompatible } = superblock;
  const hasTypes = (incompatible & features.fileType) !== 0;

  async function readContent(inode: Inode, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array> {
    refuseEncrypted(inode);
    if ((inode.flags & inodeFlags.inlineData) === 0) return await readBlocks(parts, inode, offset, length, signal);
    const content = new Uint8Array(length);
    content.set((await inlineContent(inode)).subarray(offset, offset + length));
    return content;
  }

  /** A file in its inode: the map's room, then an attribute. What its size has beyond them is zeros, as for the kernel. */
  async function inlineContent(inode: Inode): Promise<Uint8Array> {
    const content = new Uint8Array(Math.max(MAP_SIZE, Math.min(inode.size, MAP_SIZE + blockSize)));
    content.set(inode.map);
    const rest = parseXattrs(inode.ownXattrs, "inode", inode.position).find(({ name }) => name === inlineAttribute);
    if (rest?.value instanceof Uint8Array) content.set(rest.value.subarray(0, content.length - MAP_SIZE), MAP_SIZE);
    return content.subarray(0, inode.size);
  }

  async function readWhole(inode: Inode, most: number): Promise<Uint8Array> {
    if (inode.size > most) throw damaged(`a ${inode.type} has ${inode.size} bytes`, inode.position);
    return await readContent(inode, 0, inode.size);
  }

  /** The blocks of a folder, or the two parts of one that is in its inode. */
  async function blocksOf(inode: Inode): Promise<Uint8Array[]> {
    if ((inode.flags & inodeFlags.inlineData) !== 0) {
      const content = await inlineContent(inode);
      return [content.subarray(inlineParentSize, MAP_SIZE), content.subarray(MAP_SIZE)];
    }
    const content = await readWhole(inode, maxDirectorySize);
    const blocks: Uint8Array[] = [];
    for (let at = 0; at < content.length; at += blockSize) blocks.push(content.subarray(at, at + blockSize));
    return blocks;
  }

  async function readValue({ value }: RawXattr): Promise<Uint8Array> {
    if (value instanceof Uint8Array) return value;
    const inode = await readInode(paged, superblock, value.inode);
    if (inode.size < value.size) throw damaged("the inode of an extended attribute is too short", inode.position);
    return await readContent(inode, 0, value.size);
  }

  return inodeTree<number, Inode>({
    root: ROOT_INODE,
    keyOf: String,
    offsetOf: () => undefined,
    readInode: (number) => readInode(paged, superblock, number),
    async readDirectory(inode) {
      refuseEncrypted(inode);
      const raw = (await blocksOf(inode)).flatMap((block) => parseEntries(block, inode.position, hasTypes));
      const entries = await Promise.all(
        raw.map(async ({ name, inode: number, type }): Promise<InodeEntry<number>> => {
          return { name, inode: number, type: type ?? (await readInode(paged, superblock, number)).type };
        }),
      );
      return entriesByName(entries, inode.position);
    },
    stat: async (inode) => statOfInode(inode, () => String(inode.number), deviceOf(inode.map)),
    sizeOf: ({ size }) => size,
    read: readContent,
    storedSize: async ({ stored }) => stored,
    async readLink(inode) {
      const isShort = inode.size < MAP_SIZE && (inode.flags & (inodeFlags.extents | inodeFlags.inlineData)) === 0;
      if (isShort) refuseEncrypted(inode);
      return decodeName(isShort ? inode.map.subarray(0, inode.size) : await readWhole(inode, maxTargetSize));
    },
    async xattrs(inode) {
      const raw = parseXattrs(inode.ownXattrs, "inode", inode.position);
      if (inode.xattrBlock !== 0) {
        const position = inode.xattrBlock * blockSize;
        raw.push(...parseXattrs(await readExact(paged, position, blockSize), "block", position));
      }
      const found = new Map<string, Uint8Array>();
      for (const attribute of raw) {
        if (attribute.name !== inlineAttribute) found.set(attribute.name, await readValue(attribute));
      }
      return found;
    },
  });
}

/** A device's number in Linux's encoding: short ones are written in the old form, 8 bits each. */
function deviceOf(map: Uint8Array): number {
  const view = new DataView(map.buffer, map.byteOffset, map.length);
  const old = view.getUint32(0, true);
  return old === 0 ? view.getUint32(4, true) : old & 0xffff;
}
