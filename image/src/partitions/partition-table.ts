// A partition table of a disk, whatever its kind.

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
  /** Whether nothing mounts it by itself. */
  readonly noAuto: boolean;
}

export interface PartitionTable {
  readonly kind: "gpt" | "mbr";
  /** Of the disk; empty in an MBR. */
  readonly guid: string;
  /** In bytes. */
  readonly sectorSize: number;
  /** Which copy of the table was read: the first one, or the backup because that one is damaged. */
  readonly copy: "first" | "backup";
  /** In the order of the table, without empty entries. */
  readonly partitions: readonly Partition[];
}
