// Which root hash counts, and which of those that are written down agree with it.
import type { RootHashSource, VerityRootHash } from "./verity-state.ts";

export interface KnownHashes {
  /** As written down, in hexadecimal with small digits. */
  readonly option?: string | undefined;
  readonly file?: string | undefined;
  readonly signature?: string | undefined;
  /** Of the data partition and of its hash partition; empty ones are none. */
  readonly uuids?: readonly [data: string, hash: string] | undefined;
  /** What the tree itself comes to. */
  readonly topHash?: string | undefined;
}

export interface ResolvedHash {
  readonly rootHashes: readonly VerityRootHash[];
  /** Absent when none is known whole. */
  readonly rootHash?: string;
}

/** SHA-256, the only one that fits into two UUIDs without a rest, in hexadecimal. */
const digitsOfUuids = 64;

/**
 * Puts root hashes in the order in which systemd prefers them. The UUIDs of partitions count where they fit the others or
 * the tree, and where they are not plainly random ones that some other tool gave the partitions.
 */
export function resolveRootHash({ uuids, topHash, ...written }: KnownHashes): ResolvedHash {
  const found: { source: RootHashSource; hash: string }[] = [];
  for (const source of ["option", "file", "signature"] as const) {
    const hash = written[source];
    if (hash !== undefined) found.push({ source, hash });
  }
  const [first, last] = (uuids ?? ["", ""]).map((uuid) => uuid.replaceAll("-", "").toLowerCase());
  const hasUuids = first !== undefined && last !== undefined && first.length === 32 && last.length === 32;
  const fits = (hash: string) => hash.startsWith(first ?? "") && hash.endsWith(last ?? "");
  const isOf = (hash: string | undefined) => hash !== undefined && fits(hash);
  if (hasUuids && (isOf(found[0]?.hash) || isOf(topHash) || !(isRandom(first) && isRandom(last)))) {
    found.push({ source: "partition-uuids", hash: first + last });
  }
  const [counts] = found;
  if (counts === undefined) return { rootHashes: [] };
  const rootHash = counts.source !== "partition-uuids" ? counts.hash : wholeHash(counts.hash, isOf(topHash), topHash);
  const agrees = ({ source, hash }: { source: RootHashSource; hash: string }) =>
    source === "partition-uuids" && counts.source !== source ? fits(counts.hash) : hash === counts.hash;
  return {
    rootHashes: found.map((one) => ({ ...one, agrees: agrees(one) })),
    ...(rootHash === undefined ? {} : { rootHash }),
  };
}

/** UUIDs have the beginning and the end of a root hash; the tree knows what is between. */
function wholeHash(ofUuids: string, fitsTree: boolean, topHash: string | undefined): string | undefined {
  if (fitsTree) return topHash;
  return topHash === undefined || topHash.length === digitsOfUuids ? ofUuids : undefined;
}

/** Whether a UUID says of itself that it is random (version 4 of RFC 9562), which one hash in 64 does as well. */
function isRandom(digits: string): boolean {
  return digits[12] === "4" && /[89ab]/.test(digits[16] ?? "");
}
