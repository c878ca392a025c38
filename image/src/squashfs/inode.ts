// Inodes of squashfs: what the inode table says of each file, folder, symlink and device.
import type { RecordLayout } from "../bytes/record.ts";
import type { FileType } from "../tree/file-tree.ts";

/** The type in an inode; directory entries always have the basic one. */
export const inodeTypes = {
  directory: 1,
  file: 2,
  symlink: 3,
  block: 4,
  char: 5,
  fifo: 6,
  socket: 7,
} as const satisfies Record<FileType, number>;

/** Added to the basic type for the larger form of an inode. */
export const EXTENDED = 7;

/** Begins every inode. */
export const inodeHeaderLayout = {
  type: { offset: 0, size: 2 },
  /** Permission bits without the type. */
  mode: { offset: 2, size: 2 },
  uidIndex: { offset: 4, size: 2 },
  gidIndex: { offset: 6, size: 2 },
  mtime: { offset: 8, size: 4 },
  /** From 1 to the superblock's inode count. */
  number: { offset: 12, size: 4 },
} as const satisfies RecordLayout;

export const directoryLayout = {
  ...inodeHeaderLayout,
  /** Position in the directory table of the block where the listing begins, and the offset in its content below. */
  listingBlock: { offset: 16, size: 4 },
  nlink: { offset: 20, size: 4 },
  /** Bytes of the listing, and 3. */
  size: { offset: 24, size: 2 },
  listingOffset: { offset: 26, size: 2 },
  /** Number of the parent's inode; of the root's, one more than the inode count. */
  parent: { offset: 28, size: 4 },
} as const satisfies RecordLayout;

/** Behind it stands the index of the listing. */
export const extendedDirectoryLayout = {
  ...inodeHeaderLayout,
  nlink: { offset: 16, size: 4 },
  size: { offset: 20, size: 4 },
  listingBlock: { offset: 24, size: 4 },
  parent: { offset: 28, size: 4 },
  indexCount: { offset: 32, size: 2 },
  listingOffset: { offset: 34, size: 2 },
  xattr: { offset: 36, size: 4 },
} as const satisfies RecordLayout;

/** Behind it stand the stored sizes of the blocks, 4 bytes each. */
export const fileLayout = {
  ...inodeHeaderLayout,
  /** Position in the image. */
  start: { offset: 16, size: 4 },
  fragment: { offset: 20, size: 4 },
  fragmentOffset: { offset: 24, size: 4 },
  size: { offset: 28, size: 4 },
} as const satisfies RecordLayout;

/** Behind it stand the stored sizes of the blocks, 4 bytes each. */
export const extendedFileLayout = {
  ...inodeHeaderLayout,
  start: { offset: 16, size: 8 },
  size: { offset: 24, size: 8 },
  /** Bytes in holes; only for the file's number of blocks. */
  sparse: { offset: 32, size: 8 },
  nlink: { offset: 40, size: 4 },
  fragment: { offset: 44, size: 4 },
  fragmentOffset: { offset: 48, size: 4 },
  xattr: { offset: 52, size: 4 },
} as const satisfies RecordLayout;

/** Behind it stands the target and, in the extended form, the xattr index in 4 bytes. */
export const symlinkLayout = {
  ...inodeHeaderLayout,
  nlink: { offset: 16, size: 4 },
  size: { offset: 20, size: 4 },
} as const satisfies RecordLayout;

export const deviceLayout = {
  ...inodeHeaderLayout,
  nlink: { offset: 16, size: 4 },
  rdev: { offset: 20, size: 4 },
} as const satisfies RecordLayout;

export const extendedDeviceLayout = { ...deviceLayout, xattr: { offset: 24, size: 4 } } as const satisfies RecordLayout;

/** Of fifos and sockets. */
export const ipcLayout = { ...inodeHeaderLayout, nlink: { offset: 16, size: 4 } } as const satisfies RecordLayout;

export const extendedIpcLayout = { ...ipcLayout, xattr: { offset: 20, size: 4 } } as const satisfies RecordLayout;
