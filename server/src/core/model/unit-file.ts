// A unit file, a file of sysupdate or a drop-in of one as its author meant it: sections, and the setting that each assignment is about.
import { reparseUnitSyntax } from "../syntax/unit-reparse.ts";
import { type Assignment, type Header, parseUnitSyntax, type UnitSyntax } from "../syntax/unit-syntax.ts";
import { findUnitSetting, settingsOfSection } from "../tables/find-unit-setting.ts";
import type { UnitSetting } from "../tables/unit-setting.ts";
import type { Span } from "../text/span.ts";
import { sectionOfType, type UnitType } from "./unit-name.ts";
import type { UpdateKind } from "./update-location.ts";
import type { Reading } from "./value-reading.ts";

export interface UnitFile {
  readonly text: string;
  readonly syntax: UnitSyntax;
  /** In the order of the text; a section that comes twice is there twice. */
  readonly sections: readonly UnitSection[];
  /** All assignments, in the order of the text. */
  readonly entries: readonly Entry[];
  /** Where findings about the file as a whole are shown: its own section's header, else its first line. */
  readonly head: Span;
}

export interface UnitSection {
  /** Empty for what stands before the first header. */
  readonly name: string;
  readonly header?: Header;
  /** Whether units of this type have it. `X-` sections are nobody's. */
  readonly known: boolean;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly section: UnitSection;
  readonly node: Assignment;
  /** Undefined for what this section does not know. */
  readonly setting: UnitSetting | undefined;
  /** Whether another tool writes a part of the value, so that nothing can be said of it. */
  readonly open: boolean;
  /** What was read of the value, which outlives a change elsewhere in the file. Filled by whoever reads it first. */
  readonly kept: { systemd?: number; reading?: Reading };
}

/** What a file of sections and settings is: a type of unit, or a definition of systemd-sysupdate. */
export type SettingsKind = UnitType | UpdateKind;

const updateSectionsOf: Readonly<Record<UpdateKind, readonly string[]>> = {
  transfer: ["Transfer", "Source", "Target"],
  feature: ["Feature"],
  component: ["Component"],
};

/** The sections that files of a kind have, in their usual order. */
export function sectionsOfKind(kind: SettingsKind): readonly string[] {
  return isUpdateKind(kind) ? updateSectionsOf[kind] : ["Unit", sectionOfType(kind), "Install"];
}

export function isUpdateKind(kind: SettingsKind): kind is UpdateKind {
  return Object.hasOwn(updateSectionsOf, kind);
}

/** The setting of a name in a section of a file; `[Target]` has settings in a transfer and none in a unit. */
function findSettingIn(kind: SettingsKind | undefined, section: string, name: string): UnitSetting | undefined {
  return hasSettings(kind, section) ? findUnitSetting(section, name) : undefined;
}

/** The settings of a section in a file of a kind, its own before those that it shares with others. */
export function settingsIn(kind: SettingsKind | undefined, section: string): readonly UnitSetting[] {
  return hasSettings(kind, section) ? settingsOfSection(section) : [];
}

function hasSettings(kind: SettingsKind | undefined, section: string): boolean {
  return section !== "Target" || (kind !== undefined && isUpdateKind(kind));
}

export interface UnitFileOptions {
  /** Undefined when it is not known; then every section is. */
  readonly type?: SettingsKind;
  /** Whether another tool makes the unit from the file. */
  readonly template?: boolean;
}

/** Placeholders that are no text of a unit in any file: `@NAME@`, `{{ name }}`, `{% if %}`, `<% %>`. */
const certainPlaceholder = /@[A-Z][A-Z0-9_]+@|\{\{|\{%|<%/;
/** Placeholders that are only taken for such in files that some tool makes units from. */
const likelyPlaceholder = /@[A-Za-z][A-Za-z0-9_]*@|\{\{|\{%|<%|\$\{[A-Za-z_]\w*\}|\{[A-Za-z_]\w*\}|%%\w+%%/;

/** Whether a text holds a placeholder of another tool. */
export function hasPlaceholder(text: string, template: boolean): boolean {
  return (template ? likelyPlaceholder : certainPlaceholder).test(text);
}

/**
 * Parses any text as a unit file or drop-in. `before` is the same file before a change, parsed with the same options: with it
 * the result is the same, and sooner there.
 */
export function parseUnitFile(text: string, options: UnitFileOptions = {}, before?: UnitFile): UnitFile {
  const { type, template = false } = options;
  const { syntax, first, last } =
    before === undefined
      ? { syntax: parseUnitSyntax(text), first: 0, last: 0 }
      : reparseUnitSyntax(before.syntax, text);
  const known = before === undefined ? () => undefined : knownEntries(before, syntax.nodes.length, first, last);
  const mayHavePlaceholders = hasPlaceholder(text, template);
  const sections: UnitSection[] = [];
  const all: Entry[] = [];
  let entries: Entry[] = [];
  let section: UnitSection = { name: "", known: false, entries };
  for (const [index, node] of syntax.nodes.entries()) {
    if (node.kind === "header") {
      entries = [];
      section = { name: node.name, header: node, known: isKnownSection(node.name, type), entries };
      sections.push(section);
    } else if (node.kind === "assignment") {
      if (section.header === undefined && entries.length === 0) sections.push(section);
      const same = known(index);
      const isSame = same !== undefined && same.section.name === section.name;
      const entry: Entry = {
        section,
        node,
        setting: isSame ? same.setting : section.known ? findSettingIn(type, section.name, node.name) : undefined,
        open: mayHavePlaceholders && hasPlaceholder(node.value.text, template),
        kept: isSame ? same.kept : {},
      };
      entries.push(entry);
      all.push(entry);
    }
  }
  return { text, syntax, sections, entries: all, head: headOf(syntax, sections, type) };
}

/** The entries of a file before a change, by the indexes that their nodes have now; of nodes that were taken over only. */
function knownEntries(
  { syntax: { nodes }, entries }: UnitFile,
  count: number,
  first: number,
  last: number,
): (index: number) => Entry | undefined {
  let next = 0;
  return (index) => {
    const old = index < first ? index : index >= count - last ? index - count + nodes.length : -1;
    const node = nodes[old];
    if (node === undefined) return undefined;
    while (next < entries.length && (entries[next]?.node.span.start ?? 0) < node.span.start) next += 1;
    const entry = entries[next];
    return entry?.node === node ? entry : undefined;
  };
}

function isKnownSection(name: string, type: SettingsKind | undefined): boolean {
  return type === undefined ? !name.startsWith("X-") : sectionsOfKind(type).includes(name);
}

/** The section that findings about the file as a whole are shown at. */
function ownSectionOf(kind: SettingsKind): string | undefined {
  return isUpdateKind(kind) ? updateSectionsOf[kind][0] : sectionOfType(kind);
}

function headOf({ text, nodes }: UnitSyntax, sections: readonly UnitSection[], type: SettingsKind | undefined): Span {
  const own = type === undefined ? undefined : sections.find(({ name }) => name === ownSectionOf(type));
  const header = own?.header ?? sections.find((section) => section.header !== undefined)?.header;
  if (header !== undefined)
    return { start: header.nameSpan.start - 1, end: Math.min(header.nameSpan.end + 1, text.length) };
  const first = nodes.find(({ kind }) => kind !== "blank" && kind !== "comment")?.span ?? { start: 0, end: 0 };
  return {
    start: first.start,
    end: first.start + (/^[^\r\n]*/.exec(text.slice(first.start, first.end))?.[0].length ?? 0),
  };
}
