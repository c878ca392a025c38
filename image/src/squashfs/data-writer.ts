// Lays out the contents of all files: whole blocks, small files packed into fragment blocks, equal files once.
import type { ByteSink, CancelSignal } from "../bytes/byte-source.ts";
import type { BlockEncoder, BlockRequest, EncodedBlocks, Piece } from "../codec/block-encoder.ts";
import { pathOf, type ScannedNode } from "../tree/scan.ts";
import { BLOCK_UNCOMPRESSED, NO_FRAGMENT } from "./superblock.ts";

/** Where the content of a file lies. */
export interface FileLayout {
  /** Absolute position of the first block. */
  start: number;
  /** Stored size of each block with the bit for "uncompressed"; 0 is a hole. */
  readonly blockSizes: Uint32Array;
  /** Bytes in holes. */
  sparse: number;
  /** Index of the fragment block that holds the file, or NO_FRAGMENT. */
  fragment: number;
  fragmentOffset: number;
}

export interface FragmentBlock {
  start: number;
  size: number;
}

export interface DataLayout {
  readonly files: ReadonlyMap<ScannedNode, FileLayout>;
  readonly fragments: readonly FragmentBlock[];
  /** Position behind the last byte of data. */
  readonly end: number;
  readonly reusedBytes: number;
}

export interface DataOptions {
  readonly blockSize: number;
  /** Position of the first byte of data. */
  readonly start: number;
  /** How many batches are encoded at a time. */
  readonly depth: number;
  readonly signal?: CancelSignal;
  /** Called with the files and bytes that are written since the last call. */
  readonly onWritten?: (files: number, bytes: number) => void;
}

/** A batch gives a thread enough to do that the message costs nothing; small enough to keep memory low. */
const batchBytes = 1 << 20;
const fingerprintBatchBytes = 4 << 20;
const fingerprintBatchFiles = 256;

const noBlocks = new Uint32Array(0);

/** One block of a batch and what to do with its position. */
interface PlannedBlock {
  readonly request: BlockRequest;
  place(start: number, size: number): void;
}

interface Batch {
  readonly blocks: readonly PlannedBlock[];
  /** Files that begin in this batch, for progress. */
  readonly files: number;
  readonly bytes: number;
}

/** Writes the contents of `files` to `sink`. The result depends on the files alone, not on which thread is faster. */
export async function writeData(
  files: readonly ScannedNode[],
  encoder: BlockEncoder,
  sink: ByteSink,
  options: DataOptions,
): Promise<DataLayout> {
  const originals = await findOriginals(files, encoder, options.signal);
  const layouts = new Map<ScannedNode, FileLayout>();
  const fragments: FragmentBlock[] = [];
  let position = options.start;

  async function writeBatch(batch: Batch, { bytes, lengths, release }: EncodedBlocks): Promise<void> {
    let at = position;
    batch.blocks.forEach(({ place }, i) => {
      const length = lengths[i] ?? 0;
      place(at, length < 0 ? -length | BLOCK_UNCOMPRESSED : length);
      at += Math.abs(length);
    });
    if (bytes.length > 0) await sink.write(position, bytes);
    release();
    position = at;
    options.onWritten?.(batch.files, batch.bytes);
  }

  // Batches are encoded side by side and written in order.
  const running: { readonly batch: Batch; readonly encoded: Promise<EncodedBlocks> }[] = [];
  async function writeOldest(): Promise<void> {
    const oldest = running.shift();
    if (oldest !== undefined) await writeBatch(oldest.batch, await oldest.encoded);
  }

  for (const batch of planBatches(originals.distinct, options.blockSize, layouts, fragments)) {
    options.signal?.throwIfAborted();
    const requests = batch.blocks.map(({ request }) => request);
    const encoded = encoder.encode(requests, options.signal);
    encoded.catch(() => undefined); // reported when its turn comes; until then nobody may be listening
    running.push({ batch, encoded });
    if (running.length >= options.depth) await writeOldest();
  }
  while (running.length > 0) await writeOldest();

  for (const [copy, original] of originals.copies) {
    const layout = layouts.get(original);
    if (layout !== undefined) layouts.set(copy, layout);
  }
  let reusedBytes = 0;
  for (const copy of originals.copies.keys()) reusedBytes += copy.size;
  options.onWritten?.(originals.copies.size, reusedBytes);
  return { files: layouts, fragments, end: position, reusedBytes };
}

