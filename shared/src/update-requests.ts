// Requests about systemd-sysupdate beside LSP's own that the extension asks of the language server.

/** The extension that something is written for: that of a tree, or of an image that the asker has looked into. */
export type UpdatedExtension =
  | {
      /** URI of the tree's folder. */
      readonly tree: string;
    }
  | {
      readonly name: string;
      readonly class: "sysext" | "confext";
      /** Text of the release file. */
      readonly release: string;
    };

/** A file for the host. */
export interface HostFileText {
  /** Path on the host without a slash in front. */
  readonly path: string;
  readonly text: string;
}

/** What was asked for, or why it cannot be written, as a sentence without a period. */
export type Written = { readonly files: readonly HostFileText[] } | { readonly fault: string };

/** Asks for a transfer and what it needs. Result: Written. */
export const newTransferRequest = "sysext/newTransfer";
export interface NewTransferParams {
  readonly extension: UpdatedExtension;
  /** Of the folder with the images and `SHA256SUMS`. */
  readonly address: string;
  readonly verify: boolean;
  readonly set: "component" | "system";
}

/** Asks for what makes a host update by a timer and merge what came. Result: Written. */
export const refreshAfterUpdateRequest = "sysext/refreshAfterUpdate";
export interface RefreshAfterUpdateParams {
  /** A tree of which the lowest version of systemd counts, when there is one. */
  readonly tree?: string;
  readonly components: readonly string[];
  readonly systemSet: boolean;
  readonly classes: readonly ("sysext" | "confext")[];
}

/** Asks where an image of a version belongs. Result: VersionedLayoutResult. */
export const versionedLayoutRequest = "sysext/versionedLayout";
export interface VersionedLayoutParams {
  readonly extension: UpdatedExtension;
  readonly version: string;
}
/** Paths on the host without a slash in front, or why there are none, as a sentence without a period. */
export type VersionedLayoutResult =
  | { readonly image: string; readonly symlink: string; readonly target: string }
  | { readonly fault: string };

/** Asks for the renames of a set's transfers. Result: MigrationPlan, or null for what is in no folder of transfers. */
export const planMigrationRequest = "sysext/planMigration";
export interface PlanMigrationParams {
  /** URI of a folder such as `sysupdate.d`, or of a file in it. */
  readonly uri: string;
}
export interface MigrationPlan {
  /** URIs. */
  readonly renames: readonly { readonly from: string; readonly to: string }[];
  readonly fault?: string;
  readonly warnings: readonly string[];
}

/**
 * Asks what systemd-sysupdate would do with the set of a definition. Result: UpdatePlanReport, or null for a file that is
 * not a definition.
 * Open documents count as they are in the editor.
 */
export const planUpdateRequest = "sysext/planUpdate";
export interface PlanUpdateParams {
  /** URI of a transfer, a feature or a drop-in of one. */
  readonly uri: string;
  /** Where the versions are published: a path of a folder or of a `SHA256SUMS` file on this machine, or a web address. */
  readonly source?: string;
  /** Path of the folder that holds what is installed; without one nothing is. */
  readonly target?: string;
  /** Name of a known host, `this-machine`, or the path of an os-release file: what specifiers stand for. */
  readonly host?: string;
  /** As systemd calls it. */
  readonly architecture?: string;
  /** Whether source and target are read anew. A web address is fetched only then; else what was fetched last counts. */
  readonly read?: boolean;
}

/** What an update would do; long lists are truncated. */
export interface UpdatePlanReport {
  /** Undefined for the system's own set. */
  readonly component?: string;
  readonly systemd: number;
  /** Whether the user gave this version of systemd; otherwise it is the newest. */
  readonly systemdKnown: boolean;
  /** For reading; absent when no host is known. */
  readonly hostTitle?: string;
  /** Whether the host is this machine, because the user named none. */
  readonly hostIsMachine: boolean;
  /** Architectures of the host as systemd calls them. */
  readonly architectures: readonly string[];
  /** The architecture that counts, where one is known. */
  readonly architecture?: string;
  readonly source: PlanPlace;
  readonly target: PlanPlace;
  /** The newest version that can be had, the one that is installed, and the one that an update would install. */
  readonly newest?: string;
  readonly current?: string;
  readonly candidate?: string;
  /** The newest first. */
  readonly versions: readonly PlanVersion[];
  /** How many more there are. */
  readonly moreVersions: number;
  readonly transfers: readonly PlanTransfer[];
  /** Why systemd-sysupdate would not begin at all. */
  readonly faults: readonly PlanRemark[];
  /** What is worth knowing and stops nothing. */
  readonly notes: readonly PlanRemark[];
}

/** Something about a definition, as a sentence. */
export interface PlanRemark {
  readonly uri: string;
  readonly message: string;
}

/** The result of reading a source or a target. */
export type PlanPlace =
  | { readonly state: "none" }
  | {
      readonly state: "read";
      readonly files: number;
      /** Of a manifest: the day (`2027-01-31`) with whose beginning hosts refuse it, and what else is to be said of it. */
      readonly bestBefore?: string;
      readonly doubts: readonly string[];
    }
  /** A web address that was not fetched yet. */
  | { readonly state: "unread" }
  | { readonly state: "failed"; readonly reason: string };

export interface PlanVersion {
  readonly version: string;
  readonly available: boolean;
  readonly installed: boolean;
  readonly incomplete: boolean;
  readonly protected: boolean;
  readonly obsolete: boolean;
}

export interface PlanTransfer {
  readonly id: string;
  readonly uri: string;
  /** Why it does not count, when it does not. */
  readonly disabled?: string;
  /** With specifiers replaced. */
  readonly sourcePath: string;
  readonly sourcePatterns: readonly string[];
  /** A name that the first pattern of the source would match. */
  readonly example?: string;
  /** How many files of the source match. */
  readonly matching: number;
  readonly download?: PlanDownload;
  /** Names of what would be removed, in this order. */
  readonly remove: readonly string[];
  /** What an interrupted update has left, which would be removed as well. */
  readonly leftovers: readonly string[];
  readonly symlink?: { readonly path: string; readonly target: string };
  readonly misses: readonly PlanMiss[];
  /** How many more there are. */
  readonly moreMisses: number;
}

export interface PlanDownload {
  readonly version: string;
  readonly name: string;
  /** Bytes. */
  readonly size?: number;
  /** The whole path, or the label of a partition. */
  readonly storedAs: string;
  readonly decompressed: boolean;
}

/** A file that matches no pattern. */
export interface PlanMiss {
  readonly name: string;
  readonly pattern: string;
  /** The first character of the name, from 0, at which the pattern gives up. */
  readonly at: number;
  readonly reason: string;
}
