// Requests beside LSP's own that the extension asks of the language server.

/** Asks for the extension tree that a file or folder belongs to. Result: TreeDescription, or null when it is in none. */
export const describeTreeRequest = "sysext/describeTree";
export interface DescribeTreeParams {
  /** URI of the tree's folder, or of any file or folder inside it. */
  readonly uri: string;
}

/** Asks for all extension trees of the workspace; has no parameters. Result: TreeDescription[], by URI. */
export const listTreesRequest = "sysext/listTrees";

/** What building and showing a tree needs to know; made by core, see `describeTree` there. */
export interface TreeDescription {
  /** URI of the tree's folder, without a slash at the end. */
  readonly uri: string;
  /** Name of the extension: its image is `NAME.raw`, its release file `extension-release.NAME`. */
  readonly name: string;
  readonly class: "sysext" | "confext";
  /** Top-level folders that go into the image, of those that exist. */
  readonly hierarchies: readonly string[];
  /** Top-level names that stay out of the image. */
  readonly leftOut: readonly string[];
  /** URIs of the tree's release files. */
  readonly releaseFiles: readonly string[];
  /** What the tree's project file says about building; the editor's settings count for the rest. */
  readonly build: TreeBuild;
  /** The version that the tree's project file gives the extension. */
  readonly version?: string;
  /** The tool that writes the release file when it builds; absent when none is known. */
  readonly maker?: string;
  /** Why no image can be built from this tree, as a sentence; absent when one can. */
  readonly problem?: string;
}

/** The part `build` of a project file: option values by name, of which only the types are checked. */
export type TreeBuild = Readonly<Record<string, string | number>>;

/** Asks what is left of a unit when systemd has read its drop-ins. Result: EffectiveUnit, or null for any other file. */
export const effectiveUnitRequest = "sysext/effectiveUnit";
export interface EffectiveUnitParams {
  /** URI of a unit file, or of one of its drop-ins. */
  readonly uri: string;
}

/** A unit and its drop-ins as one text, in the order in which systemd reads them. */
export interface EffectiveUnit {
  /** The unit's name, such as `foo.service`. */
  readonly name: string;
  readonly text: string;
  /** For each line of `text` where it comes from; null for a line that is in no file. */
  readonly lines: readonly (SourceLine | null)[];
}

export interface SourceLine {
  readonly uri: string;
  /** Counted from 0. */
  readonly line: number;
}

/** Asks what is known of a tree as a whole. Parameters: DescribeTreeParams. Result: TreeState, or null for no tree. */
export const treeStateRequest = "sysext/treeState";
export interface TreeState {
  readonly name: string;
  readonly class: "sysext" | "confext";
  /** How many findings there are of each severity, in all files of the tree. */
  readonly findings: Readonly<Record<"error" | "warning" | "info" | "hint", number>>;
  /** Regular files of the hierarchies, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  readonly verdicts: readonly TreeVerdict[];
  /** Whether the user or the project file names the hosts; else they are some that many people have. */
  readonly hostsNamed: boolean;
  /** The lowest systemd version to support, if the user gave one. */
  readonly systemd?: number;
}

/** What a host makes of an extension. */
export interface TreeVerdict {
  readonly host: string;
  /** For reading, such as `Flatcar stable`. */
  readonly title: string;
  /** `error` when the host can merge no extension because of this one. */
  readonly verdict: "match" | "reject" | "error" | "ignored";
  /** What decided; absent for what systemd does not look at. */
  readonly rule?: string;
  readonly reason: string;
  readonly fix?: string;
  /** The line in systemd's log at level debug. */
  readonly log?: string;
  readonly systemd: number;
  readonly architecture?: string;
  readonly steps: readonly VerdictStep[];
}

/** A comparison on the way to a verdict, in systemd's order. */
export interface VerdictStep {
  readonly rule: string;
  readonly extension?: string;
  readonly host?: string;
  readonly outcome: "passed" | "match" | "reject" | "error";
}

/**
 * Tells the server that the user trusts the workspace; has no parameters. Until then, or without `ServerOptions.trusted`, the
 * server fetches nothing from the network.
 */
export const workspaceTrustedNotification = "sysext/workspaceTrusted";

/** What an editor may say when it starts the server, beside the settings of the section `sysext`. */
export interface ServerOptions {
  /** Whether the user trusts the workspace, so that the server may fetch web addresses when asked to. */
  readonly trusted?: boolean;
}

/** Tells the extension that trees were read anew; has no parameters. */
export const treesReadNotification = "sysext/treesRead";

/** Asks what is in a folder when all trees of the workspace are merged. Result: MergedFolder. */
export const listMergedRequest = "sysext/listMerged";
export interface ListMergedParams {
  readonly class: "sysext" | "confext";
  /** Name of a known host, `this-machine`, or the path of an os-release file. */
  readonly host: string;
  /** Path without a slash in front; empty for the merged folders themselves. */
  readonly folder: string;
}

export interface MergedFolder {
  /** For reading; absent when there is no such host. */
  readonly hostTitle?: string;
  readonly entries: readonly MergedFolderEntry[];
  /** Names of the extensions that are merged, the lowest layer first. */
  readonly layers: readonly string[];
  /** Those that the host does not take, or that another one masks. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** Why there is no such host, as a sentence; absent when there is one. */
  readonly problem?: string;
}

export interface MergedFolderEntry {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  /** URI of the file in its tree. */
  readonly uri: string;
  /** Name of the extension that it is seen from. */
  readonly layer: string;
  /** Names of the extensions whose file is not seen for it. */
  readonly hides: readonly string[];
}

/** Asks which hosts are known by themselves; has no parameters. Result: KnownHost[]. */
export const listHostsRequest = "sysext/listHosts";
export interface KnownHost {
  readonly name: string;
  readonly title: string;
  /** Version of systemd, when it is known. */
  readonly systemd?: number;
  /** The day on which this was known, `2025-11-20`. */
  readonly known?: string;
}
