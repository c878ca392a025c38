// Which lines of an effective unit name the file that the lines below come from.
import type { SourceLine } from "../../../shared/src/requests.ts";

export interface Heading {
  readonly line: number;
  /** Columns of the words behind the `#`; the end is excluded. */
  readonly start: number;
  readonly end: number;
  /** Where the first line below comes from. */
  readonly source: SourceLine;
}

/** The comments that are in no file, each with what stands below it before the next one. */
export function findHeadings(text: string, sources: readonly (SourceLine | null)[]): Heading[] {
  const found: Heading[] = [];
  let comment: Omit<Heading, "source"> | undefined;
  for (const [line, words] of text.split(/\r?\n/).entries()) {
    const source = sources[line] ?? null;
    const [sign] = /^#\s*(?=\S)/.exec(words) ?? [];
    if (source === null && sign !== undefined) {
      comment = { line, start: sign.length, end: words.trimEnd().length };
    } else if (source !== null && comment !== undefined) {
      found.push({ ...comment, source });
      comment = undefined;
    }
  }
  return found;
}
