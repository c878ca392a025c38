// Lines of words as in tmpfiles.d and sysusers.d: fields between blanks, which may stand in quotes (tmpfiles.d(5)). Total.
import type { Span } from "../text/span.ts";

export interface Field {
  /** Without its quotes; escapes stay as they are. */
  readonly text: string;
  /** With its quotes. */
  readonly span: Span;
}

export interface WordLine {
  readonly fields: readonly Field[];
  /** Without the line's end. */
  readonly span: Span;
}

/** More fields of a line are never asked for. */
const maxFields = 16;

/** The lines that say something, in order; comments and empty lines are left out. */
export function parseWordLines(text: string): WordLine[] {
  const lines: WordLine[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    const fields = /^\s*(?:#|$)/.test(line) ? [] : fieldsOf(line, start);
    if (fields.length > 0) lines.push({ fields, span: { start, end } });
    start = end + 1;
  }
  return lines;
}

function fieldsOf(line: string, offset: number): Field[] {
  const fields: Field[] = [];
  for (const { 0: written, index } of line.matchAll(/"(?:\\.|[^"\\])*"\S*|'(?:\\.|[^'\\])*'\S*|\S+/g)) {
    if (fields.length === maxFields) break;
    const quoted = /^(["'])(.*)\1$/s.exec(written);
    fields.push({
      text: quoted?.[2] ?? written,
      span: { start: offset + index, end: offset + index + written.length },
    });
  }
  return fields;
}
