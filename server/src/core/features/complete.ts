// Completion in release files: keys that are not there yet, and the values that a key can have.
import type { ReleaseContext } from "../model/release-context.ts";
import { parseReleaseFile, type ReleaseFile, type ReleaseValue } from "../model/release-file.ts";
import { architectures } from "../tables/architectures.ts";
import { findReleaseField } from "../tables/find-release-field.ts";
import { hostIds } from "../tables/host-ids.ts";
import { hosts } from "../tables/hosts.ts";
import type { ReleaseField } from "../tables/release-field.ts";
import { releaseFields } from "../tables/release-fields.ts";
import type { Span } from "../text/span.ts";
import type { Completion } from "./completion.ts";
import { describeField } from "./describe-field.ts";
import { type DescribedValue, otherNamesOf, scopes } from "./known-values.ts";

/** What can be completed at `offset` of a release file; nothing in comments. */
export function complete(text: string, offset: number, context: ReleaseContext): Completion[] {
  const file = parseReleaseFile(text);
  const node = file.nodes.find(
    ({ span }) => offset >= span.start && (offset < span.end || atOpenEnd(text, span, offset)),
  );
  if (node?.kind === "comment" && offset > commentStart(text, node.span)) return [];
  const assignment = file.assignments.find(({ span }) => span.start === node?.span.start);
  if (assignment !== undefined && offset > assignment.equals) return completeValue(file, assignment, offset);
  return completeKey(file, offset, context, assignment);
}

/** Whether the caret is behind the last character of a text that does not end in a newline. */
function atOpenEnd(text: string, { end }: Span, offset: number): boolean {
  return offset === end && end === text.length && !/[\r\n]/.test(text.charAt(end - 1));
}

function commentStart(text: string, { start }: Span): number {
  return start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0);
}

function completeKey(
  { text, assignments }: ReleaseFile,
  offset: number,
  { location = "sysext" }: ReleaseContext,
  current: ReleaseValue | undefined,
): Completion[] {
  const span = wordAround(text, offset, /[A-Za-z0-9_]/);
  const used = new Set(assignments.filter((other) => other !== current).map(({ name }) => name));
  return releaseFields
    .filter(({ name, classes }) => !used.has(name) && (classes === "both" || classes === location))
    .map((field) => ({
      label: field.name,
      kind: "key",
      detail: valueDetail(field),
      documentation: describeField(field),
      span,
      text: current === undefined ? `${field.name}=` : field.name,
      continues: current === undefined && valuesOf(field, []).length > 0,
    }));
}

function completeValue(file: ReleaseFile, assignment: ReleaseValue, offset: number): Completion[] {
  const { text } = file;
  const field = findReleaseField(assignment.name);
  if (field === undefined) return [];
  const span = wordAround(text, offset, /[A-Za-z0-9_.-]/, assignment.equals + 1);
  const others = assignment.meant.split(/\s+/).filter((word) => word !== text.slice(span.start, span.end));
  return [...hostValues(file, field.name), ...valuesOf(field, others)].map(({ value, detail }) => ({
    label: value,
    kind: "value",
    detail,
    documentation: "",
    span,
    text: value,
    continues: false,
  }));
}

/** Versions and levels of the known hosts that have the file's ID. */
function hostValues(file: ReleaseFile, key: string): DescribedValue[] {
  const id = file.get("ID")?.meant;
  const found = new Map<string, string>();
  for (const { title, release } of hosts) {
    if (release.id !== id) continue;
    const value = key === "VERSION_ID" ? release.versionId : key === "SYSEXT_LEVEL" ? release.sysextLevel : undefined;
    if (value !== undefined)
      found.set(value, [found.get(value), title].filter((name) => name !== undefined).join(", "));
  }
  return Array.from(found, ([value, detail]) => ({ value, detail }));
}

/** The values that a key can have; `others` are the words that a list has already. */
function valuesOf({ valueClass, values = [] }: ReleaseField, others: readonly string[]): readonly DescribedValue[] {
  switch (valueClass) {
    case "host-id":
      return hostIds.map(({ id, name }) => ({ value: id, detail: name }));
    case "architecture":
      return [
        { value: "_any", detail: "every architecture" },
        ...architectures.map((value) => ({ value, detail: otherNamesOf(value).join(", ") })),
      ];
    case "scopes":
      return scopes.filter(({ value }) => !others.includes(value));
    case "boolean":
      return [
        { value: "1", detail: "yes" },
        { value: "0", detail: "no" },
      ];
    case "version":
    case "units":
    case "text":
      return values.map((value) => ({ value, detail: "" }));
  }
}

function valueDetail({ valueClass, since }: ReleaseField): string {
  const kind = valueClass === "text" ? "" : valueClass.replace("-", " ");
  return [kind, since === 0 ? "" : `since systemd ${since}`].filter((part) => part !== "").join(", ");
}

/** The stretch of word characters around an offset, not beginning before `least`. */
function wordAround(text: string, offset: number, character: RegExp, least = 0): Span {
  let start = offset;
  while (start > least && character.test(text.charAt(start - 1))) start -= 1;
  let end = offset;
  while (end < text.length && character.test(text.charAt(end))) end += 1;
  return { start, end };
}
