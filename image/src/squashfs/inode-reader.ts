// Reads inodes of both forms, basic and extended, into one shape for each type of file.
import { damaged } from "../bytes/image-error.ts";
import { type RecordLayout, type RecordOf, readField, readRecord, recordSize } from "../bytes/record.ts";
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
import type { MetadataReader, ReadNow } from "./metadata-reader.ts";
import type { MetadataPosition } from "./metadata-writer.ts";
import { EMPTY_LISTING_SIZE, NO_FRAGMENT, NO_XATTRS } from "./superblock.ts";

interface InodeFacts {
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

export interface DirectoryInode extends InodeFacts {
  readonly type: "directory";
  readonly listing: MetadataPosition;
  readonly listingSize: number;
  /** Where the index begins, and how many entries it has. */
  readonly index: MetadataPosition;
  readonly indexCount: number;
}

export interface FileInode extends InodeFacts {
  readonly type: "file";
  readonly size: number;
  /** Position in the image of the first block. */
  readonly start: number;
  readonly fragment: number | undefined;
  readonly fragmentOffset: number;
  /** Where the sizes of the blocks stand. */
  readonly blockList: MetadataPosition;
}

export interface SymlinkInode extends InodeFacts {
  readonly type: "symlink";
  readonly target: Uint8Array;
}

export interface DeviceInode extends InodeFacts {
  readonly type: "char" | "block";
  readonly rdev: number;
}

export interface IpcInode extends InodeFacts {
  readonly type: "fifo" | "socket";
}

export type Inode = DirectoryInode | FileInode | SymlinkInode | DeviceInode | IpcInode;

/** Linux follows no longer ones; squashfs-tools write none. */
const maxTargetSize = 65535;

const typeNames = new Map<number, FileType>(
  Object.entries(inodeTypes).map(([name, number]) => [number, name as FileType]),
);

interface Form<Layout extends RecordLayout> {
  readonly layout: Layout;
  readonly size: number;
}

function form<Layout extends RecordLayout>(layout: Layout): Form<Layout> {
  return { layout, size: recordSize(layout) };
}

const forms = {
  header: form(inodeHeaderLayout),
  directory: form(directoryLayout),
  extendedDirectory: form(extendedDirectoryLayout),
  file: form(fileLayout),
  extendedFile: form(extendedFileLayout),
  symlink: form(symlinkLayout),
  device: form(deviceLayout),
  extendedDevice: form(extendedDeviceLayout),
  ipc: form(ipcLayout),
  extendedIpc: form(extendedIpcLayout),
  xattrIndex: form({ xattr: { offset: 0, size: 4 } }),
} as const;

/** The type of file behind the number in a directory entry or basic inode. */
export function fileTypeOf(number: number): FileType | undefined {
  return typeNames.get(number);
}

/** Reads the inode that begins at `place` in the inode table. Throws `corrupt` when there is none. */
export function readInode(table: MetadataReader, place: MetadataPosition): Promise<Inode> {
  return table.use((readNow) => parseInode(table, readNow, place));
}

/** The same without waiting; undefined when a part of the table has to be loaded first. */
export function readInodeNow(table: MetadataReader, place: MetadataPosition): Inode | undefined {
  return table.useNow((readNow) => parseInode(table, readNow, place));
}

function parseInode(table: MetadataReader, readNow: ReadNow, place: MetadataPosition): Inode {
  const offset = table.imageOffset(place);
  const { bytes } = readNow(place, forms.header.size);
  const number = readField(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, inodeHeaderLayout.type);
  const isExtended = number > EXTENDED;
  const type = fileTypeOf(isExtended ? number - EXTENDED : number);

  switch (type) {
    case "directory": {
      if (!isExtended) {
        const { fields, next } = readForm(readNow, place, offset, forms.directory);
        return directoryInode(place, { ...fields, indexCount: 0, xattr: NO_XATTRS }, next);
      }
      const { fields, next } = readForm(readNow, place, offset, forms.extendedDirectory);
      return directoryInode(place, fields, next);
    }
    case "file": {
      if (!isExtended) {
        const { fields, next } = readForm(readNow, place, offset, forms.file);
        return fileInode(place, { ...fields, nlink: 1, xattr: NO_XATTRS }, next);
      }
      const { fields, next } = readForm(readNow, place, offset, forms.extendedFile);
      if (!Number.isSafeInteger(fields.size)) throw damaged("a file has an impossible size", offset);
      return fileInode(place, fields, next);
    }
    case "symlink": {
      const { fields, next } = readForm(readNow, place, offset, forms.symlink);
      if (fields.size > maxTargetSize) throw damaged(`the target of a symlink has ${fields.size} bytes`, offset);
      const target = readNow(next, fields.size);
      const xattr = isExtended ? readXattrIndex(table, readNow, target.next) : NO_XATTRS;
      return { type, ...inodeFacts(place, { ...fields, xattr }), target: target.bytes };
    }
    case "char":
    case "block": {
      const { fields } = isExtended
        ? readForm(readNow, place, offset, forms.extendedDevice)
        : readForm(readNow, place, offset, forms.device);
      return { type, ...inodeFacts(place, fields), rdev: fields.rdev };
    }
    case "fifo":
    case "socket": {
      const { fields } = isExtended
        ? readForm(readNow, place, offset, forms.extendedIpc)
        : readForm(readNow, place, offset, forms.ipc);
      return { type, ...inodeFacts(place, fields) };
    }
    case undefined:
      throw damaged(`an inode has the type ${number}`, offset);
  }
}

function readForm<Layout extends RecordLayout>(
  readNow: ReadNow,
  place: MetadataPosition,
  offset: number,
  { layout, size }: Form<Layout>,
) {
  const { bytes, next } = readNow(place, size);
  return { fields: readRecord(layout, bytes, 0, offset), next };
}

function readXattrIndex(table: MetadataReader, readNow: ReadNow, place: MetadataPosition): number {
  const { layout, size } = forms.xattrIndex;
  const { bytes } = readNow(place, size);
  return readRecord(layout, bytes, 0, table.imageOffset(place)).xattr;
}

function directoryInode(
  place: MetadataPosition,
  fields: RecordOf<typeof extendedDirectoryLayout>,
  index: MetadataPosition,
): DirectoryInode {
  return {
    type: "directory",
    ...inodeFacts(place, fields),
    listing: { block: fields.listingBlock, offset: fields.listingOffset },
    listingSize: Math.max(0, fields.size - EMPTY_LISTING_SIZE),
    index,
    indexCount: fields.indexCount,
  };
}

function fileInode(
  place: MetadataPosition,
  fields: RecordOf<typeof fileLayout> & { readonly nlink: number; readonly xattr: number },
  blockList: MetadataPosition,
): FileInode {
  return {
    type: "file",
    ...inodeFacts(place, fields),
    size: fields.size,
    start: fields.start,
    fragment: fields.fragment === NO_FRAGMENT ? undefined : fields.fragment,
    fragmentOffset: fields.fragmentOffset,
    blockList,
  };
}

function inodeFacts(
  place: MetadataPosition,
  fields: RecordOf<typeof ipcLayout> & { readonly xattr?: number },
): InodeFacts {
  const { mode, uidIndex, gidIndex, mtime, nlink, xattr = NO_XATTRS } = fields;
  return {
    place,
    mode: mode & 0o7777,
    uidIndex,
    gidIndex,
    mtime,
    nlink,
    xattrs: xattr === NO_XATTRS ? undefined : xattr,
  };
}
