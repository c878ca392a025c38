// All that is known of an extension's tree, read once: what the checks of trees look at.
//
// A tree is listed once, with what `lstat` says, the headers of programs and a few texts; what changes on disk is read again
// path by path, so that a tree of 50,000 files is checked again within milliseconds.
import { type ElfFacts, elfHeaderLength, readElf } from "./elf.ts";
import type { TreePlace } from "./extension-name.ts";
import { describeTree, type ExtensionTree } from "./extension-tree.ts";
import { readText } from "./read-text.ts";
import { readTreeUpdates, type TreeUpdates } from "./read-update-set.ts";
import { parseReleaseFile, type ReleaseFile } from "./release-file.ts";
import type { Tree } from "./tree.ts";
import { nameOf, readTreeFiles, renewTreeFiles, type TreeFile, type TreeFiles } from "./tree-files.ts";
import { readTreeUnits, type TreeUnits } from "./tree-units.ts";
import { updateRoots } from "./update-location.ts";

export interface TreeFacts {
  readonly extension: ExtensionTree;
  readonly files: TreeFiles;
  readonly units: TreeUnits;
  /** The definitions of systemd-sysupdate. */
  readonly updates: TreeUpdates;
  /** The release files of both classes, by path. */
  readonly releases: ReadonlyMap<string, ReleaseFile>;
  /** Programs, libraries and kernel modules, by path. */
  readonly elfs: ReadonlyMap<string, ElfFacts>;
  /** Scripts, by path. */
  readonly scripts: ReadonlyMap<string, Script>;
  /** Files that cannot be read, by path, with the reason as a sentence. */
  readonly unread: ReadonlyMap<string, string>;
  /** Texts of configuration files that checks read, by path: tmpfiles.d, sysusers.d and the like. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface Script {
  /** What stands behind `#!`, without blanks around it. */
  readonly interpreter: string;
  /** As much of it as is looked through. */
  readonly text: string;
}

/** Files that a machine may run or load, by their names. */
const loadable = /\.so(?:\.[\d.]+)?$|\.ko(?:\.(?:xz|zst|gz))?$/;
/** Configuration files that checks read. */
const configuration =
  /^(?:(?:usr\/(?:local\/)?lib|etc)\/(?:tmpfiles\.d|sysusers\.d|sysupdate(?:\.[^/]+)?\.d|systemd\/(?:system|user)-preset|ld\.so\.conf\.d)|usr\/lib\/udev\/rules\.d|usr\/share\/dbus-1\/system-services)\/[^/]+$/;
const maxConfigurationSize = 1 << 20;
/** Bytes of a script that are looked through. */
const maxScriptSize = 16 * 1024;

/**
 * Reads everything about a tree; `units` are the tree's, when they are known already. Nothing in it is executed, and what
 * cannot be read is in `files.unreadable`.
 */
export async function readTreeFacts(tree: Tree, place: TreePlace, units?: TreeUnits): Promise<TreeFacts> {
  const files = await readTreeFiles(tree);
  return await factsOf(tree, place, files, await readContents(tree, files), units);
}

/** The facts after the files at some paths came, went or changed; `units` are the tree's, when they are known already. */
export async function renewTreeFacts(
  before: TreeFacts,
  tree: Tree,
  place: TreePlace,
  paths: readonly string[],
  units?: TreeUnits,
): Promise<TreeFacts> {
  if (paths.length === 0) return await factsOf(tree, place, before.files, before, units);
  const files = await renewTreeFiles(before.files, tree, paths);
  const contents: Contents = {
    elfs: new Map(before.elfs),
    scripts: new Map(before.scripts),
    unread: new Map(before.unread),
    texts: new Map(before.texts),
  };
  for (const path of paths) {
    for (const kept of Object.values(contents)) forgetBelow(kept, path);
    const file = files.get(path);
    for (const changed of file === undefined ? [] : [file, ...files.below(path)])
      await readContent(tree, changed, contents);
  }
  return await factsOf(tree, place, files, contents, units);
}

function forgetBelow(kept: Map<string, unknown>, path: string): void {
  for (const known of kept.keys()) if (known === path || known.startsWith(`${path}/`)) kept.delete(known);
}

/** What is in files, by path. */
type Contents = {
  readonly [Kind in "elfs" | "scripts" | "unread" | "texts"]: TreeFacts[Kind] extends ReadonlyMap<string, infer Content>
    ? Map<string, Content>
    : never;
};

async function readContents(tree: Tree, files: TreeFiles): Promise<Contents> {
  const contents: Contents = { elfs: new Map(), scripts: new Map(), unread: new Map(), texts: new Map() };
  for (const file of files.all) await readContent(tree, file, contents);
  return contents;
}

async function readContent(tree: Tree, { path, type, mode }: TreeFile, contents: Contents): Promise<void> {
  if (type !== "file") return;
  try {
    // Most files are nobody's secret, so that only the others are opened to see whether they can be.
    if ((mode & 0o444) !== 0o444) await tree.read(path, 0, 1);
    if ((mode & 0o111) !== 0 || loadable.test(nameOf(path)) || isProgramPath(path)) {
      await readProgram(tree, path, contents);
    }
  } catch (error) {
    contents.unread.set(path, error instanceof Error ? error.message : String(error));
    return;
  }
  if (configuration.test(path)) {
    const text = await readText(tree, path, maxConfigurationSize);
    if (text !== undefined) contents.texts.set(path, text);
  }
}

async function factsOf(
  tree: Tree,
  place: TreePlace,
  files: TreeFiles,
  { elfs, scripts, unread, texts }: Pick<TreeFacts, "elfs" | "scripts" | "unread" | "texts">,
  units?: TreeUnits,
): Promise<TreeFacts> {
  const extension = await describeTree(tree, place);
  const releases = new Map<string, ReleaseFile>();
  for (const path of extension.allReleaseFiles) {
    const text = await readText(tree, path);
    if (text !== undefined) releases.set(path, parseReleaseFile(text));
  }
  return {
    extension,
    files,
    units: units ?? (await readTreeUnits(tree)),
    updates: hasUpdates(files) ? await readTreeUpdates(tree) : { files: [], sets: [] },
    releases,
    elfs,
    scripts,
    unread,
    texts,
  };
}

/** Whether a tree has definitions of systemd-sysupdate at all, which most have not. */
function hasUpdates(files: TreeFiles): boolean {
  return updateRoots.some((root) => files.children(root).some(({ path }) => nameOf(path).startsWith("sysupdate.")));
}

/** Where files are meant to be run, whether they are marked for it or not. */
export function isProgramPath(path: string): boolean {
  return /(?:^|\/)(?:s?bin|libexec)\/[^/]+$/.test(path);
}

/** Throws when the file cannot be read. */
async function readProgram(tree: Tree, path: string, { elfs, scripts }: Pick<Contents, "elfs" | "scripts">) {
  const start = await tree.read(path, 0, elfHeaderLength);
  const read = async (offset: number, length: number) =>
    offset + length <= start.length ? start.subarray(offset, offset + length) : await tree.read(path, offset, length);
  if (start[0] === 0x7f) {
    // Headers can point to where no file has bytes, and then it is no program.
    const elf = await readElf(read).catch(() => undefined);
    if (elf !== undefined) elfs.set(path, elf);
  } else if (start[0] === 0x23 && start[1] === 0x21) {
    const text = (await readText(tree, path, maxScriptSize)) ?? "";
    scripts.set(path, { interpreter: /^#!([^\n]{0,255})/.exec(text)?.[1]?.trim() ?? "", text });
  }
}
