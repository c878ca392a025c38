// Matches of LZ77: copies of what was unpacked before, as lz4, lzo and lzma have them.
import { damaged } from "../bytes/image-error.ts";

/** Up to this length a loop costs less than a call. */
const maxByteLoop = 32;

/**
 * Repeats `length` bytes from `distance` before `at`; where they overlap, what was just written is copied again. Throws
 * `corrupt` when that begins before the output or ends behind it.
 */
export function copyMatch(out: Uint8Array, at: number, distance: number, length: number): void {
  if (distance === 0 || distance > at) throw damaged("a compressed block refers to data before its beginning");
  if (length > out.length - at) throw damaged("a compressed block unpacks to more bytes than allowed");
  if (length > maxByteLoop && distance >= length) {
    out.copyWithin(at, at - distance, at - distance + length);
    return;
  }
  const end = at + length;
  for (let i = at; i < end; i++) out[i] = out[i - distance] ?? 0;
}
