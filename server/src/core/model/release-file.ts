// A release file as systemd sees it, and as its author meant it: the value of each key, and where it is written.
import { type Assignment, type AssignmentFile, assignmentsOf, parseAssignments } from "../syntax/assignments.ts";
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
      const key = new RegExp(`(^|\\n)(${byteOrderMark}|\\s*export\\s+)${name}\\s*=`);
      const swallowed = new RegExp(`\\n\\s*${name}\\s*=`);
      return (
        key.test(text) ||
        assignments.some(({ openQuote, text: value }) => openQuote !== undefined && swallowed.test(value))
      );
    },
    head: headOf(file, assignments),
  };
}

function readMeaning(text: string, assignment: Assignment): ReleaseValue {
  const { value, text: taken, offsets } = assignment;
  const comment = /^["']/.test(text.slice(value.start, value.start + 1)) ? null : /\s+#/.exec(taken);
  const hash = comment === null ? -1 : comment.index + comment[0].length - 1;
  const end = comment?.index ?? taken.length;
  const first = offsets[0] ?? value.start;
  const behind = end === 0 ? first : (offsets[end - 1] ?? first) + 1;
  return {
    ...assignment,
    meant: taken.slice(0, end),
    meantSpan: { start: first, end: behind },
    ...(hash < 0 ? {} : { inlineComment: { start: offsets[hash] ?? value.start, end: value.end } }),
  };
}

function headOf({ text }: AssignmentFile, [first]: readonly Assignment[]): Span {
  if (first !== undefined) return { start: first.key.start, end: Math.max(first.value.end, first.equals + 1) };
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  return { start: 0, end: line.length };
}
