// Writes a tree as a squashfs 4.0 image: all owned by root, the same bytes for the same tree and plan.
import type { BuildCounts } from "../build.ts";
import type { ByteSink } from "../bytes/byte-source.ts";
import { byteWriter } from "../bytes/byte-writer.ts";
import { ImageError } from "../bytes/image-error.ts";
import { recordSize } from "../bytes/record.ts";
import type { BlockEncoder } from "../codec/block-encoder.ts";
import type { WriteOptions } from "../formats/writable-format.ts";
import type { FileTree } from "../tree/file-tree.ts";
import { pathOf, type ScannedNode, type ScannedTree, scanTree } from "../tree/scan.ts";
import { type DataLayout, writeData } from "./data-writer.ts";
import { type ListingEntry, writeListing } from "./directory-writer.ts";
import { fragmentLayout } from "./fragment-table.ts";
import { inodeTypes } from "./inode.ts";
import { encodeDirectoryInode, encodeFileInode, encodeSpecialInode } from "./inode-writer.ts";
import { lookupTable, type MetadataPosition, metadataWriter, packPosition } from "./metadata-writer.ts";
import type { SquashfsPlan } from "./plan.ts";
import {
  compressorIds,
  METADATA_UNCOMPRESSED,
  NO_TABLE,
  SQUASHFS_MAGIC,
  SUPERBLOCK_SIZE,
  superblockFlags,
  superblockLayout,
  VERSION_MAJOR,
  VERSION_MINOR,
} from "./superblock.ts";
import { xattrWriter } from "./xattr-writer.ts";

/** The kernel maps images in pages; a file that ends within one cannot be mounted by some. */
const padding = 4096;
const largestTime = 0xffff_ffff;
/** Levels that readers assume where the image names none. */
const defaultLevel = { gzip: 9, zstd: 15 } as const;
const gzipWindowLog = 15;
/** Files between two reports of the scan. */
const scanReportStep = 1000;

/**
 * Writes the image of `tree` to `sink`, which is empty, superblock last.
 * Throws an ImageError: `unsupported` for a tree that squashfs cannot hold, `io` for a tree that cannot be read.
 */
export async function writeSquashfs(
  tree: FileTree,
  plan: SquashfsPlan,
  sink: ByteSink,
  encoder: BlockEncoder,
  options: WriteOptions,
): Promise<BuildCounts> {
  const { signal, onProgress } = options;
  const scanned = await scanTree(tree, plan.hierarchies, signal, (found) => {
    if (found % scanReportStep === 0)
      onProgress?.({ phase: "scan", files: found, totalFiles: 0, bytes: 0, totalBytes: 0 });
  });

  const compressorOptions = encodeCompressorOptions(plan);
  await sink.write(SUPERBLOCK_SIZE, compressorOptions);

  const progress = { files: 0, bytes: 0 };
  const data = await writeData(scanned.files, encoder, sink, {
    blockSize: plan.blockSize,
    start: SUPERBLOCK_SIZE + compressorOptions.length,
    depth: options.depth,
    ...(signal === undefined ? {} : { signal }),
    onWritten(files, bytes) {
      progress.files += files;
      progress.bytes += bytes;
      onProgress?.({ phase: "write", ...progress, totalFiles: scanned.files.length, totalBytes: scanned.bytes });
    },
  });

  signal?.throwIfAborted();
  const bytes = await writeTables(scanned, data, plan, sink, encoder, compressorOptions.length > 0);
  return {
    bytes,
    files: scanned.files.length,
    directories: scanned.directories,
    symlinks: scanned.symlinks,
    sourceBytes: scanned.bytes,
    reusedBytes: data.reusedBytes,
    xattrsKnown: scanned.xattrsKnown,
  };
}

/** The metadata block that tells the compressor's level, which readers need only for showing it. */
function encodeCompressorOptions({ compression, level }: SquashfsPlan): Uint8Array {
  const fields = byteWriter();
  if (compression === "gzip" && level !== defaultLevel.gzip) fields.u32(level).u16(gzipWindowLog).u16(0);
  if (compression === "zstd" && level !== defaultLevel.zstd) fields.u32(level);
  if (fields.length === 0) return new Uint8Array(0);
  return byteWriter()
    .u16(fields.length | METADATA_UNCOMPRESSED)
    .bytes(fields.view())
    .view();
}

function flagsOf(plan: SquashfsPlan, hasCompressorOptions: boolean, hasXattrs: boolean): number {
  const { compressorOptions, duplicatesRemoved, noXattrs } = superblockFlags;
  const { inodesUncompressed, dataUncompressed, fragmentsUncompressed, idsUncompressed } = superblockFlags;
  const plain = inodesUncompressed | dataUncompressed | fragmentsUncompressed | idsUncompressed;
  return (
    duplicatesRemoved |
    (hasCompressorOptions ? compressorOptions : 0) |
    (hasXattrs ? 0 : noXattrs) |
    (plan.compression === "none" ? plain : 0)
  );
}

