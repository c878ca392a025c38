// Where in a unit file a caret is: in a header, at a setting's name, in a value, or where nothing can be said.
import type { Entry, UnitFile, UnitSection } from "../../model/unit-file.ts";
import {
  type Assignment,
  type Filler,
  type Header,
  positionInValue,
  spanInValue,
  type UnitNode,
} from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { isOpenAtEnd, linesIn } from "./lines.ts";

export type Caret = HeaderCaret | KeyCaret | ValueCaret | { readonly kind: "nothing" };

export interface HeaderCaret {
  readonly kind: "header";
  readonly header: Header;
}

export interface KeyCaret {
  readonly kind: "key";
  /** Undefined before the first header. */
  readonly section?: UnitSection;
  /** The assignment whose name it is. */
  readonly entry?: Entry;
  /** The word around the caret, empty on a blank line. */
  readonly word: Span;
}

export interface ValueCaret {
  readonly kind: "value";
  readonly entry: Entry;
  /** The value with a blank more where the caret is beside it. */
  readonly text: string;
  /** Position of the caret in `text`. */
  readonly at: number;
  /** The place in the file of the units `from` to `to` of `text`. */
  spanOf(from: number, to: number): Span;
}

const nothing: Caret = { kind: "nothing" };

/** What is at an offset of the file. */
export function caretAt(file: UnitFile, offset: number): Caret {
  const { text, syntax } = file;
  const node = nodeAt(text, syntax.nodes, offset);
  if (node === undefined) return { kind: "key", ...sectionAt(file, offset), word: { start: offset, end: offset } };
  if (isBesideLogicalLine(text, node, offset)) return nothing;
  switch (node.kind) {
    case "comment":
      // In front of the sign one is still outside.
      return nothing;
    case "header":
      return isOnFirstLine(text, node, offset) ? { kind: "header", header: node } : nothing;
    case "blank":
    case "noise":
      return keyInFiller(file, node, offset);
    case "assignment":
      return inAssignment(file, node, offset);
  }
}

function nodeAt(text: string, nodes: readonly UnitNode[], offset: number): UnitNode | undefined {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.span.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  const node = nodes[low];
  if (node === undefined || offset < node.span.end) return node;
  return isOpenAtEnd(text, node.span) ? node : undefined;
}

/** Whether an offset is in a comment between the parts of a continued line, or behind the backslash that continues it. */
function isBesideLogicalLine(text: string, { span }: UnitNode, offset: number): boolean {
  for (const line of linesIn(text, span)) {
    if (offset < line.start || offset > line.contentEnd) continue;
    if (line.continued && offset === line.contentEnd) return true;
    return line.comment && line.start > span.start;
  }
  return false;
}

function isOnFirstLine(text: string, { span }: UnitNode, offset: number): boolean {
  const [first] = linesIn(text, span);
  return first === undefined || offset <= first.contentEnd;
}

/** The section that a line at an offset belongs to. */
function sectionAt({ sections }: UnitFile, offset: number): { section?: UnitSection } {
  const section = sections.findLast(({ header }) => header !== undefined && header.span.end <= offset);
  return section === undefined ? {} : { section };
}

function keyInFiller(file: UnitFile, node: Filler, offset: number): Caret {
  const { text } = file;
  if (!isOnFirstLine(text, node, offset)) return nothing;
  const word = wordAround(text, offset, node.span.start);
  // Only the first word of a line can become the name of a setting.
  if (text.slice(node.span.start, word.start).replace("\ufeff", "").trim() !== "") return nothing;
  return { kind: "key", ...sectionAt(file, node.span.start), word };
}

/** The stretch without blanks around an offset. */
function wordAround(text: string, offset: number, least: number): Span {
  const isPart = (at: number) => at < text.length && !/[\s\0\ufeff\\]/.test(text.charAt(at));
  let start = offset;
  while (start > least && isPart(start - 1)) start -= 1;
  let end = offset;
  while (isPart(end)) end += 1;
  return { start, end };
}

function inAssignment(file: UnitFile, node: Assignment, offset: number): Caret {
  const entry = file.entries.find((candidate) => candidate.node === node);
  if (entry === undefined) return nothing;
  if (offset > node.equals) return inValue(entry, offset);
  const word = { start: Math.min(node.key.start, offset), end: Math.max(node.key.end, offset) };
  if (/[\r\n\0]/.test(file.text.slice(word.start, node.equals))) return nothing;
  return { kind: "key", section: entry.section, entry, word };
}

function inValue(entry: Entry, offset: number): ValueCaret {
  const { value } = entry.node;
  const within = positionInValue(value, offset);
  const base = { kind: "value", entry } as const;
  if (within !== undefined) {
    return { ...base, text: value.text, at: within, spanOf: (from, to) => spanInValue(value, from, to) };
  }
  if (offset < value.span.start) {
    // A blank in front of the value, at which the caret is.
    const spanOf = (from: number, to: number) => ({
      start: from <= 0 ? offset : spanInValue(value, from - 1, from - 1).start,
      end: to <= 0 ? offset : spanInValue(value, Math.max(0, from - 1), to - 1).end,
    });
    return { ...base, text: ` ${value.text}`, at: 0, spanOf };
  }
  // Blanks behind the value do not count, but the next word begins there.
  const { length } = value.text;
  const spanOf = (from: number, to: number) => ({
    start: from > length ? offset : spanInValue(value, from, from).start,
    end: to > length ? offset : spanInValue(value, from, to).end,
  });
  return { ...base, text: `${value.text} `, at: length + 1, spanOf };
}
