// Features of systemd-sysupdate: where transfers name them, which file describes one, and what a new name comes to.

import type { TreeUpdateFile } from "../../model/read-update-set.ts";
import type { UnitFile } from "../../model/unit-file.ts";
import type { UpdateLocation } from "../../model/update-location.ts";
import type { UpdateSet } from "../../model/update-set.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import { newestSystemd } from "../../tables/newest-systemd.ts";
import type { Span } from "../../text/span.ts";
import { readingOf } from "../../values/read-entry.ts";
import type { Place } from "./mentions.ts";
import type { RenamePlan } from "./rename.ts";

export interface DescribedFeature {
  readonly name: string;
  /** What it says of itself in `Description=`. */
  readonly description?: string;
}

/** The features of a set that have a file, by name. */
export function describedFeatures({ definitions }: UpdateSet): DescribedFeature[] {
  return definitions
    .filter(({ location, main }) => location.kind === "feature" && main !== undefined)
    .map(({ location, main, dropIns }) => {
      const sources = [...(main === undefined ? [] : [main]), ...dropIns];
      const description = sources
        .flatMap(({ file }) => file.entries)
        .findLast(({ node, section }) => section.name === "Feature" && node.name === "Description")?.node.value.text;
      return { name: location.id, ...(description === undefined ? {} : { description }) };
    });
}

export interface FeatureMention {
  readonly name: string;
  readonly span: Span;
}

/** The features that a transfer names, in the order of the text. */
export function featuresIn(file: UnitFile): FeatureMention[] {
  return file.entries.flatMap((entry) => {
    const { value } = entry.node;
    return (readingOf(entry, newestSystemd)?.pieces ?? []).flatMap(({ kind, start, end }) => {
      const name = value.text.slice(start, end);
      return kind === "feature" && /^[^"'\\]+$/.test(name) ? [{ name, span: spanInValue(value, start, end) }] : [];
    });
  });
}

/** The feature that the caret is on: one that is named there, or in the header of a feature's own file that feature. */
export function featureAt(
  file: UnitFile,
  location: UpdateLocation | undefined,
  offset: number,
): FeatureMention | undefined {
  const mention = featuresIn(file).find(({ span }) => offset >= span.start && offset <= span.end);
  if (mention !== undefined || location?.kind !== "feature") return mention;
  const header = file.sections.find(
    ({ header: found }) =>
      found !== undefined && offset >= found.nameSpan.start - 1 && offset <= found.nameSpan.end + 1,
  )?.header;
  return header && { name: location.id, span: header.nameSpan };
}

/** The files of one set: definitions and drop-ins of a component, or of the system itself. */
type SetFiles = readonly TreeUpdateFile[];

/** The files of a set that count, each with its own place. */
export function filesOfSet({ definitions }: UpdateSet): TreeUpdateFile[] {
  return definitions.flatMap(({ location, main, dropIns }) => [
    ...(main === undefined ? [] : [{ ...main, location }]),
    ...dropIns.map((source) => ({ ...source, location: { ...location, form: "drop-in" as const } })),
  ]);
}

/** The file of a feature, then its drop-ins. */
export function definitionsOfFeature(name: string, files: SetFiles): Place[] {
  const ours = files.filter(({ location }) => location.kind === "feature" && location.id === name);
  return (["definition", "drop-in"] as const).flatMap((form) =>
    ours.filter(({ location }) => location.form === form).map(({ path, file }) => ({ path, span: file.head })),
  );
}

/** Where transfers of a set name a feature. */
export function referencesToFeature(name: string, files: SetFiles): Place[] {
  return files.flatMap(({ path, file }) =>
    featuresIn(file).flatMap((mention) => (mention.name === name ? [{ path, span: mention.span }] : [])),
  );
}

/** What renaming a feature of a set comes to; a sentence when the new name cannot be one. */
export function planFeatureRename(name: string, renamed: string, files: SetFiles): RenamePlan | string {
  if (!/^[^\s/"'\\%]+$/.test(renamed) || renamed.startsWith(".")) {
    return `"${renamed}" is not a valid feature name; remove spaces, quotes, slashes and percent signs`;
  }
  if (renamed !== name && definitionsOfFeature(renamed, files).length > 0) {
    return `a feature "${renamed}" already exists; choose another name`;
  }
  const edits = new Map<string, { span: Span; text: string }[]>();
  for (const { path, span } of referencesToFeature(name, files)) {
    if (span !== undefined) edits.set(path, [...(edits.get(path) ?? []), { span, text: renamed }]);
  }
  const moves = new Map<string, string>();
  for (const { path } of definitionsOfFeature(name, files)) {
    const names = path.split("/");
    // Endings behind the name stay, as in `demo.feature.d` and `demo.feature.in`.
    const at = names.findLastIndex((part) => part.startsWith(`${name}.feature`));
    const from = names.slice(0, at + 1).join("/");
    const to = [...names.slice(0, at), `${renamed}${(names[at] ?? "").slice(name.length)}`].join("/");
    if (from !== to) moves.set(from, to);
  }
  return { edits, moves: [...moves].map(([from, to]) => ({ from, to })) };
}
