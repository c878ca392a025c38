// An extension's tree as a whole: its name and class, and what of it goes into an image.
import { nameOfPlace, type TreePlace } from "./extension-name.ts";
import { emptyProject, type Project, parseProject, projectPath } from "./project.ts";
import { listFiles, listOrNothing, readText } from "./read-text.ts";
import type { ExtensionClass, ReleaseContext } from "./release-context.ts";
import { locateRelease, releaseFolders, releasePath, releasePrefix } from "./release-location.ts";
import type { Tree } from "./tree.ts";
import type { TreeMaker } from "./tree-maker.ts";

export interface ExtensionTree {
  readonly name: string;
  /** Whether `sysext.json` gives the name, or the tree's folder. */
  readonly nameSource: "project" | "folder";
  readonly class: ExtensionClass;
  /** Top-level folders that go into the image, of those that exist. */
  readonly hierarchies: readonly string[];
  /** Top-level names that stay out of the image. */
  readonly leftOut: readonly string[];
  /** Paths of the release files of its class. */
  readonly releaseFiles: readonly string[];
  /** Those, and the ones of the other class, which are in the wrong folder. */
  readonly allReleaseFiles: readonly string[];
  readonly project: Project;
  /** Content of `sysext.json`, when there is one. */
  readonly projectText?: string;
  /** The tool that writes the release file when it builds; absent when none is known. */
  readonly maker?: TreeMaker;
  /** Why no host would merge an image of this tree, as a sentence; absent when nothing is known against it. */
  readonly problem?: string;
}

/** What systemd merges of an extension. */
export const hierarchiesOf: Readonly<Record<ExtensionClass, readonly string[]>> = {
  sysext: ["usr", "opt"],
  confext: ["etc"],
};

/** What the tree's project file says; nothing when there is none. */
export async function readProject(tree: Tree): Promise<Project> {
  const text = await readText(tree, projectPath);
  return text === undefined ? emptyProject : parseProject(text).project;
}

/** Describes the extension whose tree is `tree`. */
export async function describeTree(tree: Tree, place: TreePlace): Promise<ExtensionTree> {
  const projectText = await readText(tree, projectPath);
  const project = projectText === undefined ? emptyProject : parseProject(projectText).project;
  const suffixes = {
    sysext: await releaseSuffixes(tree, "sysext"),
    confext: await releaseSuffixes(tree, "confext"),
  };
  const extensionClass =
    project.class ?? (suffixes.sysext.length === 0 && suffixes.confext.length > 0 ? "confext" : "sysext");
  const name = project.name ?? nameOfPlace(place);
  const entries = await listOrNothing(tree, "");
  const hierarchies = entries
    .filter((entry) => entry.type === "directory" && hierarchiesOf[extensionClass].includes(entry.name))
    .map((entry) => entry.name);
  const { maker } = place;
  const problem = findProblem(extensionClass, name, hierarchies, suffixes[extensionClass], maker);
  return {
    name,
    nameSource: project.name === undefined ? "folder" : "project",
    class: extensionClass,
    hierarchies,
    leftOut: entries.map((entry) => entry.name).filter((entry) => !hierarchies.includes(entry)),
    releaseFiles: suffixes[extensionClass].map((suffix) => releasePath(extensionClass, suffix)),
    allReleaseFiles: [
      ...suffixes.sysext.map((suffix) => releasePath("sysext", suffix)),
      ...suffixes.confext.map((suffix) => releasePath("confext", suffix)),
    ],
    project,
    ...(projectText === undefined ? {} : { projectText }),
    ...(problem === undefined ? {} : { problem }),
    ...(maker === undefined ? {} : { maker }),
  };
}

function findProblem(
  extensionClass: ExtensionClass,
  name: string,
  hierarchies: readonly string[],
  suffixes: readonly string[],
  maker: TreeMaker | undefined,
): string | undefined {
  const wanted = releasePath(extensionClass, name);
  if (hierarchies.length === 0) {
    const folders = hierarchiesOf[extensionClass].map((folder) => `"${folder}"`).join(" or ");
    return `there is no directory ${folders} for a host to merge; put the files of the extension there, with a release file "${wanted}"`;
  }
  if (suffixes.length > 0) return undefined;
  if (maker !== undefined) {
    const tool = maker === "script" ? "a script beside the tree" : `"${maker}"`;
    return `${tool} writes the release file during the build, and it is not in the tree; build with that, or create "${wanted}"`;
  }
  return `the release file is missing, so every host ignores the extension; create "${wanted}" with the line "ID=_any"`;
}

async function releaseSuffixes(tree: Tree, extensionClass: ExtensionClass): Promise<string[]> {
  const names = await listFiles(tree, releaseFolders[extensionClass]);
  return names
    .filter((name) => name.startsWith(releasePrefix) && name !== releasePrefix)
    .map((name) => name.slice(releasePrefix.length));
}

/** What is known about a release file of a tree; `path` is relative to the tree's root. */
export async function releaseContext(
  tree: Tree,
  place: TreePlace,
  path: string,
  systemd?: number,
): Promise<ReleaseContext> {
  const extension = await describeTree(tree, place);
  const found = locateRelease(path);
  if (found === undefined) return systemd === undefined ? {} : { systemd };
  const target = systemd ?? extension.project.systemd;
  return {
    suffix: found.suffix,
    path,
    location: found.location,
    tree: {
      name: extension.name,
      nameSource: extension.nameSource,
      class: extension.class,
      releaseSuffixes: await releaseSuffixes(tree, found.location),
      anyNameAllowed: await anyNameAllowed(tree, path),
      ...(extension.projectText === undefined ? {} : { project: extension.projectText }),
    },
    ...(target === undefined ? {} : { systemd: target }),
  };
}

/** An attribute of the release file can say that its name need not be the extension's. */
async function anyNameAllowed(tree: Tree, path: string): Promise<boolean> {
  try {
    const strict = (await tree.xattrs(path))?.get("user.extension-release.strict");
    return strict !== undefined && /^(0|no|n|false|f|off)$/i.test(String.fromCharCode(...strict));
  } catch {
    return false; // unreadable attributes are none to systemd either
  }
}
