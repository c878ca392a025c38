// An erofs image as a FileTree: opens it, and reads what is asked for and no more.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { pageSource } from "../bytes/page-source.ts";
import { readExact } from "../bytes/read-exact.ts";
import type { Decompressors } from "../codec/codec.ts";
import type { ImageReader, OpenImage } from "../image-reader.ts";
import type { FileTree } from "../tree/file-tree.ts";
import { entriesByName, statOfInode } from "../tree/inode-facts.ts";
import { type InodeEntry, inodeTree } from "../tree/inode-tree.ts";
import { decodeName } from "../tree/names.ts";
import { compressedData, type ReadData } from "./compressed-data.ts";
import { parseDirectoryBlock } from "./directory.ts";
import { type Inode, type InodeFacts, inodePosition, readInode } from "./inode.ts";
import { readPlain, storedPlain } from "./plain-data.ts";
import { compatibleFeatures, minImageSize, parseSuperblock, SUPERBLOCK_END, type Superblock } from "./superblock.ts";
import { readOwnPrefixes, readXattrs } from "./xattrs.ts";

/** Folders and symlinks are read whole; longer ones are lies. */
const maxDirectorySize = 256 << 20;
const maxTargetSize = 65_536;

export const erofsReader: ImageReader = {
  class: "file-system",
  kind: "erofs",
  title: "erofs",
  signatures: [{ kind: "erofs", offset: 1024, bytes: "\xe2\xe1\xf5\xe0", name: "an erofs file system" }],
  endings: ["erofs"],
  open: (source, { decompressors }) => openErofs(source, decompressors),
};

/** Opens the erofs image in `source`; throws `corrupt` or `unsupported`. */
async function openErofs(source: ByteSource, decompressors: Decompressors): Promise<OpenImage> {
  const paged = pageSource(source);
  if (source.size < minImageSize) throw damaged("it is truncated inside its superblock");
  const start = await readExact(paged, 0, Math.min(SUPERBLOCK_END, source.size));
  const superblock = parseSuperblock(start, source.size);
  const tree = erofsTree(source, paged, superblock, decompressors);
  await tree.stat("");
  const { compressions, blockSize, inodes, blocks, epoch, created } = superblock;
  return {
    format: "erofs",
    tree,
    facts: {
      compression: compressions.length === 0 ? "none" : compressions.join(", "),
      blockSize,
      inodes,
      created: epoch + created,
      bytesUsed: blocks * blockSize,
    },
  };
}

function isCompressed({ layout }: InodeFacts): boolean {
  return layout === "compressed-full" || layout === "compressed-compact";
}

function erofsTree(
  source: ByteSource,
  paged: ByteSource,
  superblock: Superblock,
  decompressors: Decompressors,
): FileTree {
  const parts = { source, paged, superblock };
  const compressed = compressedData(parts, decompressors, readPacked);
  let packed: Promise<InodeFacts> | undefined;
  let packedSize: Promise<number> | undefined;
  let prefixes: Promise<readonly string[]> | undefined;

  const readContent: ReadData = (inode, offset, length, signal) =>
    isCompressed(inode)
      ? compressed.read(inode, offset, length, signal)
      : readPlain(parts, inode, offset, length, signal);

  /** The inode that holds the ends of other files. */
  function packedInode(): Promise<InodeFacts> {
    packed ??= readInode(paged, superblock, superblock.packed);
    return packed;
  }

  async function readPacked(offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array> {
    const inode = await packedInode();
    if (offset + length > inode.size) throw damaged("the tail of a file is outside of the packed inode");
    return readContent(inode, offset, length, signal);
  }

  async function readWhole(inode: Inode, most: number): Promise<Uint8Array> {
    if (inode.size > most)
      throw damaged(`a ${inode.type} has ${inode.size} bytes`, inodePosition(superblock, inode.number));
    return readContent(inode, 0, inode.size);
  }

  async function storedSize(inode: InodeFacts, signal?: CancelSignal): Promise<number> {
    if (!isCompressed(inode)) return await storedPlain(parts, inode, signal);
    const { extents, fragment } = await compressed.extentsOf(inode);
    const stored = extents.reduce((sum, extent) => sum + extent.stored, 0);
    if (fragment === undefined || inode.number === superblock.packed) return stored;
    const ends = await packedInode();
    packedSize ??= storedSize(ends, signal);
    const share = ends.size === 0 ? 0 : Math.min(1, (inode.size - fragment.from) / ends.size);
    return stored + Math.round((await packedSize) * share);
  }

  function readPrefixes(): Promise<readonly string[]> {
    const { xattrPrefixCount: count, xattrPrefixStart, compatible, packed: packedNumber } = superblock;
    const position = xattrPrefixStart * 4;
    const isPlain = packedNumber === 0 || (compatible & compatibleFeatures.plainXattrPrefixes) !== 0;
    prefixes ??= readOwnPrefixes(count, position, (offset, length) =>
      isPlain ? readExact(paged, offset, length) : readPacked(offset, length),
    );
    return prefixes;
  }

  return inodeTree<number, Inode>({
    root: superblock.rootNumber,
    keyOf: String,
    offsetOf: (number) => inodePosition(superblock, number),
    readInode: (number) => readInode(paged, superblock, number),
    async readDirectory(inode) {
      const bytes = await readWhole(inode, maxDirectorySize);
      const { blockSize } = superblock;
      const entries: InodeEntry<number>[] = [];
      for (let at = 0; at < bytes.length; at += blockSize) {
        entries.push(
          ...parseDirectoryBlock(bytes.subarray(at, at + blockSize), inodePosition(superblock, inode.number)),
        );
      }
      return entriesByName(entries, inodePosition(superblock, inode.number));
    },
    stat: async (inode) => statOfInode(inode, () => String(inode.number), inode.dataPlace),
    sizeOf: ({ size }) => size,
    read: readContent,
    storedSize,
    readLink: async (inode) => decodeName(await readWhole(inode, maxTargetSize)),
    xattrs: (inode) => readXattrs(paged, superblock, inode, readPrefixes),
  });
}
