// Directory listings: runs of names whose inodes lie in one metadata block, and the index that leads into long ones.
import { damaged } from "../bytes/image-error.ts";
import { type RecordLayout, readField, readRecord, recordSize } from "../bytes/record.ts";
import type { FileType } from "../tree/file-tree.ts";
import { impossibleName, isDots, isEntryName } from "../tree/inode-facts.ts";
import { compareNames, decodeName, nameReader } from "../tree/names.ts";
import { type DirectoryInode, fileTypeOf } from "./inode-reader.ts";
import type { MetadataReader } from "./metadata-reader.ts";
import type { MetadataPosition } from "./metadata-writer.ts";
import { METADATA_BLOCK_SIZE } from "./superblock.ts";

export const runLayout = {
  /** Entries of the run, less one. */
  count: { offset: 0, size: 4 },
  /** Position in the inode table of the block with the run's inodes. */
  inodeBlock: { offset: 4, size: 4 },
  /** Number of an inode, from which the entries count theirs. */
  inodeNumber: { offset: 8, size: 4 },
} as const satisfies RecordLayout;

export const entryLayout = {
  /** Offset of the inode in the content of its block. */
  inodeOffset: { offset: 0, size: 2 },
  inodeNumberDifference: { offset: 2, size: 2, signed: true },
  /** Always the number of the basic inode. */
  type: { offset: 4, size: 2 },
  /** Bytes of the name, which follows, less one. */
  nameLength: { offset: 6, size: 2 },
} as const satisfies RecordLayout;

/** Of the index behind an extended directory inode. */
export const indexLayout = {
  /** Bytes of the listing before the run. */
  listingOffset: { offset: 0, size: 4 },
  /** Position in the directory table of the block where the run begins. */
  block: { offset: 4, size: 4 },
  /** Bytes of the name of the run's first entry, which follows, less one. */
  nameLength: { offset: 8, size: 4 },
} as const satisfies RecordLayout;

export interface DirectoryEntry {
  readonly name: string;
  readonly type: FileType;
  readonly inode: MetadataPosition;
}

const runSize = recordSize(runLayout);
const entrySize = recordSize(entryLayout);
export const maxRunEntries = 256;
export const maxNameLength = 256;

/** All entries of a directory by name, in the order of their names' bytes. */
export async function readDirectory(
  table: MetadataReader,
  inode: DirectoryInode,
): Promise<ReadonlyMap<string, DirectoryEntry>> {
  const entries = new Map<string, DirectoryEntry>();
  for await (const run of readRuns(table, inode.listing, inode.listingSize)) {
    for (const entry of run) entries.set(entry.name, entry);
  }
  return entries;
}

/** Looks one name up without reading the whole listing, where the directory has an index. */
export async function findEntry(
  inodes: MetadataReader,
  directories: MetadataReader,
  inode: DirectoryInode,
  name: string,
): Promise<DirectoryEntry | undefined> {
  const start = await findStart(inodes, inode, name);
  for await (const run of readRuns(directories, start.listing, start.size)) {
    for (const entry of run) {
      const order = compareNames(entry.name, name);
      if (order === 0) return entry;
      if (order > 0) return undefined;
    }
  }
  return undefined;
}

/** The last place in the listing that the index knows and that is not behind `name`. */
async function findStart(inodes: MetadataReader, inode: DirectoryInode, name: string) {
  let start = { listing: inode.listing, size: inode.listingSize };
  let position = inode.index;
  for (let i = 0; i < inode.indexCount; i++) {
    const place = inodes.imageOffset(position);
    const head = await inodes.read(position, recordSize(indexLayout));
    const { listingOffset, block, nameLength } = readRecord(indexLayout, head.bytes, 0, place);
    if (nameLength >= maxNameLength || listingOffset > inode.listingSize) {
      throw damaged("the index of a folder is wrong", place);
    }
    const first = await inodes.read(head.next, nameLength + 1);
    if (compareNames(decodeName(first.bytes), name) > 0) break;
    start = {
      listing: { block, offset: (inode.listing.offset + listingOffset) % METADATA_BLOCK_SIZE },
      size: inode.listingSize - listingOffset,
    };
    position = first.next;
  }
  return start;
}

/** The runs of a listing of `size` bytes. Holds names to be sorted, so that none comes twice. */
async function* readRuns(
  table: MetadataReader,
  listing: MetadataPosition,
  size: number,
): AsyncGenerator<DirectoryEntry[]> {
  let position = listing;
  let place = table.imageOffset(position);
  let unread = size;
  let bytes = new Uint8Array(0);
  let data = new DataView(bytes.buffer);
  let nameAt = nameReader(bytes);
  let at = 0;
  let previous: string | undefined;

  /** Makes `needed` bytes ready behind `at`, as far as the listing has them. */
  async function fill(needed: number): Promise<void> {
    while (bytes.length - at < needed && unread > 0) {
      place = table.imageOffset(position);
      // Piece by piece: the size may be a lie, and memory must not follow it.
      const read = await table.read(position, Math.min(unread, METADATA_BLOCK_SIZE));
      position = read.next;
      unread -= read.bytes.length;
      const joined = new Uint8Array(bytes.length - at + read.bytes.length);
      joined.set(bytes.subarray(at));
      joined.set(read.bytes, bytes.length - at);
      bytes = joined;
      data = new DataView(joined.buffer);
      nameAt = nameReader(joined);
      at = 0;
    }
  }

  function readEntry(inodeBlock: number): DirectoryEntry {
    if (at + entrySize > bytes.length) throw damaged("a folder ends inside an entry", place);
    const number = readField(data, at, entryLayout.type);
    const inode = { block: inodeBlock, offset: readField(data, at, entryLayout.inodeOffset) };
    const nameLength = readField(data, at, entryLayout.nameLength);
    const nameStart = at + entrySize;
    at = nameStart + nameLength + 1;
    if (nameLength >= maxNameLength || at > bytes.length) throw damaged("a name in a folder is too long", place);
    const name = nameAt(nameStart, at);
    if (isDots(name) || !isEntryName(name)) throw impossibleName(name, place);
    if (name === previous) throw damaged(`a folder has the name ${JSON.stringify(name)} twice`, place);
    if (previous !== undefined && compareNames(previous, name) > 0) {
      throw damaged(`the names of a folder are not sorted at ${JSON.stringify(name)}`, place);
    }
    previous = name;
    const type = fileTypeOf(number);
    if (type === undefined) throw damaged(`an entry of a folder has the type ${number}`, place);
    return { name, type, inode };
  }

  while (unread > 0 || at < bytes.length) {
    await fill(runSize);
    const { count, inodeBlock } = readRecord(runLayout, bytes, at, place);
    at += runSize;
    if (count >= maxRunEntries) throw damaged(`a run of a folder has ${count + 1} entries`, place);
    const run: DirectoryEntry[] = [];
    for (let i = 0; i <= count; i++) {
      if (bytes.length - at < entrySize + maxNameLength && unread > 0) await fill(entrySize + maxNameLength);
      run.push(readEntry(inodeBlock));
    }
    yield run;
  }
}
