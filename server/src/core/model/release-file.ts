// A release file as systemd sees it: the value of each key, and where it is written.
import { type Assignment, type AssignmentFile, assignmentsOf, parseAssignments } from "../syntax/assignments.ts";
import type { Span } from "../text/span.ts";

export interface ReleaseFile extends AssignmentFile {
  readonly assignments: readonly Assignment[];
  /** The assignment of a key that counts: the last one; undefined when its value is empty or there is none. */
  get(name: string): Assignment | undefined;
  /** Where findings about the file as a whole are shown: its first line that says something. */
  readonly head: Span;
}

export function parseReleaseFile(text: string): ReleaseFile {
  const file = parseAssignments(text);
  const assignments = assignmentsOf(file);
  const last = new Map(assignments.map((assignment) => [assignment.name, assignment]));
  return {
    ...file,
    assignments,
    get(name) {
      const found = last.get(name);
      return found === undefined || found.text === "" ? undefined : found;
    },
    head: headOf(file, assignments),
  };
}

function headOf({ text, nodes }: AssignmentFile, [first]: readonly Assignment[]): Span {
  if (first !== undefined) return { start: first.key.start, end: Math.max(first.value.end, first.equals + 1) };
  const start = nodes[0]?.span.start ?? 0;
  const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? "";
  return { start, end: start + line.length };
}
