// Which partitions of a disk belong together for dm-verity: a file system, its hash tree and its signature.
import type { ByteSource } from "../bytes/byte-source.ts";
import type { OpenDisk } from "../image-reader.ts";
import type { Partition } from "../partitions/partition-table.ts";

/** What lies beside an image for its root or usr file system. */
export interface VerityHints {
  /** Content of `NAME.roothash` or `NAME.usrhash`, in hexadecimal with small digits, and that file's name. */
  readonly hash?: string;
  readonly hashName?: string;
  /** Set when that file has no root hash in it. */
  readonly unreadable?: boolean;
  /** Content of the same with `.p7s` behind it: PKCS#7 in DER. */
  readonly signature?: Uint8Array;
}

/** The files beside an image, by the file system that they are for. */
export interface HintsBeside {
  readonly root?: VerityHints;
  readonly usr?: VerityHints;
}

/** A file system and what guards it, as far as each of them is there. */
export interface VerityMembers {
  readonly role: "root" | "usr";
  readonly architecture?: string;
  readonly data?: ByteSource;
  readonly hashes?: ByteSource;
  readonly signature?: ByteSource;
  readonly dataPartition?: Partition;
  readonly hashPartition?: Partition;
  readonly signaturePartition?: Partition;
  /** Name of the file with the tree, for what is no disk. */
  readonly hashFile?: string;
}

/**
 * Puts partitions together that have the same architecture: the first data partition and the first one with hashes, the
 * second ones of each, and so on, for disks with two versions of a file system.
 */
export function findMembers(disk: OpenDisk, beside: HintsBeside | undefined): VerityMembers[] {
  const found: VerityMembers[] = [];
  for (const role of ["root", "usr"] as const) {
    const ofRole = (name: string) => disk.partitions.filter((partition) => partition.role === name);
    const [data, hashes, signatures] = [ofRole(role), ofRole(`${role}-verity`), ofRole(`${role}-verity-sig`)];
    const [alone] = data;
    if (hashes.length + signatures.length === 0 && alone !== undefined && beside?.[role] !== undefined) {
      found.push({ role, dataPartition: alone, data: disk.bytes(alone) });
    }
    const architectures = new Set([...hashes, ...signatures].map(({ architecture }) => architecture));
    for (const architecture of architectures) {
      const of = (partitions: readonly Partition[]) => partitions.filter((one) => one.architecture === architecture);
      const [ofData, ofHashes, ofSignatures] = [of(data), of(hashes), of(signatures)];
      for (let i = 0; i < Math.max(ofHashes.length, ofSignatures.length); i++) {
        const [dataPartition, hashPartition, signaturePartition] = [ofData[i], ofHashes[i], ofSignatures[i]];
        found.push({
          role,
          ...(architecture === undefined ? {} : { architecture }),
          ...(dataPartition && { dataPartition, data: disk.bytes(dataPartition) }),
          ...(hashPartition && { hashPartition, hashes: disk.bytes(hashPartition) }),
          ...(signaturePartition && { signaturePartition, signature: disk.bytes(signaturePartition) }),
        });
      }
    }
  }
  return found;
}
