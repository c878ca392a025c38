// Unpacks .xz files of any length from their beginning to their end: all of their streams and blocks, with all that checks them.
import { crc32 } from "../bytes/crc32.ts";
import { type Checksum, createCrc64 } from "../bytes/crc64.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import type { SequentialReader } from "../bytes/sequential-reader.ts";
import { LzmaDecoder } from "./lzma.ts";
import { lzma2Unpacker, pieceHeaderSize, readPiece } from "./lzma2.ts";
import {
  type BlockFilter,
  blockHeaderSize,
  checkSizes,
  checks,
  INDEX_MARK,
  LONGEST_NUMBER,
  readBlockHeader,
  readNumber,
  STREAM_HEADER_SIZE,
  XZ_MAGIC,
} from "./xz-format.ts";

/** More than the largest preset of xz takes, and less than whoever looks at an image wonders about. */
const maxDictionarySize = 128 * 1024 * 1024;
const streamFooterSize = 12;
const footerMagic = [0x59, 0x5a] as const;
/** Bytes of the decoder's buffer at first; most blocks need no more. */
const firstBuffer = 1024 * 1024;

/** Begins a SHA-256, for the files whose checks are of that kind. */
export type CreateSha256 = () => Checksum;

/**
 * The content of the file that `reader` reads, piece by piece; a piece is valid until the next one is asked for. Checks are
 * compared where their kind is known, and passed over otherwise, as the format has it. Throws `corrupt`, or `unsupported` where
 * unpacking takes too much memory or a filter that is not known.
 */
export async function* unpackXzFile(reader: SequentialReader, createSha256: CreateSha256): AsyncGenerator<Uint8Array> {
  for (let count = 0; !reader.atEnd; count++) {
    const start = reader.position;
    if (count > 0 && (await passPadding(reader))) continue;
    const header = Uint8Array.from(await reader.take(STREAM_HEADER_SIZE));
    if (!XZ_MAGIC.every((byte, i) => header[i] === byte))
      throw damaged("an xz stream is followed by other data", start);
    const flags = header.subarray(6, 8);
    if (crc32(flags) !== uint32At(header, 8) || flags[0] !== 0 || (flags[1] ?? 0) > 0x0f) {
      throw damaged("an xz stream has no valid header", start);
    }
    yield* unpackStream(reader, flags, createSha256);
  }
}

/** Passes over four zeros between streams. */
async function passPadding(reader: SequentialReader): Promise<boolean> {
  const bytes = await reader.peek(4);
  if (bytes === undefined) throw damaged("an xz stream is followed by other data", reader.position);
  if (bytes.some((byte) => byte !== 0)) return false;
  reader.skip(4);
  return true;
}

/** The sizes of all blocks, which the index says again, as sums and a checksum of them. */
interface BlockSizes {
  count: number;
  stored: number;
  unpacked: number;
  checksum: number;
}

function addSizes(sizes: BlockSizes, stored: number, unpacked: number): void {
  sizes.count += 1;
  sizes.stored += stored;
  sizes.unpacked += unpacked;
  sizes.checksum = crc32(new Uint8Array(Float64Array.of(stored, unpacked).buffer), sizes.checksum);
}

function noSizes(): BlockSizes {
  return { count: 0, stored: 0, unpacked: 0, checksum: 0 };
}

async function* unpackStream(
  reader: SequentialReader,
  flags: Uint8Array,
  createSha256: CreateSha256,
): AsyncGenerator<Uint8Array> {
  const check = flags[1] ?? 0;
  const sizes = noSizes();
  for (;;) {
    const first = (await reader.peek(1))?.[0];
    if (first === undefined) throw damaged("an xz stream is truncated", reader.position);
    if (first === INDEX_MARK) break;
    const { stored, unpacked } = yield* unpackBlock(reader, first, check, createSha256);
    addSizes(sizes, stored, unpacked);
  }
  await checkIndex(reader, sizes, flags);
}

/** Unpacks a block and gives its sizes, without the padding of what is stored. */
async function* unpackBlock(
  reader: SequentialReader,
  first: number,
  check: number,
  createSha256: CreateSha256,
): AsyncGenerator<Uint8Array, { stored: number; unpacked: number }> {
  const start = reader.position;
  const header = readBlockHeader(await reader.take(blockHeaderSize(first)));
  if (header.dictionarySize > maxDictionarySize) {
    const memory = Math.ceil(header.dictionarySize / 2 ** 20);
    throw new ImageError("unsupported", `unpacking it takes ${memory} MB of memory; unpack it with "unxz"`, start);
  }
  const checksum = checksumOf(check, createSha256);
  let unpacked = 0;
  for await (const piece of filtered(unpackPieces(reader, header.dictionarySize), header.filters)) {
    checksum?.update(piece);
    unpacked += piece.length;
    yield piece;
  }
  const stored = reader.position - start;
  const content = stored - header.headerSize;
  if ((header.stored ?? content) !== content || (header.unpacked ?? unpacked) !== unpacked) {
    throw damaged("an xz block does not have the sizes in its header", start);
  }
  const padding = await reader.take((4 - (content & 3)) & 3);
  if (padding.some((byte) => byte !== 0)) throw damaged("the padding of an xz block is not zero", start);
  const size = checkSizes[check] ?? 0;
  const written = await reader.take(size);
  const found = checksum?.digest();
  if (found?.some((byte, i) => byte !== written[i])) throw damaged("the checksum of an xz block does not match", start);
  return { stored: stored + size, unpacked };
}

