// Unpacks LZ4 blocks: sequences of literals, each followed by a copy of what came before (LZ4 Block Format).
import { damaged } from "../bytes/image-error.ts";
import type { Wanted } from "./codec.ts";
import { copyMatch } from "./copy-match.ts";

/** A copy is at least this long, so the format counts from here. */
const minMatch = 4;
/** A length in a nibble that goes on in the bytes behind it. */
const nibbleMore = 15;

/**
 * Unpacks one raw block, without a frame around it, to at most `maxLength` bytes; with `first`, what comes behind them is
 * left out. Throws an ImageError of kind `corrupt` when it is truncated, copies from before its beginning, or, where the
 * whole is wanted, unpacks to more.
 */
export function unpackLz4(block: Uint8Array, maxLength: number, wanted: Wanted = "whole"): Uint8Array {
  const out = new Uint8Array(maxLength);
  let from = 0;
  let to = 0;

  function readLength(nibble: number): number {
    let length = nibble;
    if (nibble < nibbleMore) return length;
    for (;;) {
      const more = block[from++];
      if (more === undefined) throw damaged("an lz4 block is truncated inside a length");
      length += more;
      if (more < 255) return length;
    }
  }

  while (from < block.length) {
    const token = block[from++] ?? 0;
    const literals = readLength(token >> 4);
    const kept = wanted === "first" ? Math.min(literals, maxLength - to) : literals;
    if (literals > block.length - from || kept > maxLength - to)
      throw damaged("an lz4 block has more literals than fit");
    out.set(block.subarray(from, from + kept), to);
    from += literals;
    to += kept;
    // The last sequence is without a copy.
    if (from === block.length || (to === maxLength && wanted === "first")) break;
    if (from + 2 > block.length) throw damaged("an lz4 block is truncated inside an offset");
    const distance = (block[from] ?? 0) | ((block[from + 1] ?? 0) << 8);
    from += 2;
    const copied = readLength(token & 0x0f) + minMatch;
    const length = wanted === "first" ? Math.min(copied, maxLength - to) : copied;
    copyMatch(out, to, distance, length);
    to += length;
    if (to === maxLength && wanted === "first") break;
  }
  return out.subarray(0, to);
}
