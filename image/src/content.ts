// What a file or partition holds, and the bytes by which that is known.

/** Compressions of whole files. */
export type FileCompression = "gzip" | "zstd" | "xz" | "bzip2" | "lz4";

/** What a file holds. */
export interface Content {
  /** A format that can be read, as `erofs`, or something else that is known, as `luks`; else `unknown`. */
  readonly kind: string;
  /** What it is, for people, as part of a sentence: "an ext4 file system". */
  readonly name: string;
  /** Of the kind `compressed`. */
  readonly compression?: FileCompression;
}

/** Bytes at an offset that only files with this content have there. */
export interface Signature extends Content {
  readonly offset: number;
  /** One character a byte. */
  readonly bytes: string;
}

/** The content of the first one of `signatures` that is in `head`, the beginning of a file. */
export function findSignature(signatures: readonly Signature[], head: Uint8Array): Content | undefined {
  const found = signatures.find(({ offset, bytes }) => hasBytes(head, offset, bytes));
  if (found === undefined) return undefined;
  const { kind, name, compression } = found;
  return { kind, name, ...(compression === undefined ? {} : { compression }) };
}

function hasBytes(head: Uint8Array, offset: number, bytes: string): boolean {
  if (offset + bytes.length > head.length) return false;
  for (let i = 0; i < bytes.length; i++) if (head[offset + i] !== bytes.charCodeAt(i)) return false;
  return true;
}
