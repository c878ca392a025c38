// Unpacks files of zstd frames: node unpacks one frame and drops what follows, so we find where each frame ends (RFC 8878, 3.1).
import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";
import { damaged, ImageError } from "../bytes/image-error.ts";
import type { SequentialReader } from "../bytes/sequential-reader.ts";
import type { TakeContent } from "./take-content.ts";

const magic = 0xfd2f_b528;
/** The lowest four bits may be anything. */
const skippableMagic = 0x184d_2a50;
const singleSegment = 0x20;
const hasChecksum = 0x04;
const dictionarySizes = [0, 1, 2, 4] as const;
const contentSizes = [0, 2, 4, 8] as const;
const repeated = 1;
/** What `zstd` itself unpacks without being told that it may take more memory. */
const maxWindowSize = 128 * 1024 * 1024;
/** Bytes that are handed to the decompressor at once, and that it gives back at once. */
const pieceSize = 128 * 1024;

/** Unpacks all frames. Throws `corrupt`, or `unsupported` for a frame that takes too much memory. */
export async function unpackZstd(reader: SequentialReader, take: TakeContent): Promise<void> {
  if (typeof zlib.createZstdDecompress !== "function") {
    throw new ImageError(
      "unsupported",
      `Node ${process.versions.node} has no zstd; use Node 22.15 or newer, or unpack it with "unzstd"`,
    );
  }
  while (!reader.atEnd) {
    const start = reader.position;
    const first = viewOf((await reader.peek(4)) ?? new Uint8Array(4)).getUint32(0, true);
    if (first >>> 4 === skippableMagic >>> 4) {
      reader.skip(viewOf(await reader.take(8)).getUint32(4, true));
      continue;
    }
    if (first !== magic) throw damaged("a zstd frame is followed by other data", start);
    await pipeline(frameBytes(reader), zlib.createZstdDecompress({ chunkSize: pieceSize }), take);
  }
}

/** The bytes of the frame that comes next, and no more of them. */
async function* frameBytes(reader: SequentialReader): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let heldLength = 0;
  async function pass(length: number): Promise<void> {
    held.push(Uint8Array.from(await reader.take(length)));
    heldLength += length;
  }
  function give(): Uint8Array {
    const piece = Buffer.concat(held);
    held = [];
    heldLength = 0;
    return piece;
  }

  const checksumSize = await frameHeader(reader, pass);
  for (let isLast = false; !isLast; ) {
    const bytes = await reader.peek(3);
    if (bytes === undefined) throw damaged("a zstd frame is truncated", reader.position);
    const header = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16);
    isLast = (header & 1) === 1;
    const isRepeated = ((header >> 1) & 3) === repeated;
    await pass(3);
    // Its size is at most 2 MiB by its bits, and the decompressor refuses more than it may be.
    await pass(isRepeated ? 1 : header >> 3);
    if (heldLength >= pieceSize) yield give();
  }
  await pass(checksumSize);
  yield give();
}

/** Passes the header on and says how long the checksum at the frame's end is. Throws for a window that is too long. */
async function frameHeader(reader: SequentialReader, pass: (length: number) => Promise<void>): Promise<number> {
  const start = await reader.peek(6);
  if (start === undefined) throw damaged("a zstd frame is truncated", reader.position);
  const descriptor = start[4] ?? 0;
  const isSingle = (descriptor & singleSegment) !== 0;
  const sizeFlag = descriptor >> 6;
  const contentSize = sizeFlag === 0 && isSingle ? 1 : (contentSizes[sizeFlag] ?? 0);
  const dictionarySize = dictionarySizes[descriptor & 3] ?? 0;
  const length = 5 + (isSingle ? 0 : 1) + dictionarySize + contentSize;
  const header = await reader.peek(length);
  if (header === undefined) throw damaged("a zstd frame is truncated", reader.position);
  const window = isSingle ? readSize(header.subarray(5 + dictionarySize)) : windowSize(header[5] ?? 0);
  if (window > maxWindowSize) {
    throw new ImageError(
      "unsupported",
      `unpacking it takes ${Math.ceil(window / 2 ** 20)} MB of memory; unpack it with "zstd -d --long=31"`,
      reader.position,
    );
  }
  await pass(length);
  return (descriptor & hasChecksum) === 0 ? 0 : 4;
}

/** Eight bits of an exponent and eighths (3.1.1.1.2). */
function windowSize(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

/** The content's size, which is all of the header's rest. */
function readSize(bytes: Uint8Array): number {
  const size = bytes.reduceRight((value, byte) => value * 256 + byte, 0);
  return bytes.length === 2 ? size + 256 : size;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
