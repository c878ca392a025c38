// Reads of an extension's files what decides whether a host takes it.
import { listOrNothing, readText } from "../model/read-text.ts";
import type { ExtensionClass } from "../model/release-context.ts";
import { locateRelease, releaseFolders, releasePath, releasePrefix } from "../model/release-location.ts";
import type { Tree } from "../model/tree.ts";
import type { TreeFacts } from "../model/tree-facts.ts";
import type { ExtensionImage, ReleaseText } from "./judge.ts";

/** The attribute of a release file that says whether its name has to be the image's. */
const strictAttribute = "user.extension-release.strict";

/** The release files of a tree, and whether it looks like a whole system. */
export async function readImageFacts(tree: Tree): Promise<Pick<ExtensionImage, "releases" | "hasOsRelease">> {
  return {
    releases: { sysext: await releasesOf(tree, "sysext"), confext: await releasesOf(tree, "confext") },
    hasOsRelease: await isThere(tree, "usr/lib/os-release"),
  };
}

async function releasesOf(tree: Tree, extensionClass: ExtensionClass): Promise<ReleaseText[]> {
  const found: ReleaseText[] = [];
  for (const { name, type } of await listOrNothing(tree, releaseFolders[extensionClass])) {
    if (!name.startsWith(releasePrefix) || name === releasePrefix) continue;
    const suffix = name.slice(releasePrefix.length);
    const path = releasePath(extensionClass, suffix);
    const text = await readText(tree, path);
    if (text === undefined) continue;
    const strict = await attribute(tree, path);
    found.push({ suffix, text, symlink: type === "symlink", ...(strict === undefined ? {} : { strict }) });
  }
  return found;
}

async function attribute(tree: Tree, path: string): Promise<string | undefined> {
  try {
    const value = (await tree.xattrs(path))?.get(strictAttribute);
    return value === undefined ? undefined : String.fromCharCode(...value);
  } catch {
    return undefined; // unreadable attributes are none to systemd either
  }
}

async function isThere(tree: Tree, path: string): Promise<boolean> {
  try {
    await tree.stat(path);
    return true;
  } catch {
    return false;
  }
}

/** The same of a tree that is read already. */
export function mergeableFacts({ files, releases }: TreeFacts): Pick<ExtensionImage, "releases" | "hasOsRelease"> {
  const found: Record<ExtensionClass, ReleaseText[]> = { sysext: [], confext: [] };
  for (const [path, { text }] of releases) {
    const located = locateRelease(path);
    if (located === undefined) continue;
    const file = files.get(path);
    const strict = file?.xattrs?.get(strictAttribute);
    found[located.location].push({
      suffix: located.suffix,
      text,
      symlink: file?.type === "symlink",
      ...(strict === undefined ? {} : { strict: String.fromCharCode(...strict) }),
    });
  }
  return { releases: found, hasOsRelease: files.get("usr/lib/os-release") !== undefined };
}
