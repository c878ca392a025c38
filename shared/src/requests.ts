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
  /** Why no image can be built from this tree, as a sentence; absent when one can. */
  readonly problem?: string;
}

/** The part `build` of a project file, unchecked but for its types. */
export interface TreeBuild {
  readonly format?: string;
  readonly compression?: string;
  readonly level?: number;
  /** Bytes. */
  readonly blockSize?: number;
}

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
