// Extended attributes of ext4: in the inode, in a block that several share, and long ones in inodes of their own.
import { damaged } from "../bytes/image-error.ts";
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import { decodeName } from "../tree/names.ts";

const magic = 0xea02_0000;
/** Bytes in front of the entries: in an inode, and in a block. */
const headerSizes = { inode: 4, block: 32 } as const;

const entryLayout = {
  nameLength: { offset: 0, size: 1 },
  prefix: { offset: 1, size: 1 },
  /** From the beginning of the block, or in an inode of the entries. */
  valueOffset: { offset: 2, size: 2 },
  /** Number of the inode that is the value; 0 where it is here. */
  valueInode: { offset: 4, size: 4 },
  valueSize: { offset: 8, size: 4 },
} as const satisfies RecordLayout;

const entrySize = 16;
const prefixes: readonly string[] = [
  "",
  "user.",
  "system.posix_acl_access",
  "system.posix_acl_default",
  "trusted.",
  "",
  "security.",
  "system.",
  "system.richacl",
];

/** Longer values are lies. */
const maxValueSize = 1 << 20;

export interface RawXattr {
  readonly name: string;
  readonly value: Uint8Array | { readonly inode: number; readonly size: number };
}

/** The attributes in the rest of an inode, or in a block; none where there are none. Throws `corrupt`. */
export function parseXattrs(bytes: Uint8Array, place: keyof typeof headerSizes, position: number): RawXattr[] {
  if (bytes.length < headerSizes[place]) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== magic) return [];
  const base = place === "inode" ? headerSizes.inode : 0;
  const found: RawXattr[] = [];
  for (let at = headerSizes[place]; at + 4 <= bytes.length && view.getUint32(at, true) !== 0; ) {
    const { nameLength, prefix, valueOffset, valueInode, valueSize } = readRecord(entryLayout, bytes, at, position);
    const nameEnd = at + entrySize + nameLength;
    const start = base + valueOffset;
    const isHere = valueInode === 0;
    if (nameEnd > bytes.length || valueSize > maxValueSize || (isHere && start + valueSize > bytes.length)) {
      throw damaged("an extended attribute is longer than the space for it", position);
    }
    found.push({
      name: (prefixes[prefix] ?? "") + decodeName(bytes.subarray(at + entrySize, nameEnd)),
      value: isHere ? bytes.slice(start, start + valueSize) : { inode: valueInode, size: valueSize },
    });
    at = Math.ceil(nameEnd / 4) * 4;
  }
  return found;
}