/** Cuts files into blocks and blocks into batches, and notes in `layouts` and `fragments` where they come to lie. */
function* planBatches(
  files: readonly ScannedNode[],
  blockSize: number,
  layouts: Map<ScannedNode, FileLayout>,
  fragments: FragmentBlock[],
): Generator<Batch> {
  let blocks: PlannedBlock[] = [];
  let bytes = 0;
  let begun = 0;
  let packed: Piece[] = [];
  let packedBytes = 0;

  function takeBatch(): Batch {
    const batch: Batch = { blocks, files: begun, bytes };
    blocks = [];
    bytes = 0;
    begun = 0;
    return batch;
  }

  function add(request: BlockRequest, length: number, place: PlannedBlock["place"]): void {
    blocks.push({ request, place });
    bytes += length;
  }

  function addFragment(): void {
    if (packed.length === 0) return;
    const fragment: FragmentBlock = { start: 0, size: 0 };
    fragments.push(fragment);
    add({ pieces: packed, mayBeHole: false }, packedBytes, (start, size) => {
      fragment.start = start;
      fragment.size = size;
    });
    packed = [];
    packedBytes = 0;
  }

  for (const file of files) {
    begun += 1;
    const { size } = file;
    const path = pathOf(file);
    if (size < blockSize) {
      if (packedBytes + size > blockSize) addFragment();
      layouts.set(file, {
        start: 0,
        blockSizes: noBlocks,
        sparse: 0,
        fragment: size === 0 ? NO_FRAGMENT : fragments.length,
        fragmentOffset: size === 0 ? 0 : packedBytes,
      });
      if (size > 0) packed.push({ path, offset: 0, length: size, fileSize: size });
      packedBytes += size;
    } else {
      const blockSizes = new Uint32Array(Math.ceil(size / blockSize));
      const layout: FileLayout = { start: 0, blockSizes, sparse: 0, fragment: NO_FRAGMENT, fragmentOffset: 0 };
      layouts.set(file, layout);
      for (let i = 0; i < blockSizes.length; i++) {
        const offset = i * blockSize;
        const length = Math.min(blockSize, size - offset);
        const piece: Piece = { path, offset, length, fileSize: size };
        add({ pieces: [piece], mayBeHole: true }, length, (start, stored) => {
          if (i === 0) layout.start = start;
          if (stored === 0) layout.sparse += length;
          blockSizes[i] = stored;
        });
        if (bytes >= batchBytes) yield takeBatch();
      }
    }
    if (bytes >= batchBytes) yield takeBatch();
  }
  addFragment();
  if (blocks.length > 0 || begun > 0) yield takeBatch();
}

interface Originals {
  readonly distinct: readonly ScannedNode[];
  /** Files that are stored already, each with the earlier file of the same content. */
  readonly copies: ReadonlyMap<ScannedNode, ScannedNode>;
}

/** Finds files of equal content. Only files that share their size with another are read for it. */
async function findOriginals(
  files: readonly ScannedNode[],
  encoder: BlockEncoder,
  signal: CancelSignal | undefined,
): Promise<Originals> {
  const bySize = new Map<number, number>();
  for (const { size } of files) bySize.set(size, (bySize.get(size) ?? 0) + 1);
  const alike = files.filter(({ size }) => size > 0 && (bySize.get(size) ?? 0) > 1);

  const prints = new Map<ScannedNode, string>();
  await Promise.all(
    batchesOf(alike).map(async (batch) => {
      const pieces = batch.map((file) => ({ path: pathOf(file), offset: 0, length: file.size, fileSize: file.size }));
      const texts = await encoder.fingerprints(pieces, signal);
      batch.forEach((file, i) => {
        prints.set(file, `${file.size} ${texts[i]}`);
      });
    }),
  );

  const first = new Map<string, ScannedNode>();
  const copies = new Map<ScannedNode, ScannedNode>();
  const distinct = files.filter((file) => {
    const print = prints.get(file);
    const original = print === undefined ? undefined : first.get(print);
    if (original !== undefined) copies.set(file, original);
    else if (print !== undefined) first.set(print, file);
    return original === undefined;
  });
  return { distinct, copies };
}

function batchesOf(files: readonly ScannedNode[]): ScannedNode[][] {
  const batches: ScannedNode[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const file of files) {
    let batch = batches.at(-1);
    if (batch === undefined || bytes >= fingerprintBatchBytes || batch.length >= fingerprintBatchFiles) {
      batch = [];
      batches.push(batch);
      bytes = 0;
    }
    batch.push(file);
    bytes += file.size;
  }
  return batches;
}
