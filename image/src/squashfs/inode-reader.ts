// Reads inodes of both forms, basic and extended, into one shape for each type of file.
import { damaged } from "../bytes/image-error.ts";
import { type Field, type RecordLayout, readField, recordSize } from "../bytes/record.ts";
import type { FileType } from "../tree/file-tree.ts";
import {
  deviceLayout,
  directoryLayout,
  EXTENDED,
  extendedDeviceLayout,
  extendedDirectoryLayout,
  extendedFileLayout,
  extendedIpcLayout,
  fileLayout,
  inodeHeaderLayout,
  inodeTypes,
  ipcLayout,
  symlinkLayout,
} from "./inode.ts";
import { bytesOf, type MetadataReader, type MetadataView, positionAfter, type ViewNow } from "./metadata-reader.ts";
import type { MetadataPosition } from "./metadata-writer.ts";
import { EMPTY_LISTING_SIZE, NO_FRAGMENT, NO_XATTRS } from "./superblock.ts";

/** What inodes of all types say. */
export interface InodeFacts {
  /** Where the inode begins; no other has the same place. */
  readonly place: MetadataPosition;
  readonly mode: number;
  readonly uidIndex: number;
  readonly gidIndex: number;
  readonly mtime: number;
  readonly nlink: number;
  /** Number of the list of extended attributes; undefined when there are none. */
  readonly xattrs: number | undefined;
}

export interface DirectoryInode {
  readonly facts: InodeFacts;
  readonly type: "directory";
  readonly listing: MetadataPosition;
  readonly listingSize: number;
  /** Where the index begins, and how many entries it has. */
  readonly index: MetadataPosition;
  readonly indexCount: number;
}

export interface FileInode {
  readonly facts: InodeFacts;
  readonly type: "file";
  readonly size: number;
  /** Position in the image of the first block. */
  readonly start: number;
  readonly fragment: number | undefined;
  readonly fragmentOffset: number;
  /** Where the sizes of the blocks stand. */
  readonly blockList: MetadataPosition;
}

export interface SymlinkInode {
  readonly facts: InodeFacts;
  readonly type: "symlink";
  readonly target: Uint8Array;
}

export interface DeviceInode {
  readonly facts: InodeFacts;
  readonly type: "char" | "block";
  readonly rdev: number;
}

export interface IpcInode {
  readonly facts: InodeFacts;
  readonly type: "fifo" | "socket";
}

export type Inode = DirectoryInode | FileInode | SymlinkInode | DeviceInode | IpcInode;

/** Linux follows no longer ones; squashfs-tools write none. */
const maxTargetSize = 65535;

const typeNames = new Map<number, FileType>(
  Object.entries(inodeTypes).map(([name, number]) => [number, name as FileType]),
);

/** A part of an inode, and how many bytes it takes. */
function sized<Layout extends RecordLayout>(layout: Layout) {
  return { fields: layout, size: recordSize(layout) };
}

const header = sized(inodeHeaderLayout);
const directory = sized(directoryLayout);
const extendedDirectory = sized(extendedDirectoryLayout);
const file = sized(fileLayout);
const extendedFile = sized(extendedFileLayout);
const symlink = sized(symlinkLayout);
const device = sized(deviceLayout);
const extendedDevice = sized(extendedDeviceLayout);
const ipc = sized(ipcLayout);
const extendedIpc = sized(extendedIpcLayout);
const xattrIndex = sized({ xattr: { offset: 0, size: 4 } });

/** The type of file behind the number in a directory entry or basic inode. */
export function fileTypeOf(number: number): FileType | undefined {
  return typeNames.get(number);
}

/** Reads the inode that begins at `place` in the inode table. Throws `corrupt` when there is none. */
export function readInode(table: MetadataReader, place: MetadataPosition): Promise<Inode> {
  return table.use((viewAt) => parseInode(table, viewAt, place));
}

/** The same without waiting; undefined when a part of the table has to be loaded first. */
export function readInodeNow(table: MetadataReader, place: MetadataPosition): Inode | undefined {
  return table.useNow((viewAt) => parseInode(table, viewAt, place));
}

