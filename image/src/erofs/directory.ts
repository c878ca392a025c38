// Folders of erofs: blocks of entries in the order of their names, each block by itself.
import { damaged } from "../bytes/image-error.ts";
import { type RecordLayout, readRecord, recordSize } from "../bytes/record.ts";
import { entryTypes, impossibleName, isDots, isEntryName } from "../tree/inode-facts.ts";
import type { InodeEntry } from "../tree/inode-tree.ts";
import { decodeName } from "../tree/names.ts";

const entryLayout = {
  inode: { offset: 0, size: 8 },
  /** Where in the block the name begins; it ends where the next one begins. */
  nameOffset: { offset: 8, size: 2 },
  type: { offset: 10, size: 1 },
} as const satisfies RecordLayout;

const entrySize = recordSize(entryLayout) + 1;

/** The entries of one block, without `.` and `..`; `position` is where it lies in the image, for errors. */
export function parseDirectoryBlock(block: Uint8Array, position: number): InodeEntry<number>[] {
  const first = readRecord(entryLayout, block, 0, position).nameOffset;
  if (first < entrySize || first % entrySize !== 0 || first > block.length) {
    throw damaged("a folder's block has an incomplete entry", position);
  }
  const count = first / entrySize;
  const entries: InodeEntry<number>[] = [];
  let entry = readRecord(entryLayout, block, 0, position);
  for (let i = 0; i < count; i++) {
    const next = i + 1 < count ? readRecord(entryLayout, block, (i + 1) * entrySize, position) : undefined;
    const end = next?.nameOffset ?? block.length;
    if (entry.nameOffset > end || end > block.length) throw damaged("a folder's names overlap", position);
    const bytes = block.subarray(entry.nameOffset, end);
    // Behind the last name the block may be filled up.
    const zero = next === undefined ? bytes.indexOf(0) : -1;
    const name = decodeName(zero < 0 ? bytes : bytes.subarray(0, zero));
    const type = entryTypes[entry.type];
    if (!isEntryName(name)) throw impossibleName(name, position);
    if (type === undefined) throw damaged(`an entry of a folder has the type ${entry.type}`, position);
    if (!isDots(name)) entries.push({ name, type, inode: entry.inode });
    if (next !== undefined) entry = next;
  }
  return entries;
}
