// Disks: their partitions, and which of them systemd takes for an extension's files.
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { readGpt } from "./gpt.ts";
import { readMbr } from "./mbr.ts";

/** What a partition is for (Discoverable Partitions Specification). */
export type PartitionRole =
  | "root"
  | "root-verity"
  | "root-verity-sig"
  | "usr"
  | "usr-verity"
  | "usr-verity-sig"
  | "esp"
  | "xbootldr"
  | "swap"
  | "home"
  | "srv"
  | "var"
  | "tmp"
  | "linux-generic";

export interface Partition {
  /** From 1 on, as the kernel counts. */
  readonly number: number;
  /** A GUID, or in an MBR a number in hexadecimal. */
  readonly type: string;
  /** Undefined for a type that is not known. */
  readonly role?: PartitionRole;
  /** systemd's name of the architecture that a root or usr partition is for. */
  readonly architecture?: string;
  /** Empty in an MBR. */
  readonly uuid: string;
  readonly label: string;
  /** Bytes from the beginning of the disk, and bytes of it. */
  readonly start: number;
  readonly size: number;
  readonly readOnly: boolean;
  readonly growFileSystem: boolean;
  /** Nothing takes it by itself. */
  readonly noAuto: boolean;
}

export interface PartitionTable {
  readonly kind: "gpt" | "mbr";
  /** Of the disk; empty in an MBR. */
  readonly guid: string;
  /** In bytes. */
  readonly sectorSize: number;
  /** Which copy of the table was read: the first one, or the backup since that is broken. */
  readonly copy: "first" | "backup";
  /** In the order of the table; entries that are empty are not there. */
  readonly partitions: readonly Partition[];
}

/** Reads the partition table of a disk. Throws `corrupt`; undefined when there is none. */
export async function readPartitionTable(
  source: ByteSource,
  signal?: CancelSignal,
): Promise<PartitionTable | undefined> {
  return (await readGpt(source, signal)) ?? (await readMbr(source, signal));
}

export interface ExtensionPartitions {
  readonly root?: Partition;
  readonly usr?: Partition;
}

/**
 * The partitions whose files make an extension, as systemd's dissector finds them: the root and usr partitions, of which the
 * first of each counts here, since each host looks for its own architecture; or the only generic one.
 */
export function findExtensionPartitions({ partitions }: PartitionTable): ExtensionPartitions {
  const candidates = partitions.filter(({ noAuto, label }) => !noAuto && label !== "_empty");
  const root = candidates.find(({ role }) => role === "root");
  const usr = candidates.find(({ role }) => role === "usr");
  const generic = candidates.filter(({ role }) => role === "linux-generic");
  const only = root === undefined && usr === undefined && generic.length === 1 ? generic[0] : undefined;
  const found = root ?? only;
  return { ...(found === undefined ? {} : { root: found }), ...(usr === undefined ? {} : { usr }) };
}
