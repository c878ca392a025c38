// Parses the family of os-release files: lines of KEY=VALUE as systemd reads them. Total, lossless, linear.
//
// Rules as in systemd's own parser: a value is bare, or in '…' or "…" from its first character on; a backslash quotes the
// next character outside of '…'; a quoted value and one that ends in a backslash go on in the next line; # and ; begin a
// comment as the first character of a line only.
import type { Span } from "../text/span.ts";

export interface AssignmentFile {
  readonly text: string;
  /** One behind the other they cover the whole text. */
  readonly nodes: readonly AssignmentNode[];
}

export type AssignmentNode = Filler | Assignment;

/** What says nothing: empty lines, comments, and lines without `=`, which systemd passes over. */
export interface Filler {
  readonly kind: "blank" | "comment" | "noise";
  /** With the line's end. */
  readonly span: Span;
}

export interface Assignment {
  readonly kind: "assignment";
  /** From the line's beginning to behind the end of the value's last line. */
  readonly span: Span;
  /** Without the blanks around it; it may be empty. */
  readonly key: Span;
  readonly name: string;
  /** Position of the `=`. */
  readonly equals: number;
  /** As it is written, with quotes, without the blanks around it. */
  readonly value: Span;
  /** What systemd takes the value to be. */
  readonly text: string;
  /** Where the units `from` to `to` of `text` are written. */
  spanOf(from: number, to: number): Span;
  /** Position of a quote that is never closed, so that the value goes on to the end of the file. */
  readonly openQuote?: number;
}

/** Parses any text. */
export function parseAssignments(text: string): AssignmentFile {
  const nodes: AssignmentNode[] = [];
  for (let at = 0; at < text.length; ) {
    const node = parseNode(text, at);
    nodes.push(node);
    at = node.span.end;
  }
  return { text, nodes };
}

/** The assignments alone. */
export function assignmentsOf(file: AssignmentFile): Assignment[] {
  return file.nodes.filter((node) => node.kind === "assignment");
}

function parseNode(text: string, start: number): AssignmentNode {
  const first = skipBlanks(text, start);
  const lineEnd = findLineEnd(text, first);
  const span = { start, end: behindNewline(text, lineEnd) };
  if (first === lineEnd) return { kind: "blank", span };
  if (text[first] === "#" || text[first] === ";") return { kind: "comment", span };
  const equals = text.slice(first, lineEnd).indexOf("=");
  if (equals < 0) return { kind: "noise", span };
  return parseAssignment(text, start, first, first + equals);
}

function parseAssignment(text: string, start: number, keyStart: number, equals: number): Assignment {
  const keyEnd = Math.max(keyStart, skipBlanksBack(text, equals));
  const valueStart = skipBlanks(text, equals + 1);
  const value = readValue(text, valueStart);
  const valueEnd = Math.max(valueStart, value.end);
  return {
    kind: "assignment",
    span: { start, end: behindNewline(text, value.lineEnd) },
    key: { start: keyStart, end: keyEnd },
    name: text.slice(keyStart, keyEnd),
    equals,
    value: { start: valueStart, end: valueEnd },
    text: value.text,
    spanOf: (from, to) => spanInRuns(value.runs, from, to, valueEnd),
    ...(value.openQuote === undefined ? {} : { openQuote: value.openQuote }),
  };
}

/** Units of a value that stand in a row in the file. */
interface Run {
  readonly offset: number;
  length: number;
}

interface ReadValue {
  readonly text: string;
  readonly runs: readonly Run[];
  /** Behind the last character that is no blank. */
  readonly end: number;
  readonly lineEnd: number;
  readonly openQuote: number | undefined;
}

/** Inside "…" a backslash quotes these and nothing else. */
const quotedByBackslash = '"\\`$';

/** Quotes count at the value's beginning and behind another quoted part; within bare text they are text. */
type Place = "begin" | "bare" | '"' | "'";

function readValue(text: string, start: number): ReadValue {
  const runs: Run[] = [];
  let length = 0;
  let place: Place = "begin";
  let quoteStart = start;
  let kept = 0; // units that stay when the blanks at the end are dropped
  let end = start;
  let at = start;

  /** Makes the unit at `offset` the next one of the value. */
  function take(offset: number): void {
    const last = runs.at(-1);
    if (last !== undefined && last.offset + last.length === offset) last.length += 1;
    else runs.push({ offset, length: 1 });
    length += 1;
  }

  for (; at < text.length; at++) {
    const unit = text.charAt(at);
    const quoted = place === '"' || place === "'";
    if (!quoted && isNewline(unit)) break;
    if (place === "begin" && isBlank(unit)) continue;
    if (place === "begin" && (unit === '"' || unit === "'")) {
      place = unit;
      quoteStart = at;
    } else if (quoted && unit === place) {
      place = "begin";
    } else if (unit === "\\" && place !== "'") {
      const next = text.charAt(at + 1);
      const joins = next === "" || (place === '"' ? next === "\n" : isNewline(next)); // the file's end, too
      const escapes = place !== '"' || quotedByBackslash.includes(next);
      if (joins || escapes) at += 1;
      if (!joins) take(at);
      if (place === "begin") place = "bare";
    } else {
      take(at);
      if (place === "begin") place = "bare";
      if (place === "bare" && isBlank(unit)) continue;
    }
    kept = length;
    end = at + 1;
  }
  const open = place === '"' || place === "'";
  return {
    text: runs
      .map((run) => text.slice(run.offset, run.offset + run.length))
      .join("")
      .slice(0, kept),
    runs,
    end: Math.min(end, text.length),
    lineEnd: Math.min(at, text.length),
    openQuote: open ? quoteStart : undefined,
  };
}

/** The stretch of the file in which the units `from` to `to` of a value are written. */
function spanInRuns(runs: readonly Run[], from: number, to: number, fallback: number): Span {
  let before = 0;
  let start: number | undefined;
  for (const { offset, length } of runs) {
    if (start === undefined && from < before + length) start = offset + from - before;
    if (start !== undefined && to <= before + length) return { start, end: Math.max(start, offset + to - before) };
    before += length;
  }
  return { start: start ?? fallback, end: fallback };
}

function isBlank(unit: string): boolean {
  return unit === " " || unit === "\t";
}

function isNewline(unit: string): boolean {
  return unit === "\n" || unit === "\r";
}

function skipBlanks(text: string, at: number): number {
  while (isBlank(text.charAt(at))) at += 1;
  return at;
}

function skipBlanksBack(text: string, at: number): number {
  while (at > 0 && isBlank(text.charAt(at - 1))) at -= 1;
  return at;
}

function findLineEnd(text: string, at: number): number {
  while (at < text.length && !isNewline(text.charAt(at))) at += 1;
  return at;
}

/** Units of the line's end at `at`; 0 when there is none. */
function newlineLength(text: string, at: number): number {
  if (text.charAt(at) === "\r" && text.charAt(at + 1) === "\n") return 2;
  return isNewline(text.charAt(at)) ? 1 : 0;
}

function behindNewline(text: string, at: number): number {
  return at + newlineLength(text, at);
}
