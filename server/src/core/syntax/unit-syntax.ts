// Parses unit files and drop-ins: sections of KEY=VALUE lines as systemd reads them. Total, lossless, linear.
//
// Rules as in systemd's config parser: lines end at LF, CR LF, CR or NUL; a first non-blank # or ; makes a comment,
// also between the parts of a continued line; an odd number of backslashes at the very end of a line continues it, the
// last of them becomes one blank and the next line follows as it is; then the joined line is stripped.
import type { Span } from "../text/span.ts";

export interface UnitSyntax {
  readonly text: string;
  /** One behind the other they cover the whole text. */
  readonly nodes: readonly UnitNode[];
}

export type UnitNode = Filler | Header | Assignment;

/** What says nothing to systemd: empty lines, comments, and lines that are neither header nor assignment. */
export interface Filler {
  readonly kind: "blank" | "comment" | "noise";
  /** With the line's end. */
  readonly span: Span;
}

export interface Header {
  readonly kind: "header";
  readonly span: Span;
  /** What stands between the brackets; blanks there count. */
  readonly name: string;
  /** Between the brackets. */
  readonly nameSpan: Span;
  /** False for what begins with `[` and does not end in `]`, or has control characters: systemd refuses the file. */
  readonly valid: boolean;
}

export interface Assignment {
  readonly kind: "assignment";
  /** From the first line's beginning to behind the end of the last. */
  readonly span: Span;
  /** Without the blanks around it; empty where nothing is before the `=`. */
  readonly key: Span;
  readonly name: string;
  /** Position of the `=`. */
  readonly equals: number;
  readonly value: Value;
}

/** A value as systemd joins it, and where its parts are written. */
export interface Value {
  /** The joined line behind the `=`, without the blanks around it. */
  readonly text: string;
  /** Where it is written, from its first unit to behind its last; empty at the place where a value would stand. */
  readonly span: Span;
  /** Of a value that spans lines, its parts in order; of any other undefined. */
  readonly runs?: readonly Run[];
}

/** Units of a value that stand in a row in the file. */
export interface Run {
  /** Position in the file. */
  readonly offset: number;
  /** Position in the joined text. */
  readonly at: number;
  readonly length: number;
}

/** The place in the file of the units `from` to `to` of a value. */
export function spanInValue({ text, span, runs }: Value, from: number, to: number): Span {
  if (runs === undefined) return { start: span.start + from, end: span.start + Math.max(from, to) };
  const start = offsetInRuns(runs, from, text.length);
  return { start, end: to <= from ? start : Math.max(start, offsetInRuns(runs, to - 1, text.length) + 1) };
}

function offsetInRuns(runs: readonly Run[], position: number, length: number): number {
  let low = 0;
  let high = runs.length - 1;
  const wanted = Math.min(position, length);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.at ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  const run = runs[low];
  return run === undefined ? 0 : run.offset + wanted - run.at;
}

/** The position in a value's joined text of a place in the file; undefined outside of the value's own text. */
export function positionInValue({ text, span, runs }: Value, offset: number): number | undefined {
  if (offset < span.start || offset > span.end) return undefined;
  if (runs === undefined) return offset - span.start;
  for (const run of runs) {
    if (offset < run.offset) return undefined; // in a comment between two parts
    if (offset <= run.offset + run.length) return Math.min(run.at + offset - run.offset, text.length);
  }
  return undefined;
}

const byteOrderMark = 0xfeff;
const backslash = 0x5c;

/** Parses any text. */
export function parseUnitSyntax(text: string): UnitSyntax {
  return { text, nodes: Array.from(nodesFrom(text, 0)) };
}

/** The nodes of a text from a place on at which one begins. */
export function* nodesFrom(text: string, start: number): Generator<UnitNode> {
  const findLineEnd = lineEndFinder(text);
  for (let at = start; at < text.length; ) {
    const node = parseNode(text, at, findLineEnd);
    yield node;
    at = node.span.end;
  }
}

type FindLineEnd = (from: number) => number;

/** Finds the ends of lines; most texts know one kind of them, for which there is a fast way. */
function lineEndFinder(text: string): FindLineEnd {
  if (text.includes("\r") || text.includes("\0")) {
    return (from) => {
      let at = from;
      while (at < text.length && !isLineEnd(text.charCodeAt(at))) at += 1;
      return at;
    };
  }
  return (from) => {
    const found = text.indexOf("\n", from);
    return found < 0 ? text.length : found;
  };
}

function parseNode(text: string, start: number, findLineEnd: FindLineEnd): UnitNode {
  const first = skipBlanks(text, start, text.length);
  const lineEnd = findLineEnd(first);
  const unit = text.charCodeAt(first);
  if (unit === 0x23 || unit === 0x3b) return { kind: "comment", span: { start, end: behindNewline(text, lineEnd) } };
  if (!isContinued(text, first, lineEnd)) return parseLogicalLine(text, start, behindNewline(text, lineEnd), lineEnd);
  return parseContinued(text, start, lineEnd, findLineEnd);
}

