// LZMA2: pieces of LZMA or of bytes as they are, each with a header that says what of the decoder's state it goes on with.
import { damaged } from "../bytes/image-error.ts";
import { type LzmaDecoder, readProperties } from "./lzma.ts";

/** Bytes of a piece's header by its first one; 0 is the end, and has no further ones. */
export function pieceHeaderSize(control: number): number {
  if (control === 0) return 1;
  if (control < 0x80) return 3;
  return control >= 0xc0 ? 6 : 5;
}

/** How long a piece is. */
export interface Lzma2Piece {
  /** Bytes behind its header. */
  readonly stored: number;
  readonly unpacked: number;
}

/** Reads a whole header. */
export function readPiece(header: Uint8Array): Lzma2Piece {
  const control = header[0] ?? 0;
  const [, high = 0, low = 0, storedHigh = 0, storedLow = 0] = header;
  const first = ((high << 8) | low) + 1;
  return control < 0x80
    ? { stored: first, unpacked: first }
    : { stored: ((storedHigh << 8) | storedLow) + 1, unpacked: (control & 0x1f) * 0x1_0000 + first };
}

/** Unpacks the pieces of one block, in their order, by `decoder`. Throws `corrupt` for pieces that cannot be. */
export function lzma2Unpacker(decoder: LzmaDecoder): (header: Uint8Array, stored: Uint8Array) => void {
  let needsDictionary = true;
  let needsState = true;
  return (header, stored) => {
    const control = header[0] ?? 0;
    if (control === 1 || control >= 0xe0) {
      decoder.resetDictionary();
      needsDictionary = false;
    } else if (needsDictionary) {
      throw damaged("an xz block does not begin with a dictionary reset");
    }
    if (control < 0x80) {
      if (control > 2) throw damaged("an xz block has a chunk of an unknown type");
      decoder.store(stored);
      return;
    }
    if (control >= 0xc0) {
      decoder.resetState(readProperties(header[5] ?? 0));
      needsState = false;
    } else if (needsState) {
      throw damaged("an xz block does not begin with LZMA properties");
    } else if (control >= 0xa0) {
      decoder.resetState();
    }
    decoder.unpack(stored, decoder.length + readPiece(header).unpacked);
  };
}
