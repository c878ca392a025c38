// Where the compressed pieces of a file lie: an index with an entry for each block of content, in one of three forms.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { readRecord } from "../bytes/record.ts";
import { readEncodedExtents } from "./encoded-extents.ts";
import { advice, type Extent, type ExtentMap, type IndexHeader, indexHeaderLayout } from "./extent-map.ts";
import type { InodeFacts } from "./inode.ts";
import { incompatibleFeatures, type Superblock } from "./superblock.ts";

const headerSize = 8;
const wholeFragment = 0x80;

/** Kinds of entries. */
const PLAIN = 0;
const HEAD1 = 1;
const NONHEAD = 2;
const HEAD2 = 3;

/** In an entry that continues one: its number counts stored blocks. */
const countsBlocks = 0x800;
/** Indexes are read whole; a longer one is that of a file of many gigabytes, or a lie. */
const maxIndexSize = 64 << 20;

/** An entry of the index in any form: what it is, its number, and the block that it names. */
interface Entry {
  readonly kind: number;
  /** Of a head where in its block of content it begins; of others a count of blocks or a distance. */
  readonly value: number;
  readonly block: number;
}

/** Reads the whole index of a file. Throws `corrupt`, and `unsupported` for files whose index is too long. */
export async function readExtents(source: ByteSource, superblock: Superblock, inode: InodeFacts): Promise<ExtentMap> {
  const start = Math.ceil(inode.end / headerSize) * headerSize;
  const headerBytes = await readExact(source, start, headerSize);
  const header = readRecord(indexHeaderLayout, headerBytes, 0, start);
  const view = new DataView(headerBytes.buffer, headerBytes.byteOffset, headerBytes.length);
  if ((header.clusterLog & wholeFragment) !== 0) {
    const high = view.getUint32(4, true) & 0x7fff_ffff;
    return { extents: [], interlaced: false, fragment: { offset: high * 2 ** 32 + header.fragmentOffset, from: 0 } };
  }
  const isFull = inode.layout === "compressed-full";
  if (isFull && (header.advise & advice.short) !== 0) {
    return await readEncodedExtents(source, superblock, inode, start, header);
  }
  const clusterLog = superblock.blockLog + (header.clusterLog & 0x0f);
  const count = Math.ceil(inode.size / 2 ** clusterLog);
  const bytes = count * (isFull ? 8 : 4);
  if (bytes > maxIndexSize) {
    throw new ImageError("unsupported", "it has a compressed file that is too large to be read here", start);
  }
  const index = isFull
    ? await readFullIndex(source, start + headerSize + 8, count)
    : await readCompactIndex(source, start + headerSize, count, clusterLog, header.advise);
  return joinEntries(superblock, inode, start, header, index, 2 ** clusterLog);
}

interface Index {
  readonly entries: readonly Entry[];
  /** Position in the image behind the index, where a file's end may stand. */
  readonly end: number;
}

