// Match patterns of transfers: takes one apart, and says where it is none (sysupdate.d(5), "Match Patterns").
import type { Span } from "../text/span.ts";
import { findWildcard, type Wildcard } from "./wildcards.ts";

/** A part of a pattern; positions are those of the pattern's text. */
export type PatternPart =
  | { readonly kind: "literal"; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: "slash"; readonly start: number; readonly end: number }
  | { readonly kind: "wildcard"; readonly start: number; readonly end: number; readonly wildcard: Wildcard }
  /** `%` and a letter that systemd replaces before it reads the pattern, so that its text is not known here. */
  | { readonly kind: "specifier"; readonly start: number; readonly end: number; readonly letter: string }
  /** A leading `**` and its slash, for files at any depth. */
  | { readonly kind: "any-folder"; readonly start: number; readonly end: number };

export type PatternFaultKind =
  | "empty"
  | "unknown-wildcard"
  | "repeated-wildcard"
  | "adjacent-wildcards"
  | "lone-at"
  | "character"
  | "any-folder"
  | "no-version"
  | "folder-name";

export interface PatternFault extends Span {
  readonly kind: PatternFaultKind;
  /** The faulty text as it is written. */
  readonly text: string;
}

export interface Pattern {
  readonly text: string;
  /** In the order of the text; they cover it, but for what is faulty. */
  readonly parts: readonly PatternPart[];
  /** In the order of the text; one ends the whole run of systemd-sysupdate, but for a `folder-name`, which nothing matches. */
  readonly faults: readonly PatternFault[];
}

export interface PatternOptions {
  /** Whether `%` begins a specifier, as in a file, or stands for itself, as once systemd has replaced them. */
  readonly specifiers: boolean;
}

/** The systemd that knows a leading `**` and slash. */
export const firstAnyFolder = 262;

/** Printable ASCII, blanks among them, but for what shells and systemd-sysupdate keep for themselves. */
const isLiteral = (unit: string) => /[\x20-\x7e]/.test(unit) && !/[$*?[\]!\\|]/.test(unit);

/** Takes a pattern apart that is one word of `MatchPattern=`, with escapes resolved. Never throws; linear. */
export function parsePattern(text: string, { specifiers }: PatternOptions): Pattern {
  const parts: PatternPart[] = [];
  const faults: PatternFault[] = [];
  const seen = new Set<string>();
  const fault = (kind: PatternFaultKind, start: number, end: number) =>
    void faults.push({ kind, start, end, text: text.slice(start, end) });
  let at = 0;
  let literal = "";
  let literalStart = 0;

  function endLiteral(): void {
    if (literal !== "") parts.push({ kind: "literal", start: literalStart, end: at, text: literal });
    literal = "";
  }
  function addLiteral(unit: string, length: number): void {
    if (literal === "") literalStart = at;
    literal += unit;
    at += length;
  }

  if (text.startsWith("**/")) {
    parts.push({ kind: "any-folder", start: 0, end: 3 });
    at = 3;
    if (text.includes("/", 3)) fault("any-folder", text.indexOf("/", 3), text.indexOf("/", 3) + 1);
  }
  while (at < text.length) {
    const unit = text.charAt(at);
    const next = text.charAt(at + 1);
    if (unit === "@" && next === "@") {
      addLiteral("@", 2);
    } else if (unit === "@") {
      endLiteral();
      readWildcard(next);
    } else if (unit === "/") {
      endLiteral();
      parts.push({ kind: "slash", start: at, end: at + 1 });
      at += 1;
    } else if (specifiers && unit === "%" && next === "%") {
      addLiteral("%", 2);
    } else if (specifiers && unit === "%" && /[A-Za-z0-9]/.test(next)) {
      endLiteral();
      parts.push({ kind: "specifier", start: at, end: at + 2, letter: next });
      at += 2;
    } else if (isLiteral(unit)) {
      addLiteral(unit, 1);
    } else {
      const width = text.codePointAt(at) === unit.charCodeAt(0) ? 1 : 2;
      fault("character", at, at + width);
      addLiteral(text.slice(at, at + width), width);
    }
  }
  endLiteral();

  function readWildcard(letter: string): void {
    const end = at + (letter === "" ? 1 : 2);
    const wildcard = findWildcard(letter);
    if (letter === "") fault("lone-at", at, end);
    else if (wildcard === undefined)
      fault("unknown-wildcard", at, at + 1 + String.fromCodePoint(text.codePointAt(at + 1) ?? 0).length);
    else {
      if (seen.has(letter)) fault("repeated-wildcard", at, end);
      if (parts.at(-1)?.kind === "wildcard" && parts.at(-1)?.end === at) {
        fault("adjacent-wildcards", parts.at(-1)?.start ?? at, end);
      }
      seen.add(letter);
      parts.push({ kind: "wildcard", start: at, end, wildcard });
    }
    at = end;
  }

  if (text === "") fault("empty", 0, 0);
  else if (!seen.has("v")) fault("no-version", 0, text.length);
  for (const [start, end] of emptyFolders(parts, text.length)) fault("folder-name", start, end);
  return { text, parts, faults: faults.sort((a, b) => a.start - b.start) };
}

/** Slashes beside which no name stands: at the beginning, at the end, or two in a row; and the names `.` and `..`. */
function emptyFolders(parts: readonly PatternPart[], length: number): [number, number][] {
  const found: [number, number][] = [];
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    const after = parts[index + 1];
    const begins = before === undefined || before.kind === "slash" || before.kind === "any-folder";
    if (part.kind === "slash") {
      if (begins || part.end === length) found.push([part.start, part.end]);
    } else if (part.kind === "literal" && begins && (after === undefined || after.kind === "slash")) {
      if (part.text === "." || part.text === "..") found.push([part.start, part.end]);
    }
  }
  return found;
}
