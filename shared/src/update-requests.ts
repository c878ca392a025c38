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
