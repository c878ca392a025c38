// The table of a FAT file system: for each cluster the one that follows it in its file, which makes chains.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { lastAtOrBefore } from "../bytes/last-at-or-before.ts";
import { loadCache } from "../bytes/load-cache.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type FatLayout, FIRST_CLUSTER } from "./boot-sector.ts";

/** The clusters of a file as far as they are known, as runs of neighbours. */
interface Chain {
  /** The first cluster of each run. */
  readonly starts: number[];
  /** How many clusters of the chain are in front of each run. */
  readonly before: number[];
  known: number;
  /** The cluster behind those that are known; undefined when there is none. */
  next: number | undefined;
}

export interface ClusterChains {
  /**
   * Reads bytes of a chain, which begins with the cluster `first` and belongs to the file or folder `owner`. Throws `corrupt`
   * when it is shorter, leads nowhere or round in a circle, or has a cluster of another one.
   */
  read(owner: string, first: number, offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array>;
  /** Bytes of all clusters of a chain; throws `corrupt` when they are more than `most`. */
  length(owner: string, first: number, most: number): Promise<number>;
}

/** Bytes of the table that are read at once; one page holds all of FAT12's, whose entries lie across pages. */
const pageSize = 64 * 1024;
const keptBytes = 4 * 1024 * 1024;
const keptRuns = 1 << 20;
/** An entry from here on ends a chain; the one before stands for a bad cluster. */
const endMarks = { 12: 0xff8, 16: 0xfff8, 32: 0x0fff_fff8 } as const;

export function clusterChains(source: ByteSource, layout: FatLayout): ClusterChains {
  const { bits, clusters, clusterSize, clustersStart, tableStart } = layout;
  const pages = loadCache<number, DataView>(keptBytes, (page) => page.byteLength);
  const chains = loadCache<string, Chain>(keptRuns, ({ starts }) => starts.length + 8);
  const tableSize = Math.ceil(((clusters + FIRST_CLUSTER) * bits) / 8);
  /** A bit for each cluster that is in some chain. */
  const taken = new Uint8Array(Math.ceil((clusters + FIRST_CLUSTER) / 8));
  /** How many clusters of its chain each owner has taken. */
  const claims = new Map<string, number>();

  async function loadPage(number: number): Promise<DataView> {
    const start = number * pageSize;
    const bytes = await readExact(source, tableStart + start, Math.min(pageSize, tableSize - start));
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** What the table says of a cluster; `page` is that which it is in. */
  function entryOf(page: DataView, cluster: number): number {
    const at = Math.floor((cluster * bits) / 8) % pageSize;
    if (bits === 32) return page.getUint32(at, true) & 0x0fff_ffff;
    const value = page.getUint16(at, true);
    if (bits === 16) return value;
    return cluster % 2 === 1 ? value >> 4 : value & 0xfff;
  }

  function claim(owner: string, chain: Chain, cluster: number): void {
    if (chain.known < (claims.get(owner) ?? 0)) return; // its chain was forgotten and is read again
    const mask = 1 << (cluster & 7);
    const at = cluster >> 3;
    if (((taken[at] ?? 0) & mask) !== 0) {
      throw damaged(`cluster ${cluster} is used twice`, clustersStart + (cluster - FIRST_CLUSTER) * clusterSize);
    }
    taken[at] = (taken[at] ?? 0) | mask;
    claims.set(owner, chain.known + 1);
  }

  function append(chain: Chain, cluster: number): void {
    const last = chain.starts.length - 1;
    if (last < 0 || (chain.starts[last] ?? 0) + chain.known - (chain.before[last] ?? 0) !== cluster) {
      chain.starts.push(cluster);
      chain.before.push(chain.known);
    }
    chain.known += 1;
  }

  /** Follows a chain until `count` of its clusters are known or it ends. */
  async function follow(owner: string, chain: Chain, count: number, signal?: CancelSignal): Promise<void> {
    while (chain.known < count && chain.next !== undefined) {
      const inPage = Math.floor((chain.next * bits) / 8 / pageSize);
      const page = pages.peek(inPage) ?? (await pages.get(inPage, () => loadPage(inPage)));
      signal?.throwIfAborted();
      // While the page was on its way, another reader may have followed the same chain.
      while (chain.known < count && chain.next !== undefined) {
        const cluster: number = chain.next;
        checkCluster(cluster);
        if (Math.floor((cluster * bits) / 8 / pageSize) !== inPage) break;
        claim(owner, chain, cluster);
        append(chain, cluster);
        const entry = entryOf(page, cluster);
        chain.next = entry >= endMarks[bits] ? undefined : entry;
      }
    }
  }

  function checkCluster(cluster: number): void {
    if (cluster >= FIRST_CLUSTER && cluster < clusters + FIRST_CLUSTER) return;
    throw damaged(
      `a chain of clusters leads to ${cluster}, and they are numbered from 2 to ${clusters + 1}`,
      tableStart,
    );
  }

  function chainOf(owner: string, first: number): Promise<Chain> {
    checkCluster(first);
    return chains.get(owner, async () => ({ starts: [], before: [], known: 0, next: first }));
  }

  return {
    async read(owner, first, offset, length, signal) {
      if (length === 0) return new Uint8Array(0);
      const chain = await chainOf(owner, first);
      await follow(owner, chain, Math.ceil((offset + length) / clusterSize), signal);
      if (chain.known * clusterSize < offset + length) {
        throw damaged("a file has fewer clusters than its size needs", tableStart);
      }
      const out = new Uint8Array(length);
      for (let at = 0; at < length; ) {
        const cluster = Math.floor((offset + at) / clusterSize);
        const run = lastAtOrBefore(chain.starts.length, (i) => chain.before[i] ?? 0, cluster);
        const before = chain.before[run] ?? 0;
        const end = Math.min((chain.before[run + 1] ?? chain.known) * clusterSize, offset + length);
        const start = clustersStart + ((chain.starts[run] ?? 0) - FIRST_CLUSTER) * clusterSize;
        const count = end - offset - at;
        out.set(await readExact(source, start + offset + at - before * clusterSize, count, signal), at);
        at += count;
      }
      return out;
    },

    async length(owner, first, most) {
      const chain = await chainOf(owner, first);
      await follow(owner, chain, Math.floor(most / clusterSize) + 1);
      if (chain.known * clusterSize > most) throw damaged(`a folder has more than ${most} bytes`, tableStart);
      return chain.known * clusterSize;
    },
  };
}
