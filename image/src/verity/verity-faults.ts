// What is wrong with hash tree, data and root hashes of an image when they are held side by side.
import type { HashTree } from "./hash-tree.ts";
import type { VerityMembers } from "./verity-members.ts";
import type { RootHashSource, VerityRootHash } from "./verity-state.ts";

interface Found extends VerityMembers {
  readonly tree: HashTree | undefined;
  readonly rootHashes: readonly VerityRootHash[];
  readonly rootHash: string | undefined;
  readonly topHash: string | undefined;
  /** Name of the file beside the image that has the root hash. */
  readonly hashName?: string;
}

/** Sentences for people, without a full stop. */
export function stateFaults(found: Found): string[] {
  const { data, hashes, tree, rootHashes, rootHash, topHash } = found;
  const faults: string[] = [];
  if (data === undefined) faults.push(`there is a ${found.role}-verity partition but no ${found.role} partition`);
  if (hashes === undefined) faults.push("there is a root hash or signature but no hash tree");
  if (data !== undefined && tree !== undefined) {
    const { dataBlocks, dataBlockSize } = tree.superblock;
    const size = dataBlocks * dataBlockSize;
    if (size > data.size) faults.push(`the hash tree covers ${size} bytes of data, but there are only ${data.size}`);
  }
  if (hashes !== undefined && tree !== undefined && tree.size > hashes.size) {
    faults.push(`the hash tree takes ${tree.size} bytes, but there are only ${hashes.size}`);
  }
  for (const { source, hash } of rootHashes.filter(({ agrees }) => !agrees)) {
    const [counts] = rootHashes;
    if (counts === undefined) break;
    faults.push(
      `${sourceText(source, found)} has the root hash ${hash}, and ${sourceText(counts.source, found)} ${counts.hash}`,
    );
  }
  if (rootHashes.length === 0 && tree !== undefined) {
    faults.push("no root hash is known, neither from the partitions' UUIDs nor from a signature or file");
  } else if (tree !== undefined && topHash !== undefined && rootHash !== topHash) {
    const [counts] = rootHashes;
    if (counts !== undefined) {
      faults.push(
        `the hash tree has the root hash ${topHash}, but ${sourceText(counts.source, found)} has ${counts.hash}`,
      );
    }
  }
  return faults;
}

function sourceText(source: RootHashSource, { hashName }: Found): string {
  switch (source) {
    case "option":
      return "the command";
    case "file":
      return `the file "${hashName ?? ""}"`;
    case "signature":
      return "the signature";
    case "partition-uuids":
      return "the pair of partition UUIDs";
  }
}
