// Damages images at random: bytes, fields, stretches, ends. Whatever comes of it is to be a result or an ImageError, after a bounded number of reads.
import assert from "node:assert/strict";
import {
  type ByteSource,
  ImageError,
  memorySource,
  type OpenImage,
  openImage,
  walkTree,
} from "../../image/src/index.ts";
import { nodeDecompressors } from "../../image/src/node/index.ts";
import { randomNumbers } from "../support/random-numbers.ts";

/** Where an image has its first structures, and how many bytes of them. */
export type Structures = readonly (readonly [start: number, length: number])[];

export interface FaultyImage {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly structures: Structures;
}

export interface FaultCounts {
  readonly rounds: number;
  /** Images that ended in an ImageError. */
  readonly refused: number;
  /** How often the image of which most was read was asked for bytes. */
  readonly maxReads: number;
}

type Pick = (below: number) => number;

const tellingBytes = [0, 1, 0x7f, 0x80, 0xff];

/** A copy with bytes or fields changed, a stretch written elsewhere, the end cut off, or something behind it. */
export function damage({ bytes, structures }: FaultyImage, pick: Pick): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const inStructure = () => {
    const [start, length] = structures[pick(structures.length)] ?? [0, copy.length];
    return Math.min(copy.length - 1, start + pick(length));
  };
  // What lies between the structures at both ends is mostly the contents of files.
  const places = [inStructure, () => pick(copy.length), () => copy.length - 1 - pick(Math.min(3000, copy.length))];
  const place = () => places[pick(places.length)]?.() ?? 0;
  const kind = pick(20);
  if (kind === 0) return copy.subarray(0, pick(copy.length));
  if (kind === 1) return extended(copy, pick(5000));
  if (kind === 2) {
    const from = place();
    copy.copyWithin(place(), from, from + pick(64));
    return copy;
  }
  if (kind < 10) {
    for (let i = 1 + pick(3); i > 0; i--) damageField(copy, place(), pick);
    return copy;
  }
  for (let i = 1 + pick(8); i > 0; i--) {
    copy[place()] = pick(2) === 0 ? (tellingBytes[pick(tellingBytes.length)] ?? 0) : pick(256);
  }
  return copy;
}

function extended(bytes: Uint8Array, more: number): Uint8Array {
  const longer = new Uint8Array(bytes.length + more);
  longer.set(bytes);
  return longer;
}

/** A number of the image becomes a huge count, a wrong length, the image's size, or the place of something else: a circle. */
function damageField(bytes: Uint8Array, near: number, pick: Pick): void {
  const size = [2, 4, 8][pick(3)] ?? 4;
  const at = Math.min(bytes.length - size, near - (near % size));
  if (at < 0) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const elsewhere = pick(Math.max(1, bytes.length - 8));
  const values = [
    0,
    0xffff_ffff,
    0x7fff_ffff,
    0x8000_0000,
    bytes.length,
    bytes.length - pick(100),
    at,
    elsewhere,
    view.getUint32(Math.min(bytes.length - 4, elsewhere - (elsewhere % 4)), true),
    view.getUint16(at, true) + 1,
    view.getUint16(at, true) - 1,
  ];
  const value = (values[pick(values.length)] ?? 0) >>> 0;
  if (size === 2) view.setUint16(at, value & 0xffff, true);
  else view.setUint32(at, value, true);
  if (size === 8) view.setUint32(at + 4, pick(4) === 0 ? 0xffff_ffff : 0, true);
}

const stepsOfWalk = 3000;
/** Bytes of a file that is read whole; who reads longer ones asks for ranges. */
const maxWholeSize = 16 << 20;

/** What came of reading an image. */
export interface Reading {
  /** False when an ImageError ended it. */
  readonly complete: boolean;
  /** How often the image was asked for bytes. */
  readonly reads: number;
}

/** Reads all that there is, of a disk in every partition. */
export async function readEverything(bytes: Uint8Array): Promise<Reading> {
  const { source, reads } = countedSource(bytes);
  return { complete: await readAll(source), reads: reads() };
}

/** Bytes in memory, and how often they were asked for. */
export function countedSource(bytes: Uint8Array): { readonly source: ByteSource; reads(): number } {
  const source = memorySource(bytes);
  let count = 0;
  const read: ByteSource["read"] = (...range) => {
    count += 1;
    return source.read(...range);
  };
  return { source: { ...source, read }, reads: () => count };
}

async function readAll(source: ByteSource): Promise<boolean> {
  try {
    const image = await openImage(source, nodeDecompressors());
    await readFiles(image);
    for (const partition of image.disk?.partitions ?? []) {
      await image.disk?.content(partition);
      const inside = await image.disk?.open(partition).catch(refusedOnly);
      if (inside !== undefined) await readFiles(inside);
    }
    return image.format !== "disk";
  } catch (error) {
    refusedOnly(error);
    return false;
  }
}

function refusedOnly(error: unknown): undefined {
  if (!(error instanceof ImageError)) throw error;
}

async function readFiles({ tree }: OpenImage): Promise<void> {
  let steps = 0;
  for await (const { path, type } of walkTree(tree, "")) {
    steps += 1;
    if (steps > stepsOfWalk) return;
    const { size } = await tree.stat(path);
    await tree.xattrs(path);
    if (type === "symlink") await tree.readLink(path);
    if (type !== "file") continue;
    await tree.storedSize?.(path);
    await tree.read(path, 0, 1 << 20);
    await tree.read(path, Math.max(0, size - 100), 1000);
    if (size <= maxWholeSize) await tree.read(path, 0, size);
  }
}

/**
 * Damages each of the images in turn and hands it to `read`. Throws when one ends in something else than a result or an
 * ImageError.
 */
export async function damageAndRead(
  images: readonly FaultyImage[],
  rounds: number,
  seed: number,
  read: (bytes: Uint8Array) => Promise<Reading> = readEverything,
): Promise<FaultCounts> {
  const assertReadable = async (why: string): Promise<void> => {
    for (const { name, bytes } of images) assert.ok((await readEverything(bytes)).complete, `${name} ${why}`);
  };
  await assertReadable("must be readable undamaged");
  const pick = randomNumbers(seed);
  let refused = 0;
  let maxReads = 0;
  for (let round = 0; round < rounds; round++) {
    const image = images[round % images.length];
    if (image === undefined) break;
    const bytes = damage(image, pick);
    try {
      const { complete, reads } = await read(bytes);
      if (!complete) refused += 1;
      maxReads = Math.max(maxReads, reads);
    } catch (error) {
      throw new Error(`${image.name}, round ${round} of seed ${seed}`, { cause: error });
    }
    // So that memory that is in use is told from what earlier rounds have left.
    globalThis.gc?.();
  }
  await assertReadable("must not change when it is read");
  return { rounds, refused, maxReads };
}
