// The index of erofs since Linux 6.15: records of whole pieces, with positions in bytes.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { readUint64 } from "../bytes/record.ts";
import { advice, type Extent, type ExtentMap, type IndexHeader } from "./extent-map.ts";
import type { InodeFacts } from "./inode.ts";
import { incompatibleFeatures, type Superblock } from "./superblock.ts";

/** Of a piece's length: bytes that are stored, and the number of its compression, from 1 on, behind them. */
const lengthMask = 0x1f_ffff;
const algorithmShift = 28;
const maxIndexSize = 64 << 20;

/** Reads the records behind the header at `start`. Throws `corrupt` or `unsupported`. */
export async function readEncodedExtents(
  source: ByteSource,
  { blockSize, blockLog, incompatible, packed }: Superblock,
  inode: InodeFacts,
  start: number,
  { advise, clusterLog, fragmentOffset }: IndexHeader,
): Promise<ExtentMap> {
  const recordSize = 4 << ((advise >> 1) & 3);
  const from = Math.ceil((start + 8) / recordSize) * recordSize;
  const clusterSize = 2 ** (blockLog + (clusterLog & 0x0f));
  // Short records are one for each stretch of the same length; long ones say where theirs begins.
  const isEven = recordSize < 16;
  const headerHigh = isEven ? 0 : await readHigh(source, start);
  const count = isEven ? Math.ceil(inode.size / clusterSize) : headerHigh * 2 ** 32 + fragmentOffset;
  const lead = recordSize === 4 ? 8 : 0;
  if (!(count * recordSize <= maxIndexSize)) {
    throw new ImageError("unsupported", "it has a compressed file with too many extents to be read here", start);
  }
  const bytes = await readExact(source, from, lead + count * recordSize);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const extents: (Extent & { readonly raw: number })[] = [];
  let next = lead === 0 ? 0 : readUint64(view, 0);
  for (let i = 0; i < count; i++) {
    const at = lead + i * recordSize;
    const raw = view.getUint32(at, true);
    const low = recordSize === 4 ? next : view.getUint32(at + 4, true);
    const high = isEven ? 0 : view.getUint32(at + 8, true);
    const offset = isEven
      ? i * clusterSize
      : view.getUint32(at + 12, true) + (recordSize === 32 ? view.getUint32(at + 16, true) * 2 ** 32 : 0);
    const stored = raw & lengthMask;
    const method = raw >>> algorithmShift;
    const before = extents.at(-1);
    if (before === undefined ? offset !== 0 : offset <= before.offset) {
      throw damaged("the extents of a compressed file overlap", start);
    }
    if (offset >= inode.size) break;
    extents.push({
      offset,
      start: low + high * 2 ** 32,
      stored,
      algorithm: method === 0 ? undefined : method - 1,
      raw,
    });
    next += stored;
  }
  const interlaced =
    (advise & advice.interlaced) !== 0 &&
    extents.every(({ start: at, stored }) => at % blockSize === 0 && stored % blockSize === 0);
  const isFragmented = (advise & advice.fragment) !== 0 && (incompatible & incompatibleFeatures.fragments) !== 0;
  if (!isFragmented || inode.number === packed) return { extents, interlaced };
  const last = extents.pop();
  const offset = last === undefined ? 0 : last.raw + (last.start % 2 ** 32) * 2 ** 32;
  return { extents, interlaced, fragment: { offset, from: last?.offset ?? 0 } };
}

async function readHigh(source: ByteSource, start: number): Promise<number> {
  const bytes = await readExact(source, start + 6, 2);
  return (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
}
