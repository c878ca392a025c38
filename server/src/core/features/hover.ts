// What is known of the key or value under the pointer.
import { parseReleaseFile } from "../model/release-file.ts";
import { architectureAliases, architectures } from "../tables/architectures.ts";
import { findReleaseField } from "../tables/find-release-field.ts";
import { hostIds } from "../tables/host-ids.ts";
import type { Span } from "../text/span.ts";
import { describeField } from "./describe-field.ts";

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** Text about the key or value at `offset` of a release file; undefined where nothing is known. */
export function hover(text: string, offset: number): Hover | undefined {
  for (const { key, name, meant, meantSpan } of parseReleaseFile(text).assignments) {
    const field = findReleaseField(name);
    if (field === undefined) continue;
    if (contains(key, offset)) return { span: key, markdown: `**${name}**\n\n${describeField(field)}` };
    if (meant !== "" && contains(meantSpan, offset)) {
      const known = describeValue(field.valueClass, meant);
      return known === undefined ? undefined : { span: meantSpan, markdown: known };
    }
  }
  return undefined;
}

function describeValue(valueClass: string, value: string): string | undefined {
  if (valueClass === "host-id") {
    const host = hostIds.find(({ id }) => id === value);
    return host === undefined ? undefined : `\`${value}\`: ${host.name}`;
  }
  if (valueClass === "architecture") {
    if (value === "_any") return "`_any`: every architecture";
    const names = [...architectureAliases].filter(([, name]) => name === value).map(([alias]) => alias);
    if (!architectures.includes(value)) return undefined;
    return names.length === 0 ? `\`${value}\`` : `\`${value}\`: what others call ${names.join(", ")}`;
  }
  return undefined;
}

function contains({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
