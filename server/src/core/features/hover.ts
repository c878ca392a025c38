// What is known of the key or value under the pointer.
import { parseReleaseFile, type ReleaseValue } from "../model/release-file.ts";
import { architectures } from "../tables/architectures.ts";
import { findReleaseField } from "../tables/find-release-field.ts";
import { hostIds } from "../tables/host-ids.ts";
import type { ReleaseField } from "../tables/release-field.ts";
import type { Span } from "../text/span.ts";
import { describeField } from "./describe-field.ts";
import { otherNamesOf, scopes } from "./known-values.ts";

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** Text about the key or value at `offset` of a release file; undefined where nothing is known. */
export function hover(text: string, offset: number): Hover | undefined {
  for (const assignment of parseReleaseFile(text).assignments) {
    const { key, name, meant, meantSpan } = assignment;
    const field = findReleaseField(name);
    if (field === undefined) continue;
    if (contains(key, offset)) return { span: key, markdown: `**${name}**\n\n${describeField(field)}` };
    if (meant !== "" && contains(meantSpan, offset)) return hoverValue(field, assignment, offset);
  }
  return undefined;
}

function hoverValue({ valueClass }: ReleaseField, value: ReleaseValue, offset: number): Hover | undefined {
  const span = valueClass === "scopes" ? wordAt(value, offset) : { start: 0, end: value.meant.length };
  if (span === undefined) return undefined;
  const word = value.meant.slice(span.start, span.end);
  const known = describeValue(valueClass, word);
  if (known === undefined) return undefined;
  return { span: value.spanOf(span.start, span.end), markdown: `\`${word}\`: ${known}` };
}

/** The word of a list at a position of the file, as positions of the value. */
function wordAt(value: ReleaseValue, offset: number): Span | undefined {
  for (const { index, 0: word } of value.meant.matchAll(/\S+/g)) {
    const span = { start: index, end: index + word.length };
    if (contains(value.spanOf(span.start, span.end), offset)) return span;
  }
  return undefined;
}

function describeValue(valueClass: ReleaseField["valueClass"], value: string): string | undefined {
  switch (valueClass) {
    case "host-id":
      return hostIds.find(({ id }) => id === value)?.name;
    case "architecture": {
      if (value === "_any") return "every architecture";
      if (!architectures.includes(value)) return undefined;
      const others = otherNamesOf(value);
      return others.length === 0 ? "systemd's name" : `called ${others.join(", ")} by other tools`;
    }
    case "scopes":
      return scopes.find((scope) => scope.value === value)?.detail;
    case "boolean":
      return booleanWord(value);
    case "version":
    case "units":
    case "text":
      return undefined;
  }
}

/** The words that systemd takes for yes and for no. */
function booleanWord(value: string): string | undefined {
  if (/^(1|yes|y|true|t|on)$/i.test(value)) return "yes";
  return /^(0|no|n|false|f|off)$/i.test(value) ? "no" : undefined;
}

function contains({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
