// The sections of a unit file with their settings, for the editor's outline.
import type { Entry, UnitFile, UnitSection } from "../../model/unit-file.ts";
import type { Span } from "../../text/span.ts";
import type { OutlineEntry } from "../outline.ts";

export interface SectionOutline extends OutlineEntry {
  readonly children: readonly OutlineEntry[];
}

/** More is nothing that anybody reads in an outline. */
const maxDetailLength = 200;

/** The sections in their order, each with its settings; one that comes twice is there twice. */
export function outlineOfUnit({ sections, text }: UnitFile): (SectionOutline | OutlineEntry)[] {
  return sections.flatMap((section, index) => {
    const children = section.entries.filter(({ node }) => node.name !== "").map(outlineOfEntry);
    if (section.header === undefined) return children;
    const next = sections[index + 1]?.header;
    return [outlineOfSection(section.header, section, children, next?.span.start ?? text.length)];
  });
}

function outlineOfSection(
  { nameSpan, span }: NonNullable<UnitSection["header"]>,
  { name }: UnitSection,
  children: readonly OutlineEntry[],
  end: number,
): SectionOutline {
  // An empty name cannot be shown.
  return { name: name === "" ? "[]" : name, detail: "", span: { start: span.start, end }, nameSpan, children };
}

function outlineOfEntry({ node }: Entry): OutlineEntry {
  const { name, key, value } = node;
  const span: Span = { start: key.start, end: Math.max(value.span.end, node.equals + 1) };
  return { name, detail: value.text.slice(0, maxDetailLength), span, nameSpan: key };
}