function checksumOf(check: number, createSha256: CreateSha256): Checksum | undefined {
  if (check === checks.crc64) return createCrc64();
  if (check === checks.sha256) return createSha256();
  if (check !== checks.crc32) return undefined;
  let value = 0;
  return {
    update(bytes) {
      value = crc32(bytes, value);
    },
    digest: () => new Uint8Array(Uint32Array.of(value).buffer), // of four bytes the lowest first, as on all our machines
  };
}

async function* unpackPieces(reader: SequentialReader, dictionarySize: number): AsyncGenerator<Uint8Array> {
  const decoder = new LzmaDecoder(Math.min(firstBuffer, dictionarySize));
  const unpack = lzma2Unpacker(decoder);
  for (;;) {
    const control = (await reader.peek(1))?.[0];
    if (control === undefined) throw damaged("an xz stream is truncated", reader.position);
    const header = Uint8Array.from(await reader.take(pieceHeaderSize(control)));
    if (control === 0) return;
    const { stored, unpacked } = readPiece(header);
    const content = await reader.take(stored);
    decoder.makeRoom(unpacked, dictionarySize);
    const before = decoder.length;
    unpack(header, content);
    yield decoder.out.subarray(before, decoder.length);
  }
}

/** Runs content through filters; what one leaves for later comes with what follows, or at the end as it is. */
async function* filtered(
  content: AsyncIterable<Uint8Array>,
  filters: readonly BlockFilter[],
): AsyncGenerator<Uint8Array> {
  if (filters.length === 0) {
    yield* content;
    return;
  }
  const stages = filters.map(({ filter, start }) => ({ filter, position: start, rest: new Uint8Array(0) }));
  const run = (piece: Uint8Array, from: number, isEnd: boolean): Uint8Array => {
    let bytes = piece;
    for (const stage of stages.slice(from)) {
      // A copy: the decoder goes on with the bytes as they were before.
      const joined = new Uint8Array(stage.rest.length + bytes.length);
      joined.set(stage.rest);
      joined.set(bytes, stage.rest.length);
      const done = stage.filter(joined, stage.position);
      stage.position += done;
      stage.rest = joined.slice(done);
      bytes = isEnd ? joined : joined.subarray(0, done);
      if (isEnd) stage.rest = new Uint8Array(0);
    }
    return bytes;
  };
  for await (const piece of content) yield run(piece, 0, false);
  yield run(new Uint8Array(0), 0, true);
}

/** Reads the index and the end of a stream, which say again what was there. */
async function checkIndex(reader: SequentialReader, sizes: BlockSizes, flags: Uint8Array): Promise<void> {
  const start = reader.position;
  let checksum = crc32(await reader.take(1));
  const next = async (): Promise<number> => {
    const bytes = await reader.peek(Math.min(LONGEST_NUMBER, reader.left));
    const { value, length } = readNumber(bytes ?? new Uint8Array(0));
    checksum = crc32(await reader.take(length), checksum);
    return value;
  };
  const listed = noSizes();
  const count = await next();
  if (count !== sizes.count)
    throw damaged(`an xz stream has ${sizes.count} blocks but lists ${count} in its index`, start);
  for (let i = 0; i < count; i++) addSizes(listed, await next(), await next());
  const isEqual = listed.stored === sizes.stored && listed.unpacked === sizes.unpacked;
  if (!isEqual || listed.checksum !== sizes.checksum)
    throw damaged("the index of an xz stream lists other blocks", start);
  const padding = await reader.take((4 - ((reader.position - start) & 3)) & 3);
  checksum = crc32(padding, checksum);
  if (padding.some((byte) => byte !== 0) || checksum !== uint32At(await reader.take(4), 0)) {
    throw damaged("the checksum of an xz stream index does not match", start);
  }
  const indexSize = reader.position - start;
  const footer = await reader.take(streamFooterSize);
  const isRight =
    crc32(footer.subarray(4, 10)) === uint32At(footer, 0) &&
    (uint32At(footer, 4) + 1) * 4 === indexSize &&
    footer[8] === flags[0] &&
    footer[9] === flags[1] &&
    footerMagic.every((byte, i) => footer[10 + i] === byte);
  if (!isRight) throw damaged("an xz stream has no valid footer", reader.position - streamFooterSize);
}

function uint32At(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at, true);
}
