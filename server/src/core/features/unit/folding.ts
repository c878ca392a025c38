// What can be folded in a unit file: sections, blocks of comments, and values over several lines.
import type { UnitFile } from "../../model/unit-file.ts";

export interface Fold {
  /** From the beginning of the first line into the last one. */
  readonly start: number;
  readonly end: number;
  readonly kind: "section" | "comment" | "value";
}

/** The stretches that go over more than one line, in the order of the text. */
export function foldsOfUnit({ text, syntax: { nodes } }: UnitFile): Fold[] {
  const folds: Fold[] = [];
  const close = (fold: Fold | undefined) => {
    if (fold !== undefined && isOverLines(text, fold.start, fold.end)) folds.push(fold);
  };
  let section: Fold | undefined;
  let comments: Fold | undefined;
  for (const { kind, span } of nodes) {
    const end = contentEnd(text, span.start, span.end);
    if (kind === "comment") {
      comments = { start: comments?.start ?? span.start, end, kind: "comment" };
      continue;
    }
    close(comments);
    comments = undefined;
    if (kind === "header") {
      close(section);
      section = { start: span.start, end, kind: "section" };
    } else if (kind !== "blank") {
      // Comments and blank lines right before the next header are none of this section's.
      if (section !== undefined) section = { ...section, end };
      if (kind === "assignment") close({ start: span.start, end, kind: "value" });
    }
  }
  close(comments);
  close(section);
  return folds.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The end of a node without the end of its last line, and without empty lines before that. */
function contentEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /[\s\0]/.test(text.charAt(at - 1))) at -= 1;
  return at;
}

function isOverLines(text: string, start: number, end: number): boolean {
  const newline = /[\r\n]/g;
  newline.lastIndex = start;
  const found = newline.exec(text);
  return found !== null && found.index < end;
}
