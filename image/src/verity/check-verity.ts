// Compares data with their root hash, through the hash tree, from the top down as the kernel does when it reads.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { loadCache } from "../bytes/load-cache.ts";
import { readExact } from "../bytes/read-exact.ts";
import type { HashTree } from "./hash-tree.ts";
import type { VerityCheck, VerityFault } from "./verity-state.ts";

/** Data, their tree, and the hash that stands for all of it. */
export interface VerityParts {
  readonly data: ByteSource;
  /** The partition or file of the tree, superblock included. */
  readonly hashes: ByteSource;
  readonly tree: HashTree;
  readonly rootHash: Uint8Array;
}

export interface CheckVerityOptions {
  /** Bytes of the data to check, all of them without it; whole blocks are checked. */
  readonly range?: { readonly offset: number; readonly length: number };
  /** Told how many bytes of how many are done. */
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: CancelSignal;
}

/** Bytes of data that are read at once, and of hashes that are kept. */
const readSize = 1 << 20;
const keptHashes = 8 << 20;
/** Stretches that are listed; what is bad is counted beyond them. */
const maxFaults = 100;

/** A block of hashes that can be trusted, or where the way down to it broke off. */
interface HashBlock {
  readonly bytes: Uint8Array;
  readonly fault?: { readonly what: "hashes" | "missing"; readonly level: number; readonly hashOffset: number };
}

/**
 * Compares the data with their root hash. What is damaged or cut off is in the result; throws an ImageError of kind `io`
 * when something cannot be read.
 */
export async function checkVerity(
  { data, hashes, tree, rootHash }: VerityParts,
  { range, progress, signal }: CheckVerityOptions = {},
): Promise<VerityCheck> {
  const { levels, digestsPerBlock, digestSize, digestStride } = tree;
  const { dataBlockSize, hashBlockSize, dataBlocks } = tree.superblock;
  const presentBlocks = Math.floor(data.size / dataBlockSize);
  const cache = loadCache<string, HashBlock>(keptHashes, ({ bytes }) => bytes.length + 1);
  const faults: VerityFault[] = [];
  let badBytes = 0;
  let checkedBytes = 0;

  function report(fault: VerityFault): void {
    badBytes += fault.length;
    const last = faults.at(-1);
    const goesOn =
      last?.what === fault.what && last.level === fault.level && last.offset + last.length === fault.offset;
    if (last !== undefined && goesOn) faults[faults.length - 1] = { ...last, length: last.length + fault.length };
    else if (faults.length < maxFaults) faults.push(fault);
  }

  /** Whether a block has the hash that the level above, or the root hash, has for it. */
  function matches(block: Uint8Array, parent: HashBlock | undefined, index: number): boolean {
    const at = (index % digestsPerBlock) * digestStride;
    const expected = parent === undefined ? rootHash : parent.bytes.subarray(at, at + digestSize);
    return isEqual(tree.digest(block), expected);
  }

  async function hashBlock(level: number, index: number): Promise<HashBlock> {
    return await cache.get(`${level} ${index}`, async () => {
      const { start } = levels[level] ?? { start: 0 };
      const parent =
        level + 1 < levels.length ? await hashBlock(level + 1, Math.floor(index / digestsPerBlock)) : undefined;
      if (parent?.fault !== undefined) return { bytes: new Uint8Array(0), fault: parent.fault };
      const hashOffset = start + index * hashBlockSize;
      const isThere = hashOffset + hashBlockSize <= hashes.size;
      const bytes = isThere ? await readExact(hashes, hashOffset, hashBlockSize, signal) : new Uint8Array(0);
      if (isThere && matches(bytes, parent, index)) return { bytes };
      return { bytes: new Uint8Array(0), fault: { what: isThere ? "hashes" : "missing", level, hashOffset } };
    });
  }

  const { offset, length } = range ?? { offset: 0, length: dataBlocks * dataBlockSize };
  const first = Math.floor(Math.max(0, offset) / dataBlockSize);
  const end = Math.min(dataBlocks, Math.ceil((offset + length) / dataBlockSize));
  const total = Math.max(0, end - first) * dataBlockSize;
  const stretch = (from: number, to: number) => ({ offset: from * dataBlockSize, length: (to - from) * dataBlockSize });

  for (let at = first; at < end; ) {
    signal?.throwIfAborted();
    progress?.((at - first) * dataBlockSize, total);
    if (at >= presentBlocks) {
      report({ what: "missing", ...stretch(at, end) });
      break;
    }
    const parent = levels.length === 0 ? undefined : await hashBlock(0, Math.floor(at / digestsPerBlock));
    if (parent?.fault !== undefined) {
      const span = digestsPerBlock ** (parent.fault.level + 1);
      const next = Math.min(end, presentBlocks, (Math.floor(at / span) + 1) * span);
      report({ ...parent.fault, ...stretch(at, next) });
      at = next;
      continue;
    }
    const most = at + Math.max(1, Math.floor(readSize / dataBlockSize));
    const next = Math.min(end, presentBlocks, most, (Math.floor(at / digestsPerBlock) + 1) * digestsPerBlock);
    const { offset: start, length: size } = stretch(at, next);
    const bytes = await readExact(data, start, size, signal);
    for (let block = at; block < next; block++) {
      const within = (block - at) * dataBlockSize;
      if (!matches(bytes.subarray(within, within + dataBlockSize), parent, block)) {
        report({ what: "data", ...stretch(block, block + 1) });
      }
    }
    checkedBytes += size;
    at = next;
  }
  progress?.(total, total);
  return { intact: badBytes === 0, checkedBytes, badBytes, faults };
}

/** What the tree itself has for a root hash: the hash of its topmost block, or of the only block of data. */
export async function readTopHash(
  { data, hashes, tree }: Omit<VerityParts, "rootHash">,
  signal?: CancelSignal,
): Promise<Uint8Array | undefined> {
  const { dataBlockSize, hashBlockSize } = tree.superblock;
  const top = tree.levels.at(-1);
  const [source, start, size] =
    top === undefined ? ([data, 0, dataBlockSize] as const) : ([hashes, top.start, hashBlockSize] as const);
  if (start + size > source.size) return undefined;
  return tree.digest(await readExact(source, start, size, signal));
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
