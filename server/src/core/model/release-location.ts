// Where release files lie in a tree, and how they are called.
import type { ExtensionClass } from "./release-context.ts";

/** The folder of a class's release files. */
export const releaseFolders = {
  sysext: "usr/lib/extension-release.d",
  confext: "etc/extension-release.d",
} as const satisfies Record<ExtensionClass, string>;

export const releasePrefix = "extension-release.";

export interface ReleaseLocation {
  /** Path of the tree's folder; it ends without a slash. */
  readonly root: string;
  /** Path of the file in the tree. */
  readonly path: string;
  readonly location: ExtensionClass;
  /** What follows `extension-release.` in the file's name. */
  readonly suffix: string;
}

/** Splits the path of a release file, of which the tree's folder is a part; undefined for any other path. */
export function locateRelease(path: string): ReleaseLocation | undefined {
  const match = /^(?:(.*)\/)?((usr\/lib|etc)\/extension-release\.d\/extension-release\.([^/]+))$/s.exec(path);
  const [, root = "", inTree, folder, suffix] = match ?? [];
  if (inTree === undefined || suffix === undefined) return undefined;
  return { root, path: inTree, location: folder === "etc" ? "confext" : "sysext", suffix };
}

/** Path in the tree of the release file of an extension. */
export function releasePath(extensionClass: ExtensionClass, name: string): string {
  return `${releaseFolders[extensionClass]}/${releasePrefix}${name}`;
}
