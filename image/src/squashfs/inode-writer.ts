// Encodes inodes, each in the shortest form that can hold it. Every function appends to the writer it is given.
import type { ByteWriter } from "../bytes/byte-writer.ts";
import { encodeName } from "../tree/names.ts";
import type { ScannedNode } from "../tree/scan.ts";
import type { FileLayout } from "./data-writer.ts";
import { indexLayout } from "./directory.ts";
import type { Listing } from "./directory-writer.ts";
import {
  deviceLayout,
  directoryLayout,
  EXTENDED,
  extendedDeviceLayout,
  extendedDirectoryLayout,
  extendedFileLayout,
  extendedIpcLayout,
  fileLayout,
  inodeTypes,
  ipcLayout,
  symlinkLayout,
} from "./inode.ts";
import { EMPTY_LISTING_SIZE, NO_XATTRS } from "./superblock.ts";

/** What an inode needs beside the node itself. */
export interface InodeFacts {
  readonly number: number;
  /** In seconds since 1970, within 32 bits. */
  readonly mtime: number;
  /** Index of its attributes, or NO_XATTRS. */
  readonly xattr: number;
}

const largest32 = 0xffff_ffff;
/** A short folder inode holds the listing's size in 16 bits. */
const largest16 = 0xffff;

export function encodeFileInode(inode: ByteWriter, node: ScannedNode, facts: InodeFacts, layout: FileLayout): void {
  const extended =
    node.names > 1 ||
    facts.xattr !== NO_XATTRS ||
    layout.sparse > 0 ||
    node.size > largest32 ||
    layout.start > largest32;
  const fields = {
    ...header(node, facts, extended),
    start: layout.start,
    size: node.size,
    sparse: layout.sparse,
    nlink: node.names,
    fragment: layout.fragment,
    fragmentOffset: layout.fragmentOffset,
  };
  if (extended) inode.record(extendedFileLayout, fields);
  else inode.record(fileLayout, fields);
  for (const size of layout.blockSizes) inode.u32(size);
}

export function encodeDirectoryInode(
  inode: ByteWriter,
  node: ScannedNode,
  facts: InodeFacts,
  listing: Listing,
  parent: number,
): void {
  const size = listing.length + EMPTY_LISTING_SIZE;
  const extended = facts.xattr !== NO_XATTRS || size > largest16 || listing.index.length > 0;
  const fields = {
    ...header(node, facts, extended),
    listingBlock: listing.at.block,
    listingOffset: listing.at.offset,
    size,
    parent,
    nlink: 2 + node.entries.filter((entry) => entry.node.type === "directory").length,
    indexCount: listing.index.length,
  };
  if (!extended) {
    inode.record(directoryLayout, fields);
    return;
  }
  inode.record(extendedDirectoryLayout, fields);
  for (const { listingOffset, block, firstName } of listing.index) {
    inode.record(indexLayout, { listingOffset, block, nameLength: firstName.length - 1 }).bytes(firstName);
  }
}

/** Symlinks, devices, fifos and sockets. */
export function encodeSpecialInode(inode: ByteWriter, node: ScannedNode, facts: InodeFacts): void {
  const extended = facts.xattr !== NO_XATTRS;
  const fields = { ...header(node, facts, extended), nlink: node.names, rdev: node.rdev };
  if (node.type === "symlink") {
    const target = encodeName(node.target);
    inode.record(symlinkLayout, { ...fields, size: target.length }).bytes(target);
    if (extended) inode.u32(facts.xattr);
  } else if (node.type === "char" || node.type === "block") {
    if (extended) inode.record(extendedDeviceLayout, fields);
    else inode.record(deviceLayout, fields);
  } else {
    if (extended) inode.record(extendedIpcLayout, fields);
    else inode.record(ipcLayout, fields);
  }
}

function header(node: ScannedNode, facts: InodeFacts, extended: boolean) {
  const owner = 0; // index of user and group 0, the only entry of the id table
  const type = inodeTypes[node.type] + (extended ? EXTENDED : 0);
  return { ...facts, type, mode: node.mode, uidIndex: owner, gidIndex: owner };
}
