// The definitions of systemd-sysupdate in a tree: which files there are, and which of them count together.
import { listOrNothing, readText } from "./read-text.ts";
import type { Tree } from "./tree.ts";
import type { UnitSource } from "./unit.ts";
import { parseUnitFile } from "./unit-file.ts";
import { locateUpdate, type UpdateLocation, updateRoots } from "./update-location.ts";
import type { UpdateDefinition, UpdateSet } from "./update-set.ts";

export interface TreeUpdates {
  /** All definitions and drop-ins, those included that another one of the same name hides. */
  readonly files: readonly TreeUpdateFile[];
  /** The system's own set first, then those of components by name. */
  readonly sets: readonly UpdateSet[];
}

export interface TreeUpdateFile extends UnitSource {
  readonly location: UpdateLocation;
}

/** No more files of a folder are looked at; a folder with more is not one of definitions. */
const maxFiles = 5_000;
const maxDefinitionSize = 4 << 20;

/** A file, or what stands in its place to hide those of the same name. */
interface Candidate {
  readonly path: string;
  readonly location: UpdateLocation;
  /** Position of its folder among those that systemd looks into. */
  readonly rank: number;
  /** Undefined for a symlink that leads out of the tree. */
  readonly source?: UnitSource;
  readonly masks: boolean;
}

/** Reads all definitions of the folders in which systemd looks. What cannot be read is left out. */
export async function readTreeUpdates(tree: Tree): Promise<TreeUpdates> {
  const candidates: Candidate[] = [];

  async function add(path: string, type: string, rank: number): Promise<void> {
    const location = locateUpdate(path);
    if (location?.folder === undefined || location.root !== "") return;
    if (type !== "file" && type !== "symlink") return;
    const place = { path, location, rank };
    const target = type === "symlink" ? await linkTarget(tree, path) : undefined;
    if (target === "/dev/null") {
      candidates.push({ ...place, masks: true });
      return;
    }
    const text = await readText(tree, target ?? path, maxDefinitionSize);
    if (text === undefined) {
      // A link to a file of the host: it is there, and nobody knows what it says.
      if (type === "symlink") candidates.push({ ...place, masks: false });
      return;
    }
    const source = { path, file: parseUnitFile(text, { type: location.kind, template: location.template }) };
    candidates.push({ ...place, source, masks: text === "" });
  }

  async function addFolder(folder: string, rank: number, isDropIns: boolean): Promise<void> {
    for (const { name, type } of (await listOrNothing(tree, folder)).slice(0, maxFiles)) {
      if (type !== "directory") await add(`${folder}/${name}`, type, rank);
      else if (!isDropIns && name.endsWith(".d")) await addFolder(`${folder}/${name}`, rank, true);
    }
  }

  for (const [rank, root] of updateRoots.entries()) {
    for (const { name, type } of (await listOrNothing(tree, root)).slice(0, maxFiles)) {
      if (!name.startsWith("sysupdate.")) continue;
      const path = `${root}/${name}`;
      if (type !== "directory") await add(path, type, rank);
      else if (name.endsWith(".d")) await addFolder(path, rank, /\.component\.d$/.test(name));
    }
  }
  const files = candidates.flatMap(({ source, location }) => (source === undefined ? [] : { ...source, location }));
  return { files, sets: setsOf(candidates) };
}

/** All sets of definitions of a tree, the system's own first. */
export async function readUpdateSets(tree: Tree): Promise<readonly UpdateSet[]> {
  return (await readTreeUpdates(tree)).sets;
}

/** The set that a file at a place counts in; undefined for a place outside of systemd's folders. */
export async function updateSetOf(tree: Tree, location: UpdateLocation): Promise<UpdateSet | undefined> {
  return location.folder === undefined ? undefined : setOf(await readUpdateSets(tree), location);
}

/** The set of a place among those of its tree. */
export function setOf(sets: readonly UpdateSet[], { component }: UpdateLocation): UpdateSet | undefined {
  return sets.find((set) => set.component === component);
}

