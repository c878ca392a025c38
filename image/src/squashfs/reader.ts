// A squashfs image as a FileTree: opens it, and reads what is asked for and no more.
import type { ByteSource } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import { pageSource } from "../bytes/page-source.ts";
import { readExact } from "../bytes/read-exact.ts";
import type { Decompressors } from "../codec/codec.ts";
import type { ImageReader, OpenImage } from "../image-reader.ts";
import type { FileStat, FileTree } from "../tree/file-tree.ts";
import { statOfInode } from "../tree/inode-facts.ts";
import { inodeTree } from "../tree/inode-tree.ts";
import { decodeName } from "../tree/names.ts";
import { blockUnpacker } from "./block-unpacker.ts";
import { dataReader } from "./data-reader.ts";
import { findEntry, readDirectory } from "./directory.ts";
import { fragmentTable } from "./fragment-table.ts";
import { idTable } from "./id-table.ts";
import { type Inode, readInode, readInodeNow } from "./inode-reader.ts";
import { metadataBlocks, metadataReader, positionKey } from "./metadata-reader.ts";
import type { MetadataPosition } from "./metadata-writer.ts";
import { parseSuperblock, SUPERBLOCK_SIZE, type Superblock, superblockFlags } from "./superblock.ts";
import { metadataPosition, xattrTable } from "./xattr-table.ts";

/** Longer listings are not read whole for one name when they have an index. */
const longListing = 64 * 1024;

const onlyVersion4 = "only squashfs 4.0 as mksquashfs writes it can be opened";

export const squashfsReader: ImageReader = {
  class: "file-system",
  kind: "squashfs",
  title: "squashfs",
  signatures: [{ kind: "squashfs", offset: 0, bytes: "hsqs", name: "a squashfs file system" }],
  unsupported: [
    {
      signature: {
        ...{ kind: "old-squashfs", offset: 0, bytes: "sqsh" },
        name: "a big-endian squashfs file system from before 2009",
      },
      advice: onlyVersion4,
    },
    {
      signature: {
        ...{ kind: "streamed-squashfs", offset: 0, bytes: "HSQS" },
        name: "a squashfs file system in mksquashfs's stream form",
      },
      advice: onlyVersion4,
    },
  ],
  endings: ["sqsh", "squashfs", "sqfs"],
  open: (source, { decompressors }) => openSquashfs(source, decompressors),
};

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
  const ids = idTable(paged, load, superblock);
  const readXattrs = xattrTable(paged, load, superblock);
  const readFragment = fragmentTable(paged, load, superblock);
  const { blockSize, fragmentCount } = superblock;
  const data = dataReader({ source, unpack, inodes, readFragment, fragmentCount, blockSize });

  return inodeTree<MetadataPosition, Inode>({
    root: metadataPosition(superblock.rootInode),
    keyOf: positionKey,
    offsetOf: (place) => inodes.imageOffset(place),
    readInode: (place) => readInode(inodes, place),
    readDirectory: (inode) => readDirectory(listings, inode),
    findEntry: (inode, name) =>
      inode.listingSize > longListing && inode.indexCount > 0 ? findEntry(inodes, listings, inode, name) : undefined,
    async stat(inode) {
      const { uidIndex, gidIndex } = inode.facts;
      const [uid, gid] = await Promise.all([ids.read(uidIndex), ids.read(gidIndex)]);
      return statOf(inode, uid, gid);
    },
    statNow(place) {
      const inode = readInodeNow(inodes, place);
      const uid = inode && ids.known(inode.facts.uidIndex);
      const gid = inode && ids.known(inode.facts.gidIndex);
      return inode === undefined || uid === undefined || gid === undefined ? undefined : statOf(inode, uid, gid);
    },
    sizeOf: ({ size }) => size,
    read: data.read,
    storedSize: data.storedSize,
    readLink: async ({ target }) => decodeName(target),
    xattrs: async ({ facts: { xattrs } }) => (xattrs === undefined ? new Map() : readXattrs(xattrs)),
  });
}

function statOf(inode: Inode, uid: number, gid: number): FileStat {
  const { type, facts } = inode;
  const { mode, mtime, nlink, place } = facts;
  const size = type === "file" ? inode.size : type === "symlink" ? inode.target.length : 0;
  const rdev = type === "char" || type === "block" ? inode.rdev : 0;
  return statOfInode({ type, mode, uid, gid, size, mtime, nlink, place }, keyOfPlaced, rdev);
}

function keyOfPlaced({ place }: { readonly place: MetadataPosition }): string {
  return positionKey(place);
}
