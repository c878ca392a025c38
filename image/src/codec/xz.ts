// Unpacks .xz streams: blocks of LZMA2 behind filters for programs (The .xz File Format, 1.2.0).
import { crc32 } from "../bytes/crc32.ts";
import { damaged } from "../bytes/image-error.ts";
import { type BranchFilter, findBranchFilter } from "./branch-filters.ts";
import { LzmaDecoder, readProperties } from "./lzma.ts";

const magic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] as const;
const streamHeaderSize = 12;
const lzma2Filter = 0x21;
/** Bytes of the check behind a block, by its number. */
const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;
const crc32Check = 1;
/** An index instead of a block. */
const indexMark = 0;

/**
 * Unpacks a whole stream to at most `maxLength` bytes, and compares the checks of type CRC-32, the only one that kernels know.
 * Throws an ImageError of kind `corrupt` when it is none, ends too early, unpacks to more, or has another check.
 */
export function unpackXz(stream: Uint8Array, maxLength: number): Uint8Array {
  if (stream.length < streamHeaderSize || !magic.every((byte, i) => stream[i] === byte)) {
    throw damaged("a compressed block is no xz stream");
  }
  const check = (stream[7] ?? 0) & 0x0f;
  const out = new Uint8Array(maxLength);
  let length = 0;
  let from = streamHeaderSize;
  while (stream[from] !== indexMark) {
    const { headerSize, filters } = readBlockHeader(stream, from);
    from += headerSize;
    const decoder = new LzmaDecoder(maxLength - length);
    const end = unpackLzma2(stream, from, decoder);
    const content = decoder.out.subarray(0, decoder.length);
    for (const { filter, start } of filters) filter(content, start);
    const checkAt = end + ((4 - ((end - from) & 3)) & 3);
    if (check === crc32Check && crc32(content) !== readUint32(stream, checkAt)) {
      throw damaged("an xz block does not have its checksum");
    }
    from = checkAt + (checkSizes[check] ?? 0);
    if (length === 0 && stream[from] === indexMark) return content;
    out.set(content, length);
    length += content.length;
  }
  return out.subarray(0, length);
}

function readUint32(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) throw damaged("an xz stream ends too early");
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at, true);
}

interface BlockHeader {
  /** In bytes, the checksum among them. */
  readonly headerSize: number;
  /** The last one that was applied comes first. */
  readonly filters: readonly { readonly filter: BranchFilter; readonly start: number }[];
}

function readBlockHeader(stream: Uint8Array, at: number): BlockHeader {
  const headerSize = ((stream[at] ?? 0) + 1) * 4;
  if (at + headerSize > stream.length) throw damaged("an xz stream ends too early");
  if (crc32(stream.subarray(at, at + headerSize - 4)) !== readUint32(stream, at + headerSize - 4)) {
    throw damaged("the header of an xz block does not have its checksum");
  }
  const flags = stream[at + 1] ?? 0;
  let from = at + 2;
  const readNumber = (): number => {
    let value = 0;
    for (let shift = 0; shift < 63; shift += 7) {
      const byte = stream[from++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw damaged("an xz stream has a number without an end");
  };
  if (flags & 0x40) readNumber(); // stored size
  if (flags & 0x80) readNumber(); // size of the content
  const filters: { filter: BranchFilter; start: number }[] = [];
  const count = (flags & 3) + 1;
  for (let i = 0; i < count; i++) {
    const id = readNumber();
    const size = readNumber();
    const isLast = i === count - 1;
    if (isLast !== (id === lzma2Filter)) throw damaged("an xz block does not end with LZMA2");
    if (!isLast) filters.unshift({ filter: findBranchFilter(id), start: size === 4 ? readUint32(stream, from) : 0 });
    from += size;
    if (from > at + headerSize - 4) throw damaged("the header of an xz block is too short for its filters");
  }
  return { headerSize, filters };
}

/** Unpacks the pieces of LZMA2 from `from` on, and says where they end. */
function unpackLzma2(stream: Uint8Array, from: number, decoder: LzmaDecoder): number {
  let at = from;
  let needsDictionary = true;
  let needsState = true;
  const readSize = (): number => {
    const size = ((stream[at] ?? 0) << 8) | (stream[at + 1] ?? 0);
    at += 2;
    return size + 1;
  };
  for (;;) {
    const control = stream[at++];
    if (control === undefined) throw damaged("an xz stream ends too early");
    if (control === 0) return at;
    if (control === 1 || control >= 0xe0) {
      decoder.resetDictionary();
      needsDictionary = false;
    } else if (needsDictionary) {
      throw damaged("an xz block does not begin with a dictionary");
    }
    if (control < 0x80) {
      if (control > 2) throw damaged("an xz block has a piece of an unknown kind");
      const size = readSize();
      if (at + size > stream.length) throw damaged("an xz stream ends too early");
      decoder.store(stream.subarray(at, at + size));
      at += size;
      continue;
    }
    const unpacked = (control & 0x1f) * 0x1_0000 + readSize();
    const stored = readSize();
    if (control >= 0xc0) {
      decoder.resetState(readProperties(stream[at++] ?? 0));
      needsState = false;
    } else if (needsState) {
      throw damaged("an xz block does not begin with its properties");
    } else if (control >= 0xa0) {
      decoder.resetState();
    }
    if (at + stored > stream.length) throw damaged("an xz stream ends too early");
    decoder.unpack(stream.subarray(at, at + stored), decoder.length + unpacked);
    at += stored;
  }
}
