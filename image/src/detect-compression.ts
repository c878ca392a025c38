// How a whole file is compressed, by its first bytes.
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { readExact } from "./bytes/read-exact.ts";
import { type Content, type FileCompression, findSignature, type Signature } from "./content.ts";

/** Frames of zstd and lz4 that are skipped: they have the magic numbers 0x184D2A50 to 0x184D2A5F, the lowest four bits free. */
const skippableMagic = 0x184_d2a5;
const maxSkipped = 16;

export const compressionSignatures: readonly Signature[] = [
  compressed("gzip", "\x1f\x8b\x08"),
  compressed("zstd", "\x28\xb5\x2f\xfd"),
  compressed("xz", "\xfd7zXZ\0"),
  compressed("bzip2", "BZh"),
  compressed("lz4", "\x04\x22\x4d\x18"),
  compressed("lz4", "\x02\x21\x4c\x18"),
];

function compressed(compression: FileCompression, bytes: string): Signature {
  return { kind: "compressed", compression, offset: 0, bytes, name: `a file compressed with ${compression}` };
}

const programs: Readonly<Record<FileCompression, string>> = {
  gzip: "gunzip",
  zstd: "unzstd",
  xz: "unxz",
  bzip2: "bunzip2",
  lz4: "unlz4",
};

/** What to do with a compressed file that is not unpacked here. */
export function unpackByHand(compression: FileCompression): string {
  return `unpack it with "${programs[compression]}" and open the image that comes out`;
}

/** How the whole of `source` is compressed; undefined when it is not. Reads a few bytes. */
export async function detectCompression(
  source: ByteSource,
  signal?: CancelSignal,
): Promise<FileCompression | undefined> {
  const head = await readExact(source, 0, Math.min(16, source.size), signal);
  const found = findSignature(compressionSignatures, head) ?? (await detectBehindSkipped(source, head, signal));
  return found?.compression;
}

/** The compression of what follows skippable frames at the beginning; undefined when there are none, or nothing follows. */
export async function detectBehindSkipped(
  source: ByteSource,
  head: Uint8Array,
  signal?: CancelSignal,
): Promise<Content | undefined> {
  let at = 0;
  let bytes = head;
  for (let i = 0; i < maxSkipped && bytes.length >= 8; i++) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (view.getUint32(0, true) >>> 4 !== skippableMagic) return undefined;
    at += 8 + view.getUint32(4, true);
    if (at >= source.size) return undefined;
    bytes = await readExact(source, at, Math.min(8, source.size - at), signal);
    const found = findSignature(compressionSignatures, bytes);
    if (found !== undefined) return found;
  }
  return undefined;
}
