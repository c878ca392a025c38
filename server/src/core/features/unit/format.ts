// Formats unit files: blanks and blank lines only, and only where they mean nothing.
//
// Left alone are lines that go on and those that they go on in, comments, lines that are neither header nor assignment,
// blanks behind a backslash, and all that is beside a NUL or a CR by itself.
import type { UnitFile } from "../../model/unit-file.ts";
import type { Assignment, UnitNode } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { type Line, linesIn } from "./lines.ts";

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** What to change in a file, in the order of the text; what systemd reads of it stays the same. */
export function formatUnit({ text, syntax: { nodes } }: UnitFile): Edit[] {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const dropped = new Set<UnitNode>();
  const edits = [...formatGaps(text, nodes, newline, dropped), ...formatEnd(text, nodes, newline, dropped)];
  for (const node of nodes) {
    if (dropped.has(node)) edits.push({ span: node.span, text: "" });
    else if (isPlain(text, node)) edits.push(...formatLine(text, node));
  }
  return edits.filter(({ span, text: wanted }) => text.slice(span.start, span.end) !== wanted).sort(inOrder);
}

/** The changes of a file that lie within a stretch of it. */
export function formatUnitRange(file: UnitFile, range: Span): Edit[] {
  return formatUnit(file).filter(({ span }) => span.start >= range.start && span.end <= range.end);
}

function inOrder({ span: a }: Edit, { span: b }: Edit): number {
  return a.start - b.start || a.end - b.end;
}

/** Whether a node is one line that ends there, with a usual end before and behind it. */
function isPlain(text: string, { span: { start, end } }: UnitNode): boolean {
  if (start > 0 && text.charAt(start - 1) !== "\n") return false;
  if (start === 0 && text.startsWith("\ufeff")) return false;
  const [line, ...more] = firstLines(text, { start, end });
  if (line === undefined || line.continued || more.length > 0) return false;
  return line.contentEnd === line.end || text.charAt(line.end - 1) === "\n";
}

/** The first two lines of a stretch. */
function firstLines(text: string, span: Span): Line[] {
  const lines: Line[] = [];
  for (const line of linesIn(text, span)) {
    lines.push(line);
    if (lines.length === 2) break;
  }
  return lines;
}

function formatLine(text: string, node: UnitNode): Edit[] {
  switch (node.kind) {
    case "comment":
    case "noise":
      return [];
    case "blank":
      return [{ span: { start: node.span.start, end: blankEnd(text, node.span.start) }, text: "" }];
    case "header":
      return [
        { span: { start: node.span.start, end: node.nameSpan.start - 1 }, text: "" },
        ...formatTail(text, blankEnd(text, node.nameSpan.end, "]")),
      ];
    case "assignment":
      return formatAssignment(text, node);
  }
}

/** Behind the blanks, and the one sign that may stand before them. */
function blankEnd(text: string, from: number, sign?: string): number {
  let at = from;
  if (sign !== undefined && text.charAt(at) === sign) return at + 1;
  while (text.charAt(at) === " " || text.charAt(at) === "\t") at += 1;
  return at;
}

/** Blanks at the end of a line; a backslash that they come behind would go on without them. */
function formatTail(text: string, start: number): Edit[] {
  if (text.charAt(start - 1) === "\\") return [];
  return [{ span: { start, end: blankEnd(text, start) }, text: "" }];
}

function formatAssignment(text: string, { span, key, name, equals, value }: Assignment): Edit[] {
  // What does not look like a setting may be part of another tool's language.
  if (!/^[A-Za-z0-9_-]+$/.test(name)) return [];
  return [
    { span: { start: span.start, end: key.start }, text: "" },
    { span: { start: key.end, end: equals }, text: "" },
    { span: { start: equals + 1, end: value.span.start }, text: "" },
    ...(value.text === "" ? [] : formatTail(text, value.span.end)),
  ];
}

/** One blank line before each section, above the comments that belong to its header. */
function formatGaps(text: string, nodes: readonly UnitNode[], newline: string, dropped: Set<UnitNode>): Edit[] {
  const edits: Edit[] = [];
  for (const [index, node] of nodes.entries()) {
    if (node.kind !== "header") continue;
    let first = index;
    while (nodes[first - 1]?.kind === "comment") first -= 1;
    let blank = first;
    while (isPlainBlank(text, nodes[blank - 1])) blank -= 1;
    const before = nodes[blank - 1];
    const start = nodes[first]?.span.start ?? 0;
    if (before === undefined || text.charAt(before.span.end - 1) !== "\n") continue;
    if (blank === first && !endsInBlankLine(text, before)) edits.push({ span: { start, end: start }, text: newline });
    for (const surplus of nodes.slice(blank + 1, first)) dropped.add(surplus);
  }
  return edits;
}

function isPlainBlank(text: string, node: UnitNode | undefined): boolean {
  return node?.kind === "blank" && isPlain(text, node);
}

/** Whether a continued line is ended by an empty one. */
function endsInBlankLine(text: string, { span }: UnitNode): boolean {
  let last: Line | undefined;
  for (const line of linesIn(text, span)) last = line;
  return last !== undefined && blankEnd(text, last.start) === last.contentEnd;
}

/** One end of a line at the end of the file. */
function formatEnd(text: string, nodes: readonly UnitNode[], newline: string, dropped: Set<UnitNode>): Edit[] {
  let blank = nodes.length;
  while (isPlainBlank(text, nodes[blank - 1])) blank -= 1;
  const last = nodes[blank - 1];
  if (last === undefined) return [];
  if (text.charAt(last.span.end - 1) === "\n") {
    for (const surplus of nodes.slice(blank)) dropped.add(surplus);
    return [];
  }
  const end = text.length;
  return last.span.end < end || /[\r\0\\]/.test(text.charAt(end - 1))
    ? []
    : [{ span: { start: end, end }, text: newline }];
}
