// Unpacks LZO1X streams, as file systems store them: raw, each ended by a copy of distance nothing.
import { damaged } from "../bytes/image-error.ts";
import { copyMatch } from "./copy-match.ts";

/** Copies with a 16 bit distance count from here. */
const farBase = 0x4000;
/** Of a copy of three bytes right behind literals; shorter ones have copies of two bytes. */
const afterLiteralsBase = 0x801;

/**
 * Unpacks one block to at most `maxLength` bytes. Throws an ImageError of kind `corrupt` when it is truncated, copies from
 * before its beginning, or unpacks to more.
 */
export function unpackLzo(block: Uint8Array, maxLength: number): Uint8Array {
  const out = new Uint8Array(maxLength);
  let from = 0;
  let to = 0;

  function readByte(): number {
    const byte = block[from++];
    if (byte === undefined) throw damaged("an lzo block is truncated");
    return byte;
  }
  /** A length that goes on in zero bytes, each worth 255, when its bits in the instruction are all zero. */
  function readLength(bits: number, mask: number): number {
    if (bits !== 0) return bits;
    let length = mask;
    for (;;) {
      const byte = readByte();
      if (byte !== 0) return length + byte;
      length += 255;
    }
  }
  function literals(count: number): void {
    if (count > block.length - from || count > maxLength - to) throw damaged("an lzo block has more literals than fit");
    out.set(block.subarray(from, from + count), to);
    from += count;
    to += count;
  }
  function copy(distance: number, length: number): void {
    copyMatch(out, to, distance, length);
    to += length;
  }

  /** Literals that the last instruction has brought: 0 none, 1 to 3 a few, 4 a run of them. */
  let state = 0;
  const first = block[0] ?? 0;
  if (first > 17) {
    from = 1;
    literals(first - 17);
    state = Math.min(4, first - 17);
  }
  for (;;) {
    const code = readByte();
    let trailing = code & 3;
    if (code >= 64) {
      copy((readByte() << 3) + ((code >> 2) & 7) + 1, (code >> 5) + 1);
    } else if (code >= 32) {
      const length = readLength(code & 31, 31) + 2;
      const low = readByte();
      const distance = low | (readByte() << 8);
      trailing = low & 3;
      copy((distance >> 2) + 1, length);
    } else if (code >= 16) {
      const length = readLength(code & 7, 7) + 2;
      const low = readByte();
      const distance = ((code & 8) << 11) + ((low | (readByte() << 8)) >> 2);
      if (distance === 0) break; // the end of the stream
      trailing = low & 3;
      copy(distance + farBase, length);
    } else if (state === 0) {
      literals(readLength(code, 15) + 3);
      state = 4;
      continue;
    } else if (state < 4) {
      copy((readByte() << 2) + (code >> 2) + 1, 2);
    } else {
      copy((readByte() << 2) + (code >> 2) + afterLiteralsBase, 3);
    }
    literals(trailing);
    state = trailing;
  }
  return out.subarray(0, to);
}
