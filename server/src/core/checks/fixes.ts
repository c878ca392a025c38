// The shapes of repairs that checks offer again and again.
import type { Assignment } from "../syntax/assignments.ts";
import type { Span } from "../text/span.ts";
import type { Fix } from "./finding.ts";

/** Replaces a stretch of the file. */
export function replaceWith(span: Span, text: string, title = `Change to "${text}"`): Fix {
  return { title, changes: [{ kind: "edit", span, text }] };
}

export function insertAt(offset: number, text: string, title: string): Fix {
  return { title, changes: [{ kind: "edit", span: { start: offset, end: offset }, text }] };
}

/** Removes an assignment with its whole line. */
export function removeLine({ span, name }: Pick<Assignment, "span" | "name">): Fix {
  return { title: `Remove "${name}"`, changes: [{ kind: "edit", span, text: "" }] };
}

export function renameFile(from: string, to: string): Fix {
  return {
    title: `Rename the file to "${to.slice(to.lastIndexOf("/") + 1)}"`,
    changes: [{ kind: "rename", from, to }],
  };
}
