// The units of a tree: their files, drop-ins and links, and which belong together.
import { listOrNothing, readText } from "./read-text.ts";
import type { Tree } from "./tree.ts";
import type { Unit, UnitSource } from "./unit.ts";
import { parseUnitFile } from "./unit-file.ts";
import { locateUnit, type UnitLocation } from "./unit-location.ts";
import { dropInFolders, isUnitType, parseUnitName, templateOf, type UnitName } from "./unit-name.ts";

export interface TreeUnits {
  /** All unit files and drop-ins, by path. */
  readonly files: readonly TreeUnitFile[];
  /** Symlinks in folders of units: other names of units, and `.wants` and its like. */
  readonly links: readonly UnitLink[];
  /** Files in folders of units that have the ending of one, and a name that no unit can have. */
  readonly misnamed: readonly string[];
  /** Files in drop-in folders that systemd does not read, for want of `.conf` at their end. */
  readonly unread: readonly string[];
}

export interface TreeUnitFile extends UnitSource {
  readonly location: UnitLocation;
  /** Permission bits; undefined for a file that is not on the disk yet. */
  readonly mode?: number;
}

export interface UnitLink {
  readonly path: string;
  /** Name of the link, which is the name of a unit. */
  readonly name: string;
  readonly manager: "system" | "user";
  /** Where the link leads, as it is stored; undefined for a file that is no link. */
  readonly target?: string;
  /** The unit whose folder it is in, and the folder's ending; undefined for another name of a unit. */
  readonly owner?: { readonly name: string; readonly kind: "wants" | "requires" | "upholds" };
}

/** Folders of units that an extension can have, in the order in which systemd looks. */
const unitFolders: readonly string[] = ["system", "user"].flatMap((manager) =>
  ["etc", "usr/local/lib", "usr/lib", "usr/share"].map((root) => `${root}/systemd/${manager}`),
);

/** No more files of a folder are looked at; a folder with more is not one of units. */
const maxFiles = 20_000;
/** Bytes of a unit file that are looked at. systemd refuses lines of more than an eighth of it. */
const maxUnitSize = 8 << 20;
/** Files that are open at a time. */
const readAtOnce = 32;

/** Reads all units of a tree. Files that cannot be read are left out. */
export async function readTreeUnits(tree: Tree): Promise<TreeUnits> {
  const found: { readonly path: string; readonly location: UnitLocation }[] = [];
  const links: UnitLink[] = [];
  const misnamed: string[] = [];
  const unread: string[] = [];

  async function visit(folder: string, name: string, type: string, depth: number): Promise<void> {
    const path = `${folder}/${name}`;
    if (type === "directory") {
      if (depth > 0 || !/\.(?:d|wants|requires|upholds)$/.test(name)) return;
      for (const entry of (await listOrNothing(tree, path)).slice(0, maxFiles)) {
        await visit(path, entry.name, entry.type, depth + 1);
      }
      return;
    }
    const link = type === "symlink" || /\.(?:wants|requires|upholds)$/.test(folder) ? linkAt(path) : undefined;
    if (link !== undefined) links.push(type === "symlink" ? { ...link, ...(await targetOf(tree, path)) } : link);
    const location = locateUnit(path);
    if (type !== "file") return;
    if (location === undefined) {
      if (depth > 0 && isDropInFolder(folder) && !name.startsWith(".")) unread.push(path);
      else if (depth === 0 && isUnitType(name.slice(name.lastIndexOf(".") + 1))) misnamed.push(path);
      return;
    }
    found.push({ path, location });
  }

  for (const folder of unitFolders) {
    for (const { name, type } of (await listOrNothing(tree, folder)).slice(0, maxFiles)) {
      await visit(folder, name, type, 0);
    }
  }
  const files: TreeUnitFile[] = [];
  for (let at = 0; at < found.length; at += readAtOnce) {
    const batch = await Promise.all(found.slice(at, at + readAtOnce).map((place) => readUnitFile(tree, place)));
    files.push(...batch.filter((file) => file !== undefined));
  }
  return { files, links, misnamed, unread };
}

async function readUnitFile(
  tree: Tree,
  { path, location }: Pick<TreeUnitFile, "path" | "location">,
): Promise<TreeUnitFile | undefined> {
  const text = await readText(tree, path, maxUnitSize);
  if (text === undefined) return undefined;
  return { path, file: parseUnitFile(text, location), location, ...(await modeOf(tree, path)) };
}

/** The permission bits of a file; nothing when it is not on the disk. */
export async function modeOf(tree: Tree, path: string): Promise<{ mode?: number }> {
  try {
    return { mode: (await tree.stat(path)).mode };
  } catch {
    return {}; // it is open in an editor, and not saved yet
  }
}

async function targetOf(tree: Tree, path: string): Promise<{ target?: string }> {
  try {
    return { target: await tree.readLink(path) };
  } catch {
    return {}; // it went in between
  }
}

function isDropInFolder(folder: string): boolean {
  return locateUnit(`${folder}/x.conf`)?.kind === "drop-in";
}

function linkAt(path: string): UnitLink | undefined {
  const [, manager, owner, kind, name = ""] =
    /\/systemd\/(system|user)\/(?:([^/]+)\.(wants|requires|upholds)\/)?([^/]+)$/.exec(path) ?? [];
  if ((manager !== "system" && manager !== "user") || parseUnitName(name) === undefined) return undefined;
  if (owner === undefined || (kind !== "wants" && kind !== "requires" && kind !== "upholds")) {
    return { path, name, manager };
  }
  return { path, name, manager, owner: { name: owner, kind } };
}

/** The files that belong together, a unit for each name; the drop-ins of many units are in each of these. */
export function unitsOf({ files }: Pick<TreeUnits, "files">): Unit[] {
  const units: Unit[] = [];
  for (const manager of ["system", "user"] as const) {
    const ours = files.filter(({ location }) => location.manager === manager && !location.template);
    const mains = new Map<string, TreeUnitFile>();
    for (const file of ours) {
      // The first folder in systemd's order has the unit.
      if (file.location.kind === "unit" && !mains.has(file.location.name)) mains.set(file.location.name, file);
    }
    const byFolder = Map.groupBy(
      ours.filter(({ location }) => location.kind === "drop-in"),
      ({ location }) => `${location.name}.d`,
    );
    for (const [name, main] of mains) {
      const parsed = parseUnitName(name);
      if (parsed !== undefined) units.push({ name: parsed, main, dropIns: dropInsOf(parsed, byFolder) });
    }
    for (const folder of byFolder.keys()) {
      const parsed = parseUnitName(folder.slice(0, -2));
      if (parsed === undefined || mains.has(parsed.name) || parsed.prefix.endsWith("-")) continue;
      const template = mains.get(templateOf(parsed) ?? "");
      const dropIns = dropInsOf(parsed, byFolder);
      units.push(template === undefined ? { name: parsed, dropIns } : { name: parsed, main: template, dropIns });
    }
  }
  return units;
}

/** The drop-ins of a unit in systemd's order: by file name; of one name the most specific folder has it. */
export function dropInsOf<Source extends UnitSource>(
  name: UnitName,
  byFolder: ReadonlyMap<string, readonly Source[]>,
): Source[] {
  const byFile = new Map<string, Source>();
  for (const folder of dropInFolders(name)) {
    for (const source of byFolder.get(folder) ?? []) {
      const file = source.path.slice(source.path.lastIndexOf("/") + 1);
      if (!byFile.has(file)) byFile.set(file, source);
    }
  }
  return [...byFile].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}
