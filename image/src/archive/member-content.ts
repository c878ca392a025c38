// Where the content of a file lies in an archive: in one piece, or in several with holes between them.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { lastAtOrBefore } from "../bytes/last-at-or-before.ts";
import { readExact } from "../bytes/read-exact.ts";

/** A piece of a file that is stored; what is between pieces is zeros. */
export interface StoredPiece {
  /** In the file. */
  readonly start: number;
  readonly length: number;
  /** In the archive. */
  readonly offset: number;
}

/** The content of a file, which lies in the archive from `offset` on, or in pieces. */
export type MemberContent = { readonly offset: number } | { readonly pieces: readonly StoredPiece[] };

/** A file's pairs of start and length, as its map lists them. */
export type SparseMap = readonly (readonly [start: number, length: number])[];

/**
 * The pieces of a map, which are stored one behind the other from `offset` on, in `stored` bytes. Throws `corrupt` for a map
 * whose pieces lie over each other, in no order, or outside of the file or of what is stored.
 */
export function placePieces(map: SparseMap, size: number, offset: number, stored: number): MemberContent {
  const pieces: StoredPiece[] = [];
  let end = 0;
  let used = 0;
  for (const [start, length] of map) {
    const isPlaced = Number.isSafeInteger(start) && Number.isSafeInteger(length) && length >= 0;
    if (!isPlaced || start < end || start + length > size || used + length > stored) {
      throw damaged("the sparse map of a file is not valid", offset);
    }
    if (length > 0) pieces.push({ start, length, offset: offset + used });
    end = start + length;
    used += length;
  }
  return { pieces };
}

/** Reads `length` bytes of a file from `at` on; both lie in it. */
export async function readMember(
  source: ByteSource,
  content: MemberContent,
  at: number,
  length: number,
  signal?: CancelSignal,
): Promise<Uint8Array> {
  if ("offset" in content) return await readExact(source, content.offset + at, length, signal);
  const { pieces } = content;
  const out = new Uint8Array(length);
  const first = Math.max(
    0,
    lastAtOrBefore(pieces.length, (i) => pieces[i]?.start ?? 0, at),
  );
  for (let i = first; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece === undefined || piece.start >= at + length) break;
    const from = Math.max(at, piece.start);
    const to = Math.min(at + length, piece.start + piece.length);
    if (from >= to) continue;
    out.set(await readExact(source, piece.offset + from - piece.start, to - from, signal), from - at);
  }
  return out;
}

/** Bytes that a file of `size` takes in the archive. */
export function storedBytes(content: MemberContent, size: number): number {
  return "offset" in content ? size : content.pieces.reduce((sum, { length }) => sum + length, 0);
}
