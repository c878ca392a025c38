// The keys of a release file, for the editor's outline.
import { parseReleaseFile } from "../model/release-file.ts";
import type { Span } from "../text/span.ts";

export interface OutlineEntry {
  readonly name: string;
  readonly detail: string;
  /** The whole assignment. */
  readonly span: Span;
  readonly nameSpan: Span;
}

/** The assignments of a release file, in their order. */
export function outline(text: string): OutlineEntry[] {
  return parseReleaseFile(text)
    .assignments.filter(({ name }) => name !== "")
    .map(({ name, meant, key, value }) => ({
      name,
      detail: meant,
      span: { start: key.start, end: Math.max(value.end, key.end) },
      nameSpan: key,
    }));
}
