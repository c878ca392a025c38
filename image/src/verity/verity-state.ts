// What is known of the dm-verity of an image without reading its content: plain data, for overviews.

/** Where a root hash was found, in the order in which systemd prefers one over another. */
export type RootHashSource = "option" | "file" | "signature" | "partition-uuids";

/** A root hash that somebody wrote down. */
export interface VerityRootHash {
  readonly source: RootHashSource;
  /** In hexadecimal. Two UUIDs have room for 64 digits, and hold the first and last 32 of a longer or shorter one. */
  readonly hash: string;
  /** Whether it is the one that counts, or says the same. */
  readonly agrees: boolean;
}

/** The superblock of a hash tree. */
export interface VerityTree {
  /** 1; 0 is that of early Chrome OS, which hashes the salt last. */
  readonly hashType: 0 | 1;
  /** UUID of the hash tree itself. */
  readonly uuid: string;
  /** As the kernel names it: `sha256`. */
  readonly algorithm: string;
  /** In bytes, powers of two from 512 to 1 MiB. */
  readonly dataBlockSize: number;
  readonly hashBlockSize: number;
  /** Blocks of data that are guarded. */
  readonly dataBlocks: number;
  /** In hexadecimal; empty without one. */
  readonly salt: string;
  /** Levels of the tree in blocks of hashes, the topmost first; none where the root hash is that of the only block of data. */
  readonly levels: readonly number[];
  /** What the topmost block hashes to, in hexadecimal; absent when that block is missing or the algorithm is not there. */
  readonly topHash?: string;
}

/** What a certificate says of itself. Nobody here says that it can be trusted. */
export interface VerityCertificate {
  /** Names as `CN=a, O=b`, in the order of the certificate. */
  readonly subject: string;
  readonly issuer: string;
  /** In hexadecimal. */
  readonly serial: string;
  /** SHA-256 of the certificate, 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** In seconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** The signature of a root hash, from a signature partition or the file `NAME.roothash.p7s`. */
export interface VeritySignature {
  readonly source: "partition" | "file";
  /** The root hash that it says it is for, in hexadecimal; a file does not say. */
  readonly rootHash?: string;
  /** SHA-256 of the certificate that it names, in hexadecimal; a file names none. */
  readonly certificateFingerprint?: string;
  /** The certificate of the signer that is carried along; absent when none is. */
  readonly certificate?: VerityCertificate;
  /** How it was made: `RSA with SHA-256`; absent when it cannot be read. */
  readonly algorithm?: string;
  /**
   * Whether it was made over the root hash with the key of the certificate that it carries: `right`, `wrong`, or `unknown`
   * when it carries none or is of a kind that is not checked. A right one shows that nothing was damaged, and not that the
   * signer is anybody: a host accepts only certificates of its own.
   */
  readonly verdict: "right" | "wrong" | "unknown";
  /** Why it is not `right`, as a clause. */
  readonly reason?: string;
}

/** One file system that dm-verity guards, or was meant to. */
export interface VerityState {
  /** `root` or `usr`: what the file system is for. */
  readonly role: "root" | "usr";
  readonly architecture?: string;
  /** Numbers of partitions; absent where there is none, and for file systems that are no disk, whose tree is a file beside. */
  readonly dataPartition?: number;
  readonly hashPartition?: number;
  readonly signaturePartition?: number;
  /** The file beside the image that has the hash tree, its name alone. */
  readonly hashFile?: string;
  /** Absent when there is no hash tree or none that can be read. */
  readonly tree?: VerityTree;
  /** All that are known; the first one counts. */
  readonly rootHashes: readonly VerityRootHash[];
  /** The one that counts, complete, in hexadecimal; absent when none is known. */
  readonly rootHash?: string;
  readonly signature?: VeritySignature;
  /** What is wrong, each a sentence; empty when nothing is, as far as it can be told without reading the data. */
  readonly faults: readonly string[];
}

/** A stretch of data that cannot be trusted. */
export interface VerityFault {
  /** Whether the data differ from what they hashed to, a block of hashes does, or either is not there. */
  readonly what: "data" | "hashes" | "missing";
  /** Bytes of the guarded data that a host cannot read. */
  readonly offset: number;
  readonly length: number;
  /** Of `hashes`: where in the partition or file of the tree the first block lies that is wrong, and at which level, 0 lowest. */
  readonly hashOffset?: number;
  readonly level?: number;
}

/** What came of comparing data with their root hash. */
export interface VerityCheck {
  readonly intact: boolean;
  /** Bytes of data that were read and compared. */
  readonly checkedBytes: number;
  /** Bytes that cannot be trusted. */
  readonly badBytes: number;
  /** The first of the bad stretches, in the order of the data. */
  readonly faults: readonly VerityFault[];
}
