// Inodes of btrfs, in the trees of subvolumes.
import { damaged } from "../bytes/image-error.ts";
import { readUint64 } from "../bytes/record.ts";
import type { FileType } from "../tree/file-tree.ts";
import { type InodeStat, sizeOfInode, typeOfMode } from "../tree/inode-facts.ts";
import { itemTypes } from "./key.ts";
import type { Item, TreeReader } from "./tree.ts";

/** Where an inode is: its number, and the tree of its subvolume. */
export interface InodePlace {
  /** Number of the tree. */
  readonly tree: number;
  /** Logical address of the tree's root. */
  readonly root: number;
  readonly number: number;
}

export interface InodeFacts extends InodeStat {
  readonly place: InodePlace;
  readonly rdev: number;
}

export type Inode = { readonly [Type in FileType]: InodeFacts & { readonly type: Type } }[FileType];

const inodeItemSize = 160;
const at = { size: 16, nlink: 40, uid: 44, gid: 48, mode: 52, rdev: 56, mtime: 136 } as const;

/** All items of a type that an inode has. */
export async function* itemsOf(trees: TreeReader, { root, number }: InodePlace, type: number): AsyncGenerator<Item> {
  yield* trees.range(root, { object: number, type, offset: 0 }, { object: number, type: type + 1, offset: 0 });
}

/** Reads an inode. Throws `corrupt` when it is none. */
export async function readInode(trees: TreeReader, place: InodePlace): Promise<Inode> {
  const { root, number } = place;
  const type = itemTypes.inode;
  const item = await trees.first(
    root,
    { object: number, type, offset: 0 },
    { object: number, type: type + 1, offset: 0 },
  );
  if (item === undefined || item.data.length < inodeItemSize) throw damaged(`it has no inode ${number}`);
  const { data } = item;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const mode = view.getUint32(at.mode, true);
  return {
    place,
    type: typeOfMode(mode),
    mode: mode & 0o7777,
    uid: view.getUint32(at.uid, true),
    gid: view.getUint32(at.gid, true),
    size: sizeOfInode(readUint64(view, at.size)),
    // Times before 1970 are negative.
    mtime: Number(view.getBigInt64(at.mtime, true)),
    nlink: view.getUint32(at.nlink, true),
    rdev: deviceOf(readUint64(view, at.rdev)),
  };
}

/** From the kernel's own form, with 12 bits of major and 20 of minor number, to that of `stat`. */
function deviceOf(number: number): number {
  const major = Math.floor(number / 2 ** 20);
  const minor = number % 2 ** 20;
  return (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
}
