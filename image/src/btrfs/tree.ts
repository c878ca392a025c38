// Trees of btrfs: nodes of sorted keys, the lowest of which hold the items.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { loadCache } from "../bytes/load-cache.ts";
import { readExact } from "../bytes/read-exact.ts";
import { readUint64 } from "../bytes/record.ts";
import type { ChunkMap } from "./chunks.ts";
import { compareKeys, KEY_SIZE, type Key, readKey } from "./key.ts";

export interface Item {
  readonly key: Key;
  readonly data: Uint8Array;
}

/** Reads items of trees, each by the logical address of its root. */
export interface TreeReader {
  /** The items of a tree from `from` on, below `to`, in their order. */
  range(root: number, from: Key, to: Key): AsyncGenerator<Item>;
  /** The first item at or behind a key and below another. */
  first(root: number, from: Key, to: Key): Promise<Item | undefined>;
}

const headerSize = 101;
const addressOffset = 48;
const countOffset = 96;
const levelOffset = 100;
const itemSize = 25;
const pointerSize = 33;
const highestLevel = 8;
/** Bytes of nodes that are kept. */
const keptBytes = 8 << 20;

interface Node {
  readonly level: number;
  readonly keys: readonly Key[];
  /** Of a lowest node. */
  readonly items: readonly Uint8Array[];
  /** Of others, the logical addresses of the nodes below. */
  readonly children: readonly number[];
  readonly size: number;
}

export function treeReader(source: ByteSource, chunks: ChunkMap, nodeSize: number): TreeReader {
  const nodes = loadCache<number, Node>(keptBytes, ({ size }) => size);

  async function readNode(logical: number): Promise<Node> {
    const position = chunks.place(logical, nodeSize);
    const bytes = await readExact(source, position, nodeSize);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const count = view.getUint32(countOffset, true);
    const level = view.getUint8(levelOffset);
    const entrySize = level === 0 ? itemSize : pointerSize;
    if (
      readUint64(view, addressOffset) !== logical ||
      level >= highestLevel ||
      headerSize + count * entrySize > nodeSize
    ) {
      throw damaged("a tree node is not the one that its parent names", position);
    }
    const keys: Key[] = [];
    const items: Uint8Array[] = [];
    const children: number[] = [];
    for (let i = 0; i < count; i++) {
      const at = headerSize + i * entrySize;
      keys.push(readKey(view, at));
      if (level > 0) {
        children.push(readUint64(view, at + KEY_SIZE));
        continue;
      }
      const start = headerSize + view.getUint32(at + KEY_SIZE, true);
      const end = start + view.getUint32(at + KEY_SIZE + 4, true);
      if (end > nodeSize) throw damaged("an item is outside of its tree node", position);
      items.push(bytes.subarray(start, end));
    }
    return { level, keys, items, children, size: nodeSize };
  }

  const node = (logical: number) => nodes.get(logical, () => readNode(logical));

  async function* walk(logical: number, from: Key, to: Key, above: number): AsyncGenerator<Item> {
    const { level, keys, items, children } = await node(logical);
    if (level >= above) throw damaged("a tree refers back to itself");
    const start = Math.max(0, level === 0 ? firstAtOrBehind(keys, from) : lastAtOrBefore(keys, from));
    for (let i = start; i < keys.length; i++) {
      const key = keys[i];
      const data = items[i];
      const child = children[i];
      if (key === undefined || compareKeys(key, to) >= 0) return;
      if (data !== undefined) yield { key, data };
      else if (child !== undefined) yield* walk(child, from, to, level);
    }
  }

  return {
    range: (root, from, to) => walk(root, from, to, highestLevel),
    async first(root, from, to) {
      for await (const item of walk(root, from, to, highestLevel)) return item;
      return undefined;
    },
  };
}

/** Index of the first key at or behind another. */
function firstAtOrBehind(keys: readonly Key[], wanted: Key): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const key = keys[middle];
    if (key !== undefined && compareKeys(key, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the last key at or before another; -1 for none. */
function lastAtOrBefore(keys: readonly Key[], wanted: Key): number {
  const index = firstAtOrBehind(keys, wanted);
  const key = keys[index];
  return key !== undefined && compareKeys(key, wanted) === 0 ? index : index - 1;
}
