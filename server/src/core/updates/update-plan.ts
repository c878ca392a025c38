// What systemd-sysupdate would do with a set of transfers: plain data, as `sysext update-plan --json` prints it.
import type { UpdateSet } from "../model/update-set.ts";
import type { Fields } from "./match-pattern.ts";
import type { SpecifierValues } from "./specifier-values.ts";
import type { Transfer } from "./transfer.ts";

/** What a plan is made from; `planUpdate(input)` in plan.ts makes it. */
export interface PlanInput {
  /** The definitions that count together, features among them. */
  readonly set: UpdateSet;
  /** The version of systemd that updates. */
  readonly systemd: number;
  /** What specifiers stand for on the host, from `specifierValues`. */
  readonly specifiers: SpecifierValues;
  /**
   * What there is below a transfer's source and below its target; undefined where it is not known, so that nothing is found.
   * The same list for several transfers, and again for the next plan, is matched once. Asked for transfers without faults.
   */
  source(transfer: Transfer): readonly ListedFile[] | undefined;
  target(transfer: Transfer): readonly ListedFile[] | undefined;
  /** What the file system tells of a file of a local source, for names with `@t` or `@m`; not known when left out. */
  attributes?(transfer: Transfer, name: string): FileAttributes | undefined;
}

export interface FileAttributes {
  /** The time of the last change, in microseconds since 1970. */
  readonly mtime: bigint;
  /** Permission bits. */
  readonly mode: number;
}

/**
 * What a source offers or a target holds, below its path: files, folders, subvolumes, or labels of partitions, where the
 * label `_empty` stands for a slot without a version, as often as there is one.
 */
export interface ListedFile {
  /** Path relative to the folder, with `/` between names; folders are listed by themselves, too. */
  readonly name: string;
  readonly type: "file" | "directory" | "symlink" | "other";
  /** In bytes, where it is known. */
  readonly size?: number;
  /** From a manifest: 64 hexadecimal digits. */
  readonly sha256?: string;
}

export interface UpdatePlan {
  /** Each version that is available or installed, the newest first. */
  readonly versions: readonly PlannedVersion[];
  /** The newest version that every enabled transfer finds at its source. */
  readonly newest?: string;
  /** The newest version that is installed, be it incomplete. */
  readonly current?: string;
  /** The version that an update would install now. */
  readonly candidate?: string;
  /** In the order in which systemd-sysupdate handles them: by their file names. */
  readonly transfers: readonly TransferPlan[];
  /** What keeps systemd-sysupdate from planning at all, one sentence each; then the rest is as far as one can tell. */
  readonly faults: readonly PlanFault[];
  /** What is worth knowing and stops nothing, such as definitions that are passed over; absent when there is none. */
  readonly notes?: readonly PlanFault[];
}

export interface PlanFault {
  /** Path of the definition file. */
  readonly path: string;
  readonly message: string;
}

export interface PlannedVersion {
  readonly version: string;
  /** Whether all enabled transfers find it at their source. */
  readonly available: boolean;
  /** Whether some enabled transfer has it at its target. */
  readonly installed: boolean;
  /** It is installed for some enabled transfers and not for others. */
  readonly incomplete: boolean;
  /** Some transfer's `ProtectVersion=` names it. */
  readonly protected: boolean;
  /** It is older than some transfer's `MinVersion=`. */
  readonly obsolete: boolean;
}

export interface TransferPlan {
  readonly id: string;
  /** Path of the definition file. */
  readonly path: string;
  /** Whether its features let it count. */
  readonly enabled: boolean;
  /** Why it does not count, when it does not: one sentence. */
  readonly disabledReason?: string;
  readonly source: ResourcePlan;
  readonly target: ResourcePlan;
  /** What would be fetched; undefined when there is nothing to do. */
  readonly download?: PlannedDownload;
  /** What would be removed to make room, in this order; of a transfer that does not count all that may be. */
  readonly remove: readonly PlannedInstance[];
  /** Names at the target of what an interrupted update has left, which would be removed as well; absent when there is none. */
  readonly leftovers?: readonly string[];
  /** Where `CurrentSymlink=` would lead after the update. */
  readonly symlink?: { readonly path: string; readonly target: string };
}

export interface PlannedDownload {
  readonly version: string;
  /** Name at the source, relative to its path. */
  readonly name: string;
  readonly size?: number;
  readonly sha256?: string;
  /** The whole path under which it is stored; undefined for a partition. */
  readonly storedAs?: string;
  /** The name within the target: of a file, or a label of a partition. */
  readonly storedName: string;
  /** The name has the ending of a compression, but what is stored is decompressed. */
  readonly decompressed?: boolean;
}

export interface ResourcePlan {
  /** The type, given or derived; empty in a definition that systemd refuses, of which nothing is told. */
  readonly type: string;
  /** The path with specifiers replaced. */
  readonly path: string;
  /** What the path is below: `esp`, `xbootldr`, `boot` or `explicit`; absent for the root. */
  readonly relativeTo?: string;
  /** The patterns with specifiers replaced. */
  readonly patterns: readonly string[];
  /** What matches, the newest first. */
  readonly instances: readonly PlannedInstance[];
  /** What systemd looks at and matches no pattern, by name. */
  readonly misses: readonly PlannedMiss[];
}

export interface PlannedInstance {
  readonly version: string;
  readonly name: string;
  readonly fields: Fields;
  /** Index of the pattern that matches. */
  readonly pattern: number;
}

export interface PlannedMiss {
  readonly name: string;
  /** The pattern that gets furthest into the name, by its index. */
  readonly pattern: number;
  /** The first character of the name, from 0, at which that pattern gives up. */
  readonly at: number;
  /** One clause: why. */
  readonly reason: string;
}
