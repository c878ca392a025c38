// The places of a file that name the same as the one under the caret: a setting, a unit, a feature or a variable.
import type { UnitFile } from "../../model/unit-file.ts";
import type { Span } from "../../text/span.ts";
import { caretAt } from "./caret.ts";
import { featuresIn } from "./features-of-set.ts";
import { isSameUnit, mentionsIn } from "./mentions.ts";
import { mentionsOfVariables } from "./variables.ts";

export interface Highlight {
  readonly span: Span;
  /** Whether something gets its value here, or is only named. */
  readonly kind: "write" | "read";
}

/** The place under the caret is among them; none where nothing has a name. */
export function highlightsInUnit(file: UnitFile, offset: number): Highlight[] {
  const caret = caretAt(file, offset);
  if (caret.kind === "header") {
    return file.sections.flatMap(({ name, header }) =>
      header !== undefined && name === caret.header.name ? [{ span: header.nameSpan, kind: "write" }] : [],
    );
  }
  if (caret.kind === "key") return settingsLike(file, caret.entry);
  if (caret.kind === "nothing") return [];
  return unitsAt(file, offset) ?? featuresAt(file, offset) ?? variablesAt(file, offset) ?? [];
}

function settingsLike({ entries }: UnitFile, entry: UnitFile["entries"][number] | undefined): Highlight[] {
  if (entry === undefined || entry.node.name === "") return [];
  return entries
    .filter(({ node, section }) => node.name === entry.node.name && section.name === entry.section.name)
    .map(({ node }) => ({ span: node.key, kind: "write" }));
}

function unitsAt(file: UnitFile, offset: number): Highlight[] | undefined {
  const mentions = mentionsIn(file);
  const here = mentions.find(({ span }) => isIn(span, offset));
  if (here === undefined) return undefined;
  return mentions.filter(({ name }) => isSameUnit(name, here.name)).map(({ span }) => ({ span, kind: "read" }));
}

function featuresAt(file: UnitFile, offset: number): Highlight[] | undefined {
  const mentions = featuresIn(file);
  const here = mentions.find(({ span }) => isIn(span, offset));
  if (here === undefined) return undefined;
  return mentions.filter(({ name }) => name === here.name).map(({ span }) => ({ span, kind: "read" }));
}

function variablesAt(file: UnitFile, offset: number): Highlight[] | undefined {
  const mentions = mentionsOfVariables(file);
  // The signs around a variable's name belong to it.
  const here = mentions.find(({ span }) => isIn({ start: span.start - 1, end: span.end }, offset));
  if (here === undefined) return undefined;
  return mentions
    .filter(({ name }) => name === here.name)
    .map(({ span, definition }) => ({ span, kind: definition ? "write" : "read" }));
}

function isIn({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
