// Colours of a unit file that need to know what the text means, in the names that editors have for them.

import type { Entry, UnitFile } from "../../model/unit-file.ts";
import type { Piece, PieceKind } from "../../model/value-reading.ts";
import type { Value } from "../../syntax/unit-syntax.ts";
import { newestSystemd } from "../../tables/newest-systemd.ts";
import type { Span } from "../../text/span.ts";
import { readingOf } from "../../values/read-entry.ts";
import { isOutdated } from "./describe-setting.ts";
import { linesIn } from "./lines.ts";

/** Standard names only, so that every theme has colours for them. */
export const tokenTypes = [
  "class",
  "property",
  "comment",
  "keyword",
  "number",
  "string",
  "type",
  "operator",
  "variable",
  "macro",
  "regexp",
  "parameter",
] as const;

export const tokenModifiers = ["deprecated"] as const;

export type TokenType = (typeof tokenTypes)[number];

export interface Token extends Span {
  readonly type: TokenType;
  /** Whether authors should no longer use it. */
  readonly deprecated: boolean;
}

const typeOfPiece: Readonly<Record<PieceKind, TokenType>> = {
  keyword: "keyword",
  number: "number",
  string: "string",
  path: "string",
  unit: "type",
  operator: "operator",
  variable: "variable",
  specifier: "macro",
  escape: "regexp",
  property: "parameter",
  feature: "type",
};

/** The tokens of a file or of a stretch of it, in their order; none overlaps another or goes over the end of a line. */
export function tokensOfUnit(file: UnitFile, range: Span = { start: 0, end: file.text.length }): Token[] {
  const { text, syntax, entries } = file;
  const tokens: Token[] = [];
  let assignments = 0;
  for (const node of syntax.nodes) {
    const entry = node.kind === "assignment" ? entries[assignments++] : undefined;
    if (node.span.end <= range.start || node.span.start >= range.end) continue;
    const found = node.kind === "header" ? tokensOfName(text, node.nameSpan, "class") : [];
    for (const token of entry === undefined ? found : tokensOfEntry(text, entry)) tokens.push(token);
  }
  return tokens;
}

function tokensOfEntry(text: string, entry: Entry): Token[] {
  const { setting, node } = entry;
  const key = setting === undefined ? [] : tokensOfName(text, node.key, "property", isOutdated(setting));
  const pieces = flatten(readingOf(entry, newestSystemd)?.pieces ?? []).flatMap(({ start, end, kind }) =>
    stretchesOf(node.value, start, end).map((span) => ({ ...span, type: typeOfPiece[kind], deprecated: false })),
  );
  if (node.value.runs === undefined) return [...key, ...pieces];
  return [...key, ...pieces, ...commentsIn(text, node.span)].sort((a, b) => a.start - b.start);
}

/** A name that a backslash takes to the next line is left without a colour. */
function tokensOfName(text: string, span: Span, type: TokenType, deprecated = false): Token[] {
  const name = text.slice(span.start, span.end);
  return name === "" || /[\r\n\0]/.test(name) ? [] : [{ start: span.start, end: span.end, type, deprecated }];
}

/** Comments between the parts of a value; the editor does not know these for what they are. */
function commentsIn(text: string, span: Span): Token[] {
  return [...linesIn(text, span)]
    .filter(({ comment, start }) => comment && start > span.start)
    .map(({ start, contentEnd }) => ({ start, end: contentEnd, type: "comment", deprecated: false }));
}

/** The units `from` to `to` of a value, a stretch for each line, without the backslashes that continue lines. */
function stretchesOf({ span, runs }: Value, from: number, to: number): Span[] {
  if (runs === undefined) return from < to ? [{ start: span.start + from, end: span.start + to }] : [];
  return runs.flatMap(({ offset, at, length }, index) => {
    // The last unit of all runs but the last is the blank in place of the backslash.
    const end = Math.min(to, at + (index < runs.length - 1 ? length - 1 : length));
    const start = Math.max(from, at);
    return start < end ? [{ start: offset + start - at, end: offset + end - at }] : [];
  });
}

/** Pieces without overlaps: what lies in another piece is cut out of it. */
function flatten(pieces: readonly Piece[]): Piece[] {
  const flat: Piece[] = [];
  const open: Piece[] = [];
  let at = 0;
  const fill = (until: number) => {
    while (at < until) {
      const top = open.at(-1);
      if (top === undefined) return;
      const end = Math.min(top.end, until);
      if (end > at) {
        flat.push({ ...top, start: at, end });
        at = end;
      }
      if (top.end <= at) open.pop();
    }
  };
  for (const piece of pieces.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    fill(piece.start);
    at = Math.max(at, piece.start);
    open.push(piece);
  }
  fill(Number.POSITIVE_INFINITY);
  return flat;
}