/** A line that goes on: its parts without the backslashes, each of which stands for one blank. */
function parseContinued(text: string, start: number, firstEnd: number, findLineEnd: FindLineEnd): UnitNode {
  const runs: Run[] = [];
  const parts: string[] = [];
  let at = 0;
  let lineStart = start;
  let lineEnd = firstEnd;
  let end = text.length;
  for (;;) {
    const continued = isContinued(text, lineStart, lineEnd);
    // The backslash takes the place of the blank that it becomes.
    const part = continued ? `${text.slice(lineStart, lineEnd - 1)} ` : text.slice(lineStart, lineEnd);
    if (part !== "") runs.push({ offset: lineStart, at, length: part.length });
    parts.push(part);
    at += part.length;
    end = behindNewline(text, lineEnd);
    if (!continued) break;
    let next = end;
    while (next < text.length && isComment(text, next)) next = behindNewline(text, findLineEnd(next));
    if (next >= text.length) {
      end = text.length; // the file's end ends the line, and comments before it belong to nobody else
      break;
    }
    lineStart = next;
    lineEnd = findLineEnd(next);
  }
  return parseJoined({ start, end }, parts.join(""), runs);
}

/** A header or assignment on one line, the usual case, without copies. */
function parseLogicalLine(text: string, start: number, end: number, lineEnd: number): UnitNode {
  const span = { start, end };
  let first = skipBlanks(text, start, lineEnd);
  if (start === 0 && text.charCodeAt(0) === byteOrderMark) first = skipBlanks(text, 1, lineEnd);
  if (first === lineEnd) return { kind: "blank", span };
  if (text.charCodeAt(first) === 0x5b) {
    const last = skipBlanksBack(text, first, lineEnd);
    return header(span, text.slice(first, last), { start: first, end: last });
  }
  const equals = indexOfEquals(text, first, lineEnd);
  if (equals < 0) return { kind: "noise", span };
  const keyEnd = skipBlanksBack(text, first, equals);
  const valueStart = skipBlanks(text, equals + 1, lineEnd);
  const valueEnd = skipBlanksBack(text, valueStart, lineEnd);
  return {
    kind: "assignment",
    span,
    key: { start: first, end: keyEnd },
    name: text.slice(first, keyEnd),
    equals,
    value: { text: text.slice(valueStart, valueEnd), span: { start: valueStart, end: valueEnd } },
  };
}

function parseJoined(span: Span, joined: string, runs: readonly Run[]): UnitNode {
  const bom = span.start === 0 && joined.charCodeAt(0) === byteOrderMark ? 1 : 0;
  const first = skipBlanks(joined, bom, joined.length);
  const last = skipBlanksBack(joined, first, joined.length);
  const place = (position: number) => offsetInRuns(runs, position, joined.length);
  if (first === last) return { kind: "blank", span };
  if (joined.charCodeAt(first) === 0x5b) {
    return header(span, joined.slice(first, last), { start: place(first), end: place(last - 1) + 1 });
  }
  const equals = indexOfEquals(joined, first, last);
  if (equals < 0) return { kind: "noise", span };
  const keyEnd = skipBlanksBack(joined, first, equals);
  const valueStart = skipBlanks(joined, equals + 1, last);
  const value = { start: place(valueStart), end: valueStart === last ? place(valueStart) : place(last - 1) + 1 };
  return {
    kind: "assignment",
    span,
    key: { start: place(first), end: keyEnd === first ? place(first) : place(keyEnd - 1) + 1 },
    name: joined.slice(first, keyEnd),
    equals: place(equals),
    value: { text: joined.slice(valueStart, last), span: value, runs: cutRuns(runs, valueStart, last) },
  };
}

/** The runs of the units `from` to `to`, counted from the first of these on. */
function cutRuns(runs: readonly Run[], from: number, to: number): Run[] {
  const cut: Run[] = [];
  for (const run of runs) {
    const start = Math.max(run.at, from);
    const end = Math.min(run.at + run.length, to);
    if (start < end) cut.push({ offset: run.offset + start - run.at, at: start - from, length: end - start });
  }
  return cut;
}

function header(span: Span, line: string, place: Span): Header {
  const closed = line.endsWith("]") && line.length > 1;
  const name = closed ? line.slice(1, -1) : line.slice(1);
  return {
    kind: "header",
    span,
    name,
    nameSpan: { start: place.start + 1, end: Math.max(place.start + 1, closed ? place.end - 1 : place.end) },
    valid: closed && !hasControls(name),
  };
}

function hasControls(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
}

/** Whether the line ends in a backslash that no other backslash takes for itself. */
function isContinued(text: string, start: number, lineEnd: number): boolean {
  if (lineEnd <= start || text.charCodeAt(lineEnd - 1) !== backslash) return false;
  let at = lineEnd - 1;
  while (at > start && text.charCodeAt(at - 1) === backslash) at -= 1;
  return (lineEnd - at) % 2 === 1;
}

function isComment(text: string, lineStart: number): boolean {
  const unit = text.charCodeAt(skipBlanks(text, lineStart, text.length));
  return unit === 0x23 || unit === 0x3b;
}

function indexOfEquals(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 0x3d) return at;
  return -1;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

function skipBlanksBack(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isLineEnd(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0;
}

function behindNewline(text: string, at: number): number {
  if (at >= text.length) return text.length;
  return text.charCodeAt(at) === 0x0d && text.charCodeAt(at + 1) === 0x0a ? at + 2 : at + 1;
}
