// What is this? Tells file systems, disks, archives and other files apart by their first bytes.
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { readExact } from "./bytes/read-exact.ts";
import { type Content, findSignature, type Signature } from "./content.ts";
import { compressionSignatures, detectBehindSkipped } from "./detect-compression.ts";
import type { ImageReader } from "./image-reader.ts";
import { hasMbr } from "./partitions/mbr.ts";
import { imageReaders } from "./readers.ts";
import { diskSignatures, fileSignatures, veritySignature, vhdFooter } from "./signatures.ts";
import { isSignatureText } from "./verity/signature-json.ts";

/** Bytes that hold all signatures. */
const headSize = 68 * 1024;
const sectorSize = 512;
const mbr: Content = { kind: "mbr", name: "a disk image with a partition table (MBR)" };
const signatureText: Content = { kind: "verity-signature", name: "the signature of a root hash (dm-verity)" };

/** In the order of probing. */
const signatures: readonly Signature[] = [
  veritySignature,
  ...signaturesOf("file-system"),
  ...diskSignatures,
  ...compressionSignatures,
  ...signaturesOf("archive"),
  ...fileSignatures,
];

function signaturesOf(wanted: ImageReader["class"]): Signature[] {
  return readersOf(wanted).flatMap(({ signatures: own, unsupported = [] }) => [
    ...own,
    ...unsupported.map(({ signature }) => signature),
  ]);
}

function readersOf(wanted: ImageReader["class"]): ImageReader[] {
  return imageReaders.filter((reader) => reader.class === wanted);
}

/** Reads the beginning of `source` and says what it is. */
export async function detectContent(source: ByteSource, signal?: CancelSignal): Promise<Content> {
  const head = await readExact(source, 0, Math.min(headSize, source.size), signal);
  if (head.length === 0) return { kind: "empty", name: "an empty file" };
  const found = findSignature(signatures, head);
  if (found !== undefined) return { ...found, name: nameOf(found, head) };
  return (
    (await recognize("file-system", source, head, signal)) ??
    (hasMbr(head) ? mbr : undefined) ??
    (await detectBehindSkipped(source, head, signal)) ??
    (await recognize("archive", source, head, signal)) ??
    (isSignatureText(head) ? signatureText : undefined) ??
    detectText(head) ??
    (await detectVirtualDisk(source, signal)) ??
    (head.every((byte) => byte === 0)
      ? { kind: "empty", name: "only zeros at its beginning" }
      : { kind: "unknown", name: "data of an unknown format" })
  );
}

function nameOf({ kind, name }: Content, head: Uint8Array): string {
  return imageReaders.find((reader) => reader.kind === kind)?.nameOf?.(head) ?? name;
}

async function recognize(
  wanted: ImageReader["class"],
  source: ByteSource,
  head: Uint8Array,
  signal?: CancelSignal,
): Promise<Content | undefined> {
  for (const reader of readersOf(wanted)) {
    const content = await reader.recognize?.(head, source, signal);
    if (content !== undefined) return content;
  }
  return undefined;
}

async function detectVirtualDisk(source: ByteSource, signal?: CancelSignal): Promise<Content | undefined> {
  if (source.size < 2 * sectorSize) return undefined;
  const footer = await readExact(source, source.size - sectorSize, sectorSize, signal);
  return findSignature([vhdFooter], footer);
}

function detectText(head: Uint8Array): Content | undefined {
  const start = head.subarray(0, 1024);
  const isText = start.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  if (!isText) return undefined;
  const text = String.fromCharCode(...start);
  return /^\s*<(!doctype html|html)/i.test(text)
    ? { kind: "web-page", name: "a web page" }
    : { kind: "text", name: "a text file" };
}
