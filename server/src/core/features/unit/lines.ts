// The lines that a header, an assignment or a comment is written on.
import type { Span } from "../../text/span.ts";

export interface Line extends Span {
  /** Where the line's end begins: `end` without LF, CR LF, CR or NUL. */
  readonly contentEnd: number;
  /** Whether `#` or `;` is the first that is not blank. */
  readonly comment: boolean;
  /** Whether the line ends in a backslash that no other takes for itself; it says nothing in comments. */
  readonly continued: boolean;
}

/** The lines of a stretch that begins at a line's beginning. */
export function* linesIn(text: string, { start, end }: Span): Generator<Line> {
  let at = start;
  while (at < end) {
    const line = lineFrom(text, at);
    yield line;
    at = line.end;
  }
}

function lineFrom(text: string, start: number): Line {
  let contentEnd = start;
  while (contentEnd < text.length && !/[\n\r\0]/.test(text.charAt(contentEnd))) contentEnd += 1;
  const newline = text.startsWith("\r\n", contentEnd) ? 2 : 1;
  let first = start;
  while (first < contentEnd && /[ \t]/.test(text.charAt(first))) first += 1;
  const comment = first < contentEnd && /[#;]/.test(text.charAt(first));
  return {
    start,
    contentEnd,
    end: Math.min(contentEnd + newline, text.length),
    comment,
    continued: !comment && endsInBackslash(text, start, contentEnd),
  };
}

function endsInBackslash(text: string, start: number, end: number): boolean {
  let at = end;
  while (at > start && text.charAt(at - 1) === "\\") at -= 1;
  return (end - at) % 2 === 1;
}

/** Whether what is typed behind the end of the text still belongs to a node that ends there. */
export function isOpenAtEnd(text: string, { start, end }: Span): boolean {
  if (end !== text.length) return false;
  if (!/[\n\r\0]/.test(text.charAt(end - 1))) return true;
  let open = false;
  let first = true;
  for (const line of linesIn(text, { start, end })) {
    if (first || !line.comment) open = line.continued;
    first = false;
  }
  return open;
}
