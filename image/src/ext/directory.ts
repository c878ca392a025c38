// Folders of ext4: entries one behind the other in each block, in no order; an index among them looks like an unused entry.
import { damaged } from "../bytes/image-error.ts";
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import type { FileType } from "../tree/file-tree.ts";
import { entryTypes, impossibleName, isDots, isEntryName } from "../tree/inode-facts.ts";
import type { InodeEntry } from "../tree/inode-tree.ts";
import { decodeName } from "../tree/names.ts";

const entryLayout = {
  inode: { offset: 0, size: 4 },
  /** Bytes to the next entry. */
  length: { offset: 4, size: 2 },
  nameLength: { offset: 6, size: 1 },
  /** Of old file systems the high byte of the name's length, which is zero. */
  type: { offset: 7, size: 1 },
} as const satisfies RecordLayout;

const entrySize = 8;
/** An entry whose type is not written down, but in its inode. */
export type RawEntry = Omit<InodeEntry<number>, "type"> & { readonly type: FileType | undefined };

/** The entries of a block, without `.` and `..`; `position` is that of the folder's inode, for errors. */
export function parseEntries(block: Uint8Array, position: number, hasTypes: boolean): RawEntry[] {
  const entries: RawEntry[] = [];
  for (let at = 0; at + entrySize <= block.length; ) {
    const { inode, length: written, nameLength, type } = readRecord(entryLayout, block, at, position);
    // Blocks of 64 KiB are longer than the field can say.
    const length = written === 0 || written === 0xffff ? block.length - at : written;
    if (length < entrySize + nameLength || length % 4 !== 0 || at + length > block.length) {
      throw damaged("a folder has an entry that is not valid", position);
    }
    if (inode !== 0 && nameLength > 0) {
      const name = decodeName(block.subarray(at + entrySize, at + entrySize + nameLength));
      if (!isEntryName(name)) throw impossibleName(name, position);
      if (!isDots(name)) entries.push({ name, inode, type: hasTypes ? entryTypes[type] : undefined });
    }
    at += length;
  }
  return entries;
}
