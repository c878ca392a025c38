// Entries of folders and extended attributes in btrfs, which have the same form.
import { damaged } from "../bytes/image-error.ts";
import type { FileType } from "../tree/file-tree.ts";
import { entryTypes } from "../tree/inode-facts.ts";
import { decodeName } from "../tree/names.ts";
import { type Key, readKey } from "./key.ts";

const headerSize = 30;
const at = { dataLength: 25, nameLength: 27, type: 29 } as const;

export interface DirectoryItem {
  /** Key of what it names: an inode, or the root of a subvolume. */
  readonly location: Key;
  readonly name: string;
  /** Undefined for what is no entry of a folder. */
  readonly type: FileType | undefined;
  /** Value of an attribute. */
  readonly data: Uint8Array;
}

/** All that an item has: several where their names have the same hash. Throws `corrupt`. */
export function parseDirectoryItems(bytes: Uint8Array): DirectoryItem[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: DirectoryItem[] = [];
  for (let start = 0; start + headerSize <= bytes.length; ) {
    const nameEnd = start + headerSize + view.getUint16(start + at.nameLength, true);
    const end = nameEnd + view.getUint16(start + at.dataLength, true);
    if (end > bytes.length) throw damaged("an entry of a folder is truncated");
    found.push({
      location: readKey(view, start),
      name: decodeName(bytes.subarray(start + headerSize, nameEnd)),
      type: entryTypes[view.getUint8(start + at.type)],
      data: bytes.slice(nameEnd, end),
    });
    start = end;
  }
  return found;
}