async function readFullIndex(source: ByteSource, start: number, count: number): Promise<Index> {
  const bytes = await readExact(source, start, count * 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries = Array.from({ length: count }, (_, i): Entry => {
    const kind = view.getUint16(i * 8, true) & 3;
    return {
      kind,
      value: kind === NONHEAD ? view.getUint16(i * 8 + 4, true) : view.getUint16(i * 8 + 2, true),
      block: view.getUint32(i * 8 + 4, true),
    };
  });
  return { entries, end: start + count * 8 };
}

/** Entries in packs, each of which ends with the block that its heads count from. */
async function readCompactIndex(
  source: ByteSource,
  start: number,
  count: number,
  clusterLog: number,
  advise: number,
): Promise<Index> {
  const packs = packsOf(start, count, (advise & advice.short) !== 0);
  const last = packs.at(-1);
  const end = last === undefined ? start : last.start + last.bytes;
  const bytes = await readExact(source, start, end - start);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isBig = (advise & (advice.bigCluster1 | advice.bigCluster2)) !== 0;
  const valueBits = Math.max(clusterLog, 12);
  const entries: Entry[] = [];
  for (const pack of packs) {
    const at = pack.start - start;
    const bits = ((pack.bytes - 4) * 8) / pack.entries;
    const base = view.getUint32(at + pack.bytes - 4, true);
    let blocks = 0;
    let isPending = false;
    for (let i = 0; i < pack.entries && entries.length < count; i++) {
      const raw = readBits(bytes, at * 8 + i * bits, bits);
      const value = raw & (2 ** valueBits - 1);
      const kind = (raw >>> valueBits) & 3;
      if (kind === NONHEAD) {
        if (isBig && (value & countsBlocks) !== 0) {
          blocks += value & (countsBlocks - 1);
          isPending = false;
        }
        entries.push({ kind, value, block: 0 });
        continue;
      }
      if (isBig && isPending) blocks += 1;
      if (!isBig) blocks += 1;
      entries.push({ kind, value, block: base + blocks });
      isPending = true;
    }
  }
  return { entries, end };
}

interface Pack {
  readonly start: number;
  readonly bytes: number;
  readonly entries: number;
}

const longPack = { bytes: 8, entries: 2 } as const;
const shortPack = { bytes: 32, entries: 16 } as const;

/** Long packs up to where short ones are aligned, then short ones, then long ones for what is left. */
function packsOf(start: number, count: number, hasShort: boolean): Pack[] {
  const packs: Pack[] = [];
  let at = start;
  let left = count;
  const add = ({ bytes, entries }: Omit<Pack, "start">) => {
    packs.push({ start: at, bytes, entries });
    at += bytes;
    left -= entries;
  };
  if (hasShort) {
    const first = ((32 - (start % 32)) / 4) & 7;
    if (first < count) for (let i = 0; i < first; i += longPack.entries) add(longPack);
    while (left >= shortPack.entries) add(shortPack);
  }
  while (left > 0) add(longPack);
  return packs;
}

/** Up to 32 bits from a bit position on, the lowest first. */
function readBits(bytes: Uint8Array, position: number, count: number): number {
  let value = 0;
  const first = position >> 3;
  const skip = position & 7;
  for (let i = 0; i < Math.ceil((skip + count) / 8); i++) value += (bytes[first + i] ?? 0) * 2 ** (8 * i);
  return Math.floor(value / 2 ** skip) % 2 ** count;
}

function joinEntries(
  { blockSize, incompatible, packed }: Superblock,
  inode: InodeFacts,
  start: number,
  header: IndexHeader,
  { entries, end }: Index,
  clusterSize: number,
): ExtentMap {
  const { advise, algorithms } = header;
  const isFull = inode.layout === "compressed-full";
  const extents: Extent[] = [];
  let count: number | undefined;
  for (const [i, { kind, value, block }] of entries.entries()) {
    const isBig = (advise & (kind === HEAD1 ? advice.bigCluster1 : advice.bigCluster2)) !== 0;
    if (kind === NONHEAD) {
      if (extents.length === 0) throw damaged("a compressed file begins inside an extent", start);
      if ((value & countsBlocks) !== 0 && count === undefined) {
        count = value & (countsBlocks - 1);
        const last = extents.pop();
        if (last !== undefined) extents.push({ ...last, stored: count * blockSize });
      }
      continue;
    }
    const offset = i * clusterSize + value;
    if (value >= clusterSize && value !== 0)
      throw damaged("a compressed file has an extent outside of its cluster", start);
    // A head at the file's end only says that the piece before ends there.
    if (offset >= inode.size) break;
    const before = extents.at(-1);
    if (before !== undefined && offset <= before.offset)
      throw damaged("the extents of a compressed file overlap", start);
    count = isBig ? undefined : 1;
    const algorithm = kind === PLAIN ? undefined : kind === HEAD2 ? algorithms >> 4 : algorithms & 0x0f;
    extents.push({ offset, start: block * blockSize, stored: blockSize, algorithm });
  }
  if (extents[0]?.offset !== 0) throw damaged("a compressed file does not begin with an extent", start);
  const interlaced = (advise & advice.interlaced) !== 0;
  if (
    (advise & advice.fragment) !== 0 &&
    (incompatible & incompatibleFeatures.fragments) !== 0 &&
    inode.number !== packed
  ) {
    const last = extents.pop();
    const high = isFull && last !== undefined ? (last.start / blockSize) * 2 ** 32 : 0;
    return { extents, interlaced, fragment: { offset: high + header.fragmentOffset, from: last?.offset ?? 0 } };
  }
  if ((advise & advice.inlineEnd) !== 0) {
    const last = extents.pop();
    if (last !== undefined) extents.push({ ...last, start: end, stored: header.inlineSize });
  }
  return { extents, interlaced };
}
