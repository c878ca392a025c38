// Extended attributes of erofs: some beside the inode, some in a table that inodes share, with prefixes by number.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import { decodeName } from "../tree/names.ts";
import type { InodeFacts } from "./inode.ts";
import type { Superblock } from "./superblock.ts";

const headerSize = 12;
const sharedCountOffset = 4;

const entryLayout = {
  nameLength: { offset: 0, size: 1 },
  prefix: { offset: 1, size: 1 },
  valueSize: { offset: 2, size: 2 },
} as const satisfies RecordLayout;

const entrySize = 4;
/** Bit of a prefix: it is one of the image's own. */
const ownPrefix = 0x80;
const unit = 4;

const prefixes: ReadonlyMap<number, string> = new Map([
  [1, "user."],
  [2, "system.posix_acl_access"],
  [3, "system.posix_acl_default"],
  [4, "trusted."],
  [5, "lustre."],
  [6, "security."],
]);

/** The image's own prefixes by their number; read when one is needed. */
export type ReadPrefixes = () => Promise<readonly string[]>;

/** The attributes of an inode by their full names. Throws `corrupt`. */
export async function readXattrs(
  source: ByteSource,
  { xattrBlock, blockSize }: Superblock,
  { xattrStart, xattrSize }: InodeFacts,
  readPrefixes: ReadPrefixes,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  if (xattrSize === 0) return found;
  const area = await readExact(source, xattrStart, xattrSize);
  const shared = area[sharedCountOffset] ?? 0;
  const inlineStart = headerSize + shared * unit;
  if (inlineStart > area.length)
    throw damaged("an inode has more extended attributes than it has room for", xattrStart);
  const view = new DataView(area.buffer, area.byteOffset, area.length);
  for (let i = 0; i < shared; i++) {
    const place = xattrBlock * blockSize + view.getUint32(headerSize + i * unit, true) * unit;
    const { nameLength, valueSize } = readRecord(entryLayout, await readExact(source, place, entrySize), 0, place);
    const bytes = await readExact(source, place, entrySize + nameLength + valueSize);
    await readEntry(bytes, 0, place);
  }
  for (let at = inlineStart; at + entrySize <= area.length; ) {
    const size = await readEntry(area, at, xattrStart + at);
    if (size === 0) break;
    at += Math.ceil(size / unit) * unit;
  }
  return found;

  async function readEntry(bytes: Uint8Array, at: number, position: number): Promise<number> {
    const { nameLength, prefix, valueSize } = readRecord(entryLayout, bytes, at, position);
    if (nameLength === 0 && prefix === 0 && valueSize === 0) return 0; // the area is filled up
    const nameEnd = at + entrySize + nameLength;
    if (nameEnd + valueSize > bytes.length)
      throw damaged("an extended attribute is longer than the space for it", position);
    const name = (await prefixOf(prefix, position)) + decodeName(bytes.subarray(at + entrySize, nameEnd));
    found.set(name, bytes.slice(nameEnd, nameEnd + valueSize));
    return entrySize + nameLength + valueSize;
  }

  async function prefixOf(number: number, position: number): Promise<string> {
    const prefix = (number & ownPrefix) === 0 ? prefixes.get(number) : (await readPrefixes())[number & (ownPrefix - 1)];
    if (prefix === undefined) throw damaged(`an extended attribute has the unknown name prefix ${number}`, position);
    return prefix;
  }
}

/** Reads the table of the image's own prefixes, `count` of them from `position` on, by a function that reads bytes. */
export async function readOwnPrefixes(
  count: number,
  position: number,
  read: (offset: number, length: number) => Promise<Uint8Array>,
): Promise<string[]> {
  const found: string[] = [];
  let at = position;
  for (let i = 0; i < count; i++) {
    const head = await read(at, 3);
    const length = (head[0] ?? 0) | ((head[1] ?? 0) << 8);
    if (length < 1) throw damaged("a name prefix of extended attributes is empty", at);
    const base = prefixes.get(head[2] ?? 0);
    if (base === undefined) throw damaged("a name prefix of extended attributes has an unknown base", at);
    found.push(base + decodeName(await read(at + 3, length - 1)));
    at += Math.ceil((2 + length) / unit) * unit;
  }
  return found;
}
