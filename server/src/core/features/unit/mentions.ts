// Where units are mentioned: in settings of unit files, in release files, and by the names of files, folders and links.

import { parseReleaseFile } from "../../model/release-file.ts";
import type { TreeUnitFile, TreeUnits } from "../../model/tree-units.ts";
import type { UnitFile } from "../../model/unit-file.ts";
import { parseUnitName, type UnitName } from "../../model/unit-name.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import { findReleaseField } from "../../tables/find-release-field.ts";
import { newestSystemd } from "../../tables/newest-systemd.ts";
import type { Span } from "../../text/span.ts";
import { readingOf } from "../../values/read-entry.ts";

export interface Mention {
  readonly name: UnitName;
  readonly span: Span;
}

const known = new WeakMap<UnitFile, readonly Mention[]>();

/** The units that a file mentions in its settings, in the order of the text. */
export function mentionsIn(file: UnitFile): readonly Mention[] {
  const found = known.get(file) ?? findMentions(file);
  known.set(file, found);
  return found;
}

function findMentions(file: UnitFile): Mention[] {
  const mentions: Mention[] = [];
  for (const entry of file.entries) {
    const { value } = entry.node;
    if (value.text === "") continue;
    for (const { kind, start, end } of readingOf(entry, newestSystemd)?.pieces ?? []) {
      if (kind !== "unit") continue;
      const name = parseUnitName(value.text.slice(start, end));
      if (name !== undefined) mentions.push({ name, span: spanInValue(value, start, end) });
    }
  }
  return mentions;
}

/** The units that a release file asks hosts to restart or reload. */
export function mentionsInRelease(text: string): Mention[] {
  return parseReleaseFile(text)
    .assignments.filter(({ name }) => findReleaseField(name)?.valueClass === "units")
    .flatMap(({ meant, spanOf }) =>
      [...meant.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
        const name = parseUnitName(word);
        return name === undefined ? [] : [{ name, span: spanOf(index, index + word.length) }];
      }),
    );
}

/** Whether two names stand for one unit: they are equal, or one is an instance of the other. */
export function isSameUnit(a: UnitName, b: UnitName): boolean {
  if (a.name === b.name) return true;
  if (a.type !== b.type || a.prefix !== b.prefix || a.instance === undefined || b.instance === undefined) return false;
  return a.instance === "" || b.instance === "";
}

/** The unit that the caret is on: one that is mentioned there, or in the file's own headers the file's unit. */
export function unitAt(file: UnitFile, ownName: UnitName | undefined, offset: number): Mention | undefined {
  const mention = mentionsIn(file).find(({ span }) => offset >= span.start && offset <= span.end);
  if (mention !== undefined || ownName === undefined) return mention;
  const header = file.sections.find(
    ({ header: found }) =>
      found !== undefined && offset >= found.nameSpan.start - 1 && offset <= found.nameSpan.end + 1,
  )?.header;
  return header && { name: ownName, span: header.nameSpan };
}

/** A place in a tree; without a span it is the file as a whole. */
export interface Place {
  readonly path: string;
  readonly span?: Span;
}

/** The files of a unit in a tree: itself, its template's when it is an instance, its drop-ins, then links with its name. */
export function definitionsOf(name: UnitName, { files, links }: TreeUnits): Place[] {
  const places: Place[] = [];
  const add = (kind: string) => {
    for (const { path, file, location } of files) {
      const own = parseUnitName(location.name);
      if (location.kind === kind && own !== undefined && isSameUnit(own, name)) places.push({ path, span: file.head });
    }
  };
  add("unit");
  add("drop-in");
  for (const link of links) if (link.owner === undefined && link.name === name.name) places.push({ path: link.path });
  return places;
}

/** All mentions of a unit in a tree; `releaseFiles` are the texts of its release files by path. */
export function referencesTo(
  name: UnitName,
  { files, links }: TreeUnits,
  releaseFiles: ReadonlyMap<string, string>,
): Place[] {
  const places: Place[] = [];
  const add = (path: string, mentions: readonly Mention[]) => {
    for (const mention of mentions) if (isSameUnit(mention.name, name)) places.push({ path, span: mention.span });
  };
  for (const { path, file } of files) add(path, mentionsIn(file));
  for (const [path, text] of releaseFiles) add(path, mentionsInRelease(text));
  for (const link of links) {
    const own = parseUnitName(link.name);
    if (own !== undefined && link.owner !== undefined && isSameUnit(own, name)) places.push({ path: link.path });
  }
  return places;
}

/** What a unit says of itself. */
export function descriptionOf({ file }: Pick<TreeUnitFile, "file">): string | undefined {
  return file.entries.findLast(({ node, section }) => section.name === "Unit" && node.name === "Description")?.node
    .value.text;
}