// A listing of a large image reads every inode: each field is read where it lies, and little is made in between.
function parseInode(table: MetadataReader, viewAt: ViewNow, place: MetadataPosition): Inode {
  const { data, at } = viewAt(place, header.size);
  const number = readField(data, at, header.fields.type);
  const isExtended = number > EXTENDED;
  const type = fileTypeOf(isExtended ? number - EXTENDED : number);
  switch (type) {
    case "directory":
      return parseDirectory(viewAt, place, isExtended);
    case "file":
      return parseFile(table, viewAt, place, isExtended);
    case "symlink":
      return parseSymlink(table, viewAt, place, isExtended);
    case "char":
    case "block": {
      const { fields, size } = isExtended ? extendedDevice : device;
      const view = viewAt(place, size);
      const xattr = isExtended ? extendedDevice.fields.xattr : undefined;
      const rdev = readField(view.data, view.at, fields.rdev);
      return { type, facts: inodeFacts(place, view, fields.nlink, xattr), rdev };
    }
    case "fifo":
    case "socket": {
      const { fields, size } = isExtended ? extendedIpc : ipc;
      const xattr = isExtended ? extendedIpc.fields.xattr : undefined;
      return { type, facts: inodeFacts(place, viewAt(place, size), fields.nlink, xattr) };
    }
    case undefined:
      throw damaged(`an inode has the type ${number}`, table.imageOffset(place));
  }
}

function parseDirectory(viewAt: ViewNow, place: MetadataPosition, isExtended: boolean): DirectoryInode {
  const { fields, size } = isExtended ? extendedDirectory : directory;
  const view = viewAt(place, size);
  const { data, at } = view;
  return {
    type: "directory",
    facts: inodeFacts(place, view, fields.nlink, isExtended ? extendedDirectory.fields.xattr : undefined),
    listing: {
      block: readField(data, at, fields.listingBlock),
      offset: readField(data, at, fields.listingOffset),
    },
    listingSize: Math.max(0, readField(data, at, fields.size) - EMPTY_LISTING_SIZE),
    index: positionAfter(place, size),
    indexCount: isExtended ? readField(data, at, extendedDirectory.fields.indexCount) : 0,
  };
}

function parseFile(table: MetadataReader, viewAt: ViewNow, place: MetadataPosition, isExtended: boolean): FileInode {
  const { fields, size: formSize } = isExtended ? extendedFile : file;
  const view = viewAt(place, formSize);
  const { data, at } = view;
  const size = readField(data, at, fields.size);
  if (!Number.isSafeInteger(size)) throw damaged("a file has an impossible size", table.imageOffset(place));
  const fragment = readField(data, at, fields.fragment);
  return {
    type: "file",
    facts: isExtended
      ? inodeFacts(place, view, extendedFile.fields.nlink, extendedFile.fields.xattr)
      : inodeFacts(place, view),
    size,
    start: readField(data, at, fields.start),
    fragment: fragment === NO_FRAGMENT ? undefined : fragment,
    fragmentOffset: readField(data, at, fields.fragmentOffset),
    blockList: positionAfter(place, formSize),
  };
}

function parseSymlink(
  table: MetadataReader,
  viewAt: ViewNow,
  place: MetadataPosition,
  isExtended: boolean,
): SymlinkInode {
  const view = viewAt(place, symlink.size);
  const size = readField(view.data, view.at, symlink.fields.size);
  if (size > maxTargetSize) {
    throw damaged(`the target of a symlink has ${size} bytes`, table.imageOffset(place));
  }
  const targetAt = positionAfter(place, symlink.size);
  const target = bytesOf(viewAt(targetAt, size), size);
  const facts = inodeFacts(place, view, symlink.fields.nlink);
  if (!isExtended) return { type: "symlink", facts, target };
  const xattrs = xattrsOf(viewAt(positionAfter(targetAt, size), xattrIndex.size), xattrIndex.fields.xattr);
  return { type: "symlink", facts: { ...facts, xattrs }, target };
}

/** A form without a number of names has one, and one without `xattr` no attributes. */
function inodeFacts(place: MetadataPosition, view: MetadataView, nlink?: Field, xattr?: Field): InodeFacts {
  const { data, at } = view;
  const { fields } = header;
  return {
    place,
    mode: readField(data, at, fields.mode) & 0o7777,
    uidIndex: readField(data, at, fields.uidIndex),
    gidIndex: readField(data, at, fields.gidIndex),
    mtime: readField(data, at, fields.mtime),
    nlink: nlink === undefined ? 1 : readField(data, at, nlink),
    xattrs: xattr === undefined ? undefined : xattrsOf(view, xattr),
  };
}

function xattrsOf({ data, at }: MetadataView, field: Field): number | undefined {
  const number = readField(data, at, field);
  return number === NO_XATTRS ? undefined : number;
}