/** What of the sets of a tree is around a file at a place. */
export function setsAround(
  sets: readonly UpdateSet[],
  location: UpdateLocation,
): { readonly set?: UpdateSet; readonly hasSystemSet: boolean } {
  const set = setOf(sets, location);
  const system = sets.find(({ component }) => component === undefined);
  const hasSystemSet = system?.definitions.some(({ location: { kind } }) => kind === "transfer") ?? false;
  return { hasSystemSet, ...(set === undefined ? {} : { set }) };
}

/** The definitions of sets by the paths of their files. */
const byPath = new WeakMap<UpdateSet, ReadonlyMap<string, UpdateDefinition>>();

/** The definition that a file is part of; undefined when another file hides it. */
export function definitionAt(set: UpdateSet | undefined, path: string): UpdateDefinition | undefined {
  if (set === undefined) return undefined;
  const known =
    byPath.get(set) ??
    new Map(
      set.definitions.flatMap((definition) =>
        [definition.main, ...definition.dropIns].flatMap((source) =>
          source === undefined ? [] : [[source.path, definition] as const],
        ),
      ),
    );
  byPath.set(set, known);
  return known.get(path);
}

/** Puts files together as if they lay in one folder of systemd's, such as those of a folder of examples. */
export function setOfFiles(files: readonly TreeUpdateFile[], component?: string): UpdateSet {
  const candidates = files.map(({ path, file, location }) => ({
    path,
    location,
    rank: 0,
    source: { path, file },
    masks: file.text === "",
  }));
  return setOfCandidates(component, candidates);
}

/** Where a symlink leads within the tree, as far as that can be told from one step. */
async function linkTarget(tree: Tree, path: string): Promise<string | undefined> {
  try {
    const target = await tree.readLink(path);
    if (target === "/dev/null") return target;
    const parts = target.startsWith("/") ? [] : path.split("/").slice(0, -1);
    for (const part of target.split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return parts.join("/");
  } catch {
    return undefined; // it went in between
  }
}

function setsOf(candidates: readonly Candidate[]): UpdateSet[] {
  const byComponent = Map.groupBy(candidates, ({ location }) => location.component);
  return [...byComponent]
    .sort(([a], [b]) => compareNames(a ?? "", b ?? ""))
    .map(([component, ours]) => setOfCandidates(component, ours));
}

function setOfCandidates(component: string | undefined, candidates: readonly Candidate[]): UpdateSet {
  const definitions: UpdateDefinition[] = [];
  const byName = Map.groupBy(candidates, ({ location: { id, suffix } }) => `${id}${suffix}`);
  for (const [, ofName] of [...byName].sort(([a], [b]) => compareNames(a, b))) {
    const mains = ofName.filter(({ location }) => location.form === "definition");
    const main = mains.sort((a, b) => a.rank - b.rank)[0];
    if (main?.masks) continue;
    const dropIns = dropInsOf(ofName.filter(({ location }) => location.form === "drop-in"));
    const location = main?.location ?? dropIns[0]?.location;
    if (location === undefined) continue;
    definitions.push({
      location,
      ...(main?.source === undefined ? {} : { main: main.source }),
      dropIns: dropIns.flatMap(({ source }) => source ?? []),
    });
  }
  return component === undefined ? { definitions } : { component, definitions };
}

/** In the order of their names; of one name the first folder in systemd's order has it. */
function dropInsOf(candidates: readonly Candidate[]): Candidate[] {
  const byFile = Map.groupBy(candidates, ({ path }) => path.slice(path.lastIndexOf("/") + 1));
  return [...byFile]
    .sort(([a], [b]) => compareNames(a, b))
    .flatMap(([, ofFile]) => ofFile.sort((a, b) => a.rank - b.rank)[0] ?? [])
    .filter(({ masks }) => !masks);
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
