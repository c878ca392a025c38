// A release file as systemd sees it, and as its author meant it: the value of each key, and where it is written.
import { type Assignment, type AssignmentFile, assignmentsOf, parseAssignments } from "../syntax/assignments.ts";
import { findReleaseField } from "../tables/find-release-field.ts";
import type { Span } from "../text/span.ts";

export interface ReleaseFile extends AssignmentFile {
  readonly assignments: readonly ReleaseValue[];
  /** The assignment of a key that counts: the last one; undefined when its value is empty or there is none. */
  get(name: string): ReleaseValue | undefined;
  /** Whether a key is there in a form that systemd does not see, which is a finding of its own. */
  disguised(name: string): boolean;
  /** Where findings about the file as a whole are shown: its first assignment, else its first line. */
  readonly head: Span;
}

export interface ReleaseValue extends Assignment {
  /** The value without a comment that was meant to end the line; to systemd it is a part of the value. */
  readonly meant: string;
  /** Where that is written, so that it can be replaced as a whole. */
  readonly meantSpan: Span;
  /** That comment, from its `#` on. */
  readonly inlineComment?: Span;
}

const byteOrderMark = "\ufeff";

export function parseReleaseFile(text: string): ReleaseFile {
  const file = parseAssignments(text);
  const assignments = assignmentsOf(file).map((assignment) => readMeaning(text, assignment));
  const last = new Map(assignments.map((assignment) => [assignment.name, assignment]));
  return {
    ...file,
    assignments,
    get(name) {
      const found = last.get(name);
      return found === undefined || found.text === "" ? undefined : found;
    },
    disguised(name) {
      return assignments.some(
        ({ name: written, openQuote, text: value }) =>
          (written !== name && withoutDisguise(written) === name) || (openQuote !== undefined && swallows(value, name)),
      );
    },
    head: headOf(file, assignments),
  };
}

/** The key that was meant where a byte order mark or `export` became part of it. */
function withoutDisguise(written: string): string {
  return written.startsWith(byteOrderMark) ? written.slice(1) : written.replace(/^export\s+/, "");
}

/** Whether a line of a value that goes on to the end of the file would set a key. */
function swallows(value: string, name: string): boolean {
  const lines = value.split(/[\r\n]/).slice(1);
  return lines.some((line) => {
    const trimmed = line.trimStart();
    return trimmed.startsWith(name) && trimmed.slice(name.length).trimStart().startsWith("=");
  });
}

function readMeaning(text: string, assignment: Assignment): ReleaseValue {
  const { value, text: taken, spanOf } = assignment;
  const hash = findComment(text, assignment);
  const comment = hash === undefined ? undefined : { start: spanOf(hash, hash + 1).start, end: value.end };
  const meant = hash === undefined ? taken : taken.slice(0, hash).trimEnd();
  return {
    ...assignment,
    meant,
    meantSpan: findMeantSpan(text, assignment, meant, comment?.start ?? value.end),
    ...(comment === undefined ? {} : { inlineComment: comment }),
  };
}

/** Where the value is written without its quotes, or with them when they are in the midst of it. */
function findMeantSpan(text: string, { value, spanOf }: Assignment, meant: string, end: number): Span {
  const inner = meant === "" ? value : spanOf(0, meant.length);
  if (text.slice(inner.start, inner.end) === meant) return inner;
  return { start: value.start, end: value.start + text.slice(value.start, end).trimEnd().length };
}

/** Position in the value of what was meant to be a comment: a `#` or, where no text is expected, a `;` behind a blank. */
function findComment(text: string, { name, value, text: taken }: Assignment): number | undefined {
  if (!taken.includes("#") && !taken.includes(";")) return undefined;
  const raw = text.slice(value.start, value.end);
  if (/^["']/.test(raw)) {
    const quoted = /^(?:"(?:[^"\\]|\\[\s\S])*"|'[^']*')[ \t]+(?=[#;])/.exec(raw)?.[0];
    const comment = quoted === undefined ? "" : raw.slice(quoted.length);
    // systemd drops the blanks and appends the comment to what was quoted.
    return comment !== "" && taken.endsWith(comment) ? taken.length - comment.length : undefined;
  }
  const field = findReleaseField(name);
  const signs = field === undefined || field.valueClass === "text" ? "#" : "#;";
  for (let at = 1; at < taken.length; at++) {
    if (signs.includes(taken.charAt(at)) && /[ \t]/.test(taken.charAt(at - 1))) return at;
  }
  return undefined;
}

function headOf({ text }: AssignmentFile, [first]: readonly Assignment[]): Span {
  if (first !== undefined) return { start: first.key.start, end: Math.max(first.value.end, first.equals + 1) };
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  return { start: 0, end: line.length };
}
