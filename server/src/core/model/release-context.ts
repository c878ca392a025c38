// What is known about the surroundings of a release file; everything may be unknown.

export type ExtensionClass = "sysext" | "confext";

export interface ReleaseContext {
  /** The file's name after `extension-release.`; undefined for a text without a name. */
  readonly suffix?: string;
  /** Path of the file in its tree. */
  readonly path?: string;
  /** By the folder that the file lies in: `usr/lib/…` is for a sysext, `etc/…` for a confext. */
  readonly location?: ExtensionClass;
  readonly tree?: ReleaseTree;
  /** The lowest version of systemd that the extension is for; undefined means a current one. */
  readonly systemd?: number;
}

export interface ReleaseTree {
  /** Name of the extension: the image is `NAME.raw`. */
  readonly name: string;
  /** Where the name comes from. */
  readonly nameSource: "project" | "folder";
  readonly class: ExtensionClass;
  /** Suffixes of all release files in the same folder, sorted. */
  readonly releaseSuffixes: readonly string[];
  /** Content of the tree's `sysext.json`; undefined when there is none. */
  readonly project?: string;
  /** Whether the file's `user.extension-release.strict` says that its name may differ. */
  readonly anyNameAllowed?: boolean;
}
