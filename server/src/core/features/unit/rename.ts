// Renames a unit: its files and folders, links to it, and every mention, in one go.
import type { TreeUnits } from "../../model/tree-units.ts";
import { parseUnitName, type UnitName } from "../../model/unit-name.ts";
import type { Span } from "../../text/span.ts";
import { isSameUnit, referencesTo } from "./mentions.ts";

export interface RenamePlan {
  /** Edits by path in the tree, in files as they are called before. */
  readonly edits: ReadonlyMap<string, readonly { readonly span: Span; readonly text: string }[]>;
  /** Files and folders that get another path. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/**
 * What renaming a unit of a tree comes to; `releaseFiles` are the texts of its release files by path. The result is a
 * sentence when the new name cannot be one.
 */
export function planRename(
  name: UnitName,
  newText: string,
  units: TreeUnits,
  releaseFiles: ReadonlyMap<string, string>,
): RenamePlan | string {
  const renamed = parseUnitName(newText);
  if (renamed === undefined) {
    return `"${newText}" is not a valid unit name; use letters, digits and :-_.\\@, and the suffix ".${name.type}"`;
  }
  if (renamed.type !== name.type) return `"${newText}" has a different unit type; use the suffix ".${name.type}"`;
  if ((renamed.instance === undefined) !== (name.instance === undefined)) {
    return name.instance === undefined
      ? `"${newText}" is a template name, but "${name.name}" is not a template; remove the "@"`
      : `"${newText}" has no "@", but "${name.name}" is a template or an instance; keep the "@"`;
  }
  if (renamed.instance !== name.instance) {
    return `renaming a template keeps the instance name of "${name.name}"; use "${withPrefix(name, renamed.prefix)}"`;
  }
  const taken = units.files.some(({ location }) => location.kind === "unit" && location.name === templateName(renamed));
  if (taken && renamed.name !== name.name)
    return `a unit "${templateName(renamed)}" already exists; choose another name`;
  // The template and all of its instances change their names together.
  const target = parseUnitName(templateName(name)) ?? name;
  return {
    edits: editsOf(target, renamed.prefix, units, releaseFiles),
    moves: movesOf(target, renamed.prefix, units),
  };
}

function templateName({ name, prefix, instance, type }: UnitName): string {
  return instance === undefined ? name : `${prefix}@.${type}`;
}

/** The name with another prefix; instance and type stay. */
function withPrefix({ instance, type }: UnitName, prefix: string): string {
  return instance === undefined ? `${prefix}.${type}` : `${prefix}@${instance}.${type}`;
}

function editsOf(
  target: UnitName,
  prefix: string,
  units: TreeUnits,
  releaseFiles: ReadonlyMap<string, string>,
): Map<string, { span: Span; text: string }[]> {
  const texts = new Map([...units.files.map(({ path, file }) => [path, file.text] as const), ...releaseFiles]);
  const edits = new Map<string, { span: Span; text: string }[]>();
  for (const { path, span } of referencesTo(target, units, releaseFiles)) {
    if (span === undefined) continue;
    const written = parseUnitName((texts.get(path) ?? "").slice(span.start, span.end));
    // A name with quotes or a line break in it is left to its author.
    if (written === undefined) continue;
    const edit = { span, text: withPrefix(written, prefix) };
    edits.set(path, [...(edits.get(path) ?? []), edit]);
  }
  return edits;
}

/** Unit files and links by their names, and folders of drop-ins and of links by the unit that they belong to. */
function movesOf(target: UnitName, prefix: string, { files, links }: TreeUnits): { from: string; to: string }[] {
  const moves = new Map<string, string>();
  for (const { path, location } of files) {
    const own = parseUnitName(location.name);
    if (own === undefined || !isSameUnit(own, target)) continue;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (location.kind === "drop-in") {
      moves.set(folder, `${folder.slice(0, folder.lastIndexOf("/"))}/${withPrefix(own, prefix)}.d`);
    } else {
      // Endings behind the unit's name stay, as in `demo.service.in`.
      const file = path.slice(folder.length + 1);
      moves.set(path, `${folder}/${withPrefix(own, prefix)}${file.slice(file.indexOf(own.name) + own.name.length)}`);
    }
  }
  for (const { path, name, owner } of links) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    const ownerName = parseUnitName(owner?.name ?? "");
    const ownerMoves = ownerName !== undefined && isSameUnit(ownerName, target);
    if (ownerMoves) {
      moves.set(folder, `${folder.slice(0, folder.lastIndexOf("/"))}/${withPrefix(ownerName, prefix)}.${owner?.kind}`);
    }
    const own = parseUnitName(name);
    // What is in a folder that moves is moved with it, and renamed there by a second step.
    if (own !== undefined && isSameUnit(own, target)) moves.set(path, `${folder}/${withPrefix(own, prefix)}`);
  }
  // Files before the folders that they are in, so that every path is still true when its turn comes.
  return [...moves]
    .map(([from, to]) => ({ from, to }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => b.from.split("/").length - a.from.split("/").length);
}
