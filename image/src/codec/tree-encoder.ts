// A BlockEncoder for any FileTree, in the calling thread: for trees that no other thread can read.
import type { CancelSignal } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import type { FileTree } from "../tree/file-tree.ts";
import { type BlockEncoder, type CompressSync, isHole, type Piece, storeBlock } from "./block-encoder.ts";

/** A running checksum that no two contents share. */
export interface Digest {
  update(bytes: Uint8Array): void;
  finish(): string;
}

const fingerprintStep = 1 << 20;

/** `compress` undefined stores every block as it is. */
export function treeEncoder(
  tree: FileTree,
  compress: CompressSync | undefined,
  startDigest: () => Digest,
): BlockEncoder {
  async function readPiece(piece: Piece, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array> {
    const bytes = await tree.read(piece.path, offset, length, signal);
    if (bytes.length !== length) throw changedWhileBuilding(piece.path);
    return bytes;
  }

  return {
    async encode(blocks, signal) {
      const parts: Uint8Array[] = [];
      const lengths: number[] = [];
      for (const { pieces, mayBeHole } of blocks) {
        const block = concatenate(
          await Promise.all(pieces.map((piece) => readPiece(piece, piece.offset, piece.length, signal))),
        );
        const stored =
          mayBeHole && isHole(block) ? { bytes: block.subarray(0, 0), length: 0 } : storeBlock(block, compress);
        parts.push(stored.bytes);
        lengths.push(stored.length);
      }
      return { bytes: concatenate(parts), lengths, release: () => undefined };
    },

    async fingerprints(files, signal) {
      const texts: string[] = [];
      for (const file of files) {
        const digest = startDigest();
        for (let at = 0; at < file.length; at += fingerprintStep) {
          digest.update(await readPiece(file, file.offset + at, Math.min(fingerprintStep, file.length - at), signal));
        }
        texts.push(digest.finish());
      }
      return texts;
    },

    encodeMetadata: (block) => storeBlock(block, compress),
  };
}

/** The error for a file that is not as it was scanned. */
export function changedWhileBuilding(path: string): ImageError {
  return new ImageError(
    "io",
    `"${path}" changed while the image was being built; build again when nothing writes to it`,
  );
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