/** Writes everything behind the data, then the superblock; returns the image's size. */
async function writeTables(
  scanned: ScannedTree,
  data: DataLayout,
  plan: SquashfsPlan,
  sink: ByteSink,
  encoder: BlockEncoder,
  hasCompressorOptions: boolean,
): Promise<number> {
  const encode = encoder.encodeMetadata;
  const latest = plan.sourceDateEpoch ?? largestTime;
  const created = clampTime(plan.sourceDateEpoch ?? scanned.newest, largestTime);
  const xattrs = xattrWriter(encode);
  const inodes = encodeInodes(scanned.root, data, encode, xattrs.add, (node) =>
    node === scanned.root ? created : clampTime(node.mtime, latest),
  );

  const tail = byteWriter(1 << 16);
  const inodeTable = data.end;
  tail.bytes(inodes.inodeTable);
  const directoryTable = data.end + tail.length;
  tail.bytes(inodes.directoryTable);

  const fragmentRecords = byteWriter(data.fragments.length * recordSize(fragmentLayout));
  for (const { start, size } of data.fragments) fragmentRecords.record(fragmentLayout, { start, size, unused: 0 });
  const fragments = lookupTable(fragmentRecords.view(), data.end + tail.length, encode);
  tail.bytes(fragments.bytes);

  const ids = lookupTable(byteWriter(4).u32(0).view(), data.end + tail.length, encode);
  tail.bytes(ids.bytes);

  const attributes = xattrs.finish(data.end + tail.length);
  if (attributes !== undefined) tail.bytes(attributes.bytes);

  const bytesUsed = data.end + tail.length;
  tail.zeros((padding - (bytesUsed % padding)) % padding);
  await sink.write(data.end, tail.view());

  const superblock = byteWriter(SUPERBLOCK_SIZE).record(superblockLayout, {
    magic: SQUASHFS_MAGIC,
    inodeCount: inodes.count,
    created,
    blockSize: plan.blockSize,
    fragmentCount: data.fragments.length,
    compressor: compressorIds[plan.compression === "none" ? "gzip" : plan.compression],
    blockLog: Math.log2(plan.blockSize),
    flags: flagsOf(plan, hasCompressorOptions, attributes !== undefined),
    idCount: 1,
    versionMajor: VERSION_MAJOR,
    versionMinor: VERSION_MINOR,
    rootInode: packPosition(inodes.root),
    bytesUsed,
    idTable: ids.index,
    xattrTable: attributes?.header ?? NO_TABLE,
    inodeTable,
    directoryTable,
    fragmentTable: fragments.index,
    exportTable: NO_TABLE,
  });
  await sink.write(0, superblock.view());
  return data.end + tail.length;
}

interface EncodedInodes {
  readonly inodeTable: Uint8Array;
  readonly directoryTable: Uint8Array;
  readonly root: MetadataPosition;
  readonly count: number;
}

/** Encodes every inode after those of the entries that it lists, as a listing names where they lie. */
function encodeInodes(
  root: ScannedNode,
  data: DataLayout,
  encode: BlockEncoder["encodeMetadata"],
  addXattrs: (node: ScannedNode) => number,
  timeOf: (node: ScannedNode) => number,
): EncodedInodes {
  const numbers = numberNodes(root);
  const inodes = metadataWriter(encode);
  const directories = metadataWriter(encode);
  const record = byteWriter();
  const written = new Map<ScannedNode, MetadataPosition>();

  function numberOf(node: ScannedNode): number {
    return numbers.get(node) ?? 0;
  }

  function writeNode(node: ScannedNode, parentNumber: number): MetadataPosition {
    const known = written.get(node);
    if (known !== undefined) return known;
    const number = numberOf(node);
    const facts = { number, mtime: timeOf(node), xattr: addXattrs(node) };
    if (node.type === "directory") {
      const entries = node.entries.map(
        (entry): ListingEntry => ({
          name: entry.name,
          type: inodeTypes[entry.node.type],
          inode: writeNode(entry.node, number),
          inodeNumber: numberOf(entry.node),
        }),
      );
      const listing = writeListing(directories, entries);
      record.clear();
      encodeDirectoryInode(record, node, facts, listing, parentNumber);
    } else if (node.type === "file") {
      const layout = data.files.get(node);
      if (layout === undefined) throw new ImageError("io", `"${pathOf(node)}" was not written`);
      record.clear();
      encodeFileInode(record, node, facts, layout);
    } else {
      record.clear();
      encodeSpecialInode(record, node, facts);
    }
    const at = inodes.position();
    inodes.write(record.view());
    if (node.names > 1) written.set(node, at);
    return at;
  }

  // The root's parent is a number that no inode has.
  const rootAt = writeNode(root, numbers.size + 1);
  return {
    inodeTable: inodes.finish().bytes,
    directoryTable: directories.finish().bytes,
    root: rootAt,
    count: numbers.size,
  };
}

/** Numbers from 1 on, the entries of a folder in a row, so that listings hold long runs. */
function numberNodes(root: ScannedNode): ReadonlyMap<ScannedNode, number> {
  const numbers = new Map<ScannedNode, number>();
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const { node } of folder.entries) {
      if (!numbers.has(node)) numbers.set(node, numbers.size + 1);
      if (node.type === "directory") pending.push(node);
    }
  }
  return numbers.set(root, numbers.size + 1);
}

function clampTime(time: number, latest: number): number {
  return Math.max(0, Math.min(time, latest, largestTime));
}
