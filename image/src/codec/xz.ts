// Unpacks one .xz stream that is in memory, as file systems have them: blocks of LZMA2 behind filters for programs.
import { crc32 } from "../bytes/crc32.ts";
import { damaged } from "../bytes/image-error.ts";
import { LzmaDecoder } from "./lzma.ts";
import { lzma2Unpacker, pieceHeaderSize, readPiece } from "./lzma2.ts";
import {
  blockHeaderSize,
  checkSizes,
  checks,
  INDEX_MARK,
  readBlockHeader,
  STREAM_HEADER_SIZE,
  XZ_MAGIC,
} from "./xz-format.ts";

/**
 * Unpacks a whole stream to at most `maxLength` bytes, and compares the checks of type CRC-32, the only one that kernels know.
 * Throws an ImageError of kind `corrupt` when it is none, ends too early, unpacks to more, or has another check.
 */
export function unpackXz(stream: Uint8Array, maxLength: number): Uint8Array {
  if (stream.length < STREAM_HEADER_SIZE || !XZ_MAGIC.every((byte, i) => stream[i] === byte)) {
    throw damaged("a compressed block is not an xz stream");
  }
  const check = (stream[7] ?? 0) & 0x0f;
  const out = new Uint8Array(maxLength);
  let length = 0;
  let from = STREAM_HEADER_SIZE;
  while (stream[from] !== INDEX_MARK) {
    const headerSize = blockHeaderSize(stream[from] ?? 0);
    if (from + headerSize > stream.length) throw damaged("an xz stream is truncated");
    const { filters } = readBlockHeader(stream.subarray(from, from + headerSize));
    from += headerSize;
    const decoder = new LzmaDecoder(maxLength - length);
    const end = unpackPieces(stream, from, decoder);
    const content = decoder.out.subarray(0, decoder.length);
    for (const { filter, start } of filters) filter(content, start);
    const checkAt = end + ((4 - ((end - from) & 3)) & 3);
    if (check === checks.crc32 && crc32(content) !== readUint32(stream, checkAt)) {
      throw damaged("the checksum of an xz block does not match");
    }
    from = checkAt + (checkSizes[check] ?? 0);
    if (length === 0 && stream[from] === INDEX_MARK) return content;
    out.set(content, length);
    length += content.length;
  }
  return out.subarray(0, length);
}

function readUint32(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) throw damaged("an xz stream is truncated");
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at, true);
}

/** Unpacks the pieces of LZMA2 from `from` on, and says where they end. */
function unpackPieces(stream: Uint8Array, from: number, decoder: LzmaDecoder): number {
  const unpack = lzma2Unpacker(decoder);
  for (let at = from; ; ) {
    const control = stream[at];
    if (control === undefined) throw damaged("an xz stream is truncated");
    if (control === 0) return at + 1;
    const content = at + pieceHeaderSize(control);
    const header = stream.subarray(at, content);
    const { stored } = readPiece(header);
    if (content + stored > stream.length) throw damaged("an xz stream is truncated");
    unpack(header, stream.subarray(content, content + stored));
    at = content + stored;
  }
}
