// Match patterns: which files of a source or a target are versions, and where their names say which.

import type { FaultFacts } from "../model/value-reading.ts";
import { type Choice, type Grammar, type Offer, pieceWord, type Reader, type Word } from "./grammar.ts";
import { firstAnyFolder, type Pattern, type PatternFault, type PatternPart, parsePattern } from "./parse-pattern.ts";
import { findWildcard, type Wildcard, wildcards } from "./wildcards.ts";
import { offerInList, placeIn, type Splitting, splitWords } from "./words.ts";

/** Quotes are characters like others, and a backslash takes away what a blank means. */
const splitting: Splitting = { quotes: false, backslash: "escapes" };

type Side = "source" | "target";

/** The grammar of `MatchPattern=` in `[Source]` or `[Target]`. */
export function matchPatterns(side: Side): Grammar {
  const pattern: Grammar = {
    syntax: "a pattern",
    read: (word, reader) => readPattern(word, reader, side),
    offer: (word, at) => offerWildcards(word, at, side),
  };
  return {
    syntax:
      side === "source"
        ? "patterns such as `demo-@v.raw`, separated by spaces"
        : "patterns such as `demo-@v.raw`, separated by spaces; the first names new versions",
    read(value, reader) {
      for (const word of splitWords(value.text, splitting)) pattern.read(placeIn(value, word), reader);
    },
    offer: (value, at, reader) => offerInList(value, at, reader, pattern, splitting),
  };
}

/** A word with more is none that somebody wrote for a pattern. */
const maxFaults = 20;

function readPattern(word: Word, reader: Reader, side: Side): void {
  const pattern = parsePattern(word.text, { specifiers: true });
  pieceWord(reader, word, "string");
  for (const part of pattern.parts) readPart(word, reader, part);
  reportFolders(word, reader, pattern, side);
  // systemd stops at the first that it does not know; what is left out comes last.
  const isBroken = pattern.faults.some(({ kind }) => kind !== "no-version" && kind !== "folder-name");
  for (const fault of pattern.faults.slice(0, maxFaults)) {
    if (fault.kind === "no-version" && isBroken) continue;
    reader.fault(word, fault.start, fault.end, faultOf(fault, word.text));
  }
}

function readPart(word: Word, reader: Reader, part: PatternPart): void {
  const { start, end } = part;
  switch (part.kind) {
    case "wildcard":
      reader.piece(word, start, end, "variable", () => describeWildcard(part.wildcard));
      break;
    case "slash":
      reader.piece(word, start, end, "operator", "a subdirectory");
      break;
    case "any-folder":
      reader.piece(word, start, end, "operator", "`**/`: in any subdirectory, at any depth");
      break;
    case "literal":
      for (const { index } of word.text.slice(start, end).matchAll(/@@/g)) {
        reader.piece(word, start + index, start + index + 2, "escape", "`@@`: an at sign");
      }
      break;
    case "specifier":
      break; // systemd replaces it in every value
  }
}

/** What a wildcard stands for, where it is used, and what gives its value where the name of the source does not. */
function describeWildcard({ letter, name, form, targets, setting }: Wildcard): string {
  const used = targets === undefined ? "" : `; only for targets with \`Type=${targets.join("` or `Type=")}\``;
  const given = setting === undefined ? "" : `\n\n\`${setting}=\` takes precedence over the value in a name.`;
  return `\`@${letter}\`: ${name}${used}\n\nThe value is ${form}.${given}`;
}

function reportFolders(word: Word, reader: Reader, { parts }: Pattern, side: Side): void {
  const [first] = parts;
  if (first?.kind !== "any-folder") return;
  if (side === "target") {
    reader.fault(word, first.start, first.end, {
      check: "transfer/pattern-syntax",
      message: '"**/" is only valid for a source; remove it here, because versions are stored in one directory',
      replacements: [""],
    });
  } else if (reader.systemd < firstAnyFolder) {
    reader.fault(word, first.start, first.end, {
      check: "transfer/too-new",
      message: `"**/" requires systemd ${firstAnyFolder} or later, but the extension also targets systemd ${reader.systemd}, which refuses the pattern; raise the target version, or name the directory`,
    });
  }
}

function faultOf(fault: PatternFault, pattern: string): FaultFacts {
  const { text } = fault;
  const check = "transfer/pattern-syntax";
  switch (fault.kind) {
    case "empty":
      return { check, message: "the pattern is empty; add the file name pattern of the versions" };
    case "unknown-wildcard":
      return unknownWildcard(text);
    case "repeated-wildcard":
      return {
        check,
        message: `"${text}" is repeated; a pattern can contain each wildcard only once`,
      };
    case "adjacent-wildcards":
      return {
        check,
        message: `the wildcards in "${text}" need a separator between them; add a character such as "-"`,
      };
    case "lone-at":
      return {
        check,
        message: 'the "@" at the end is incomplete; use "@@" for an at sign, or a wildcard such as "@v"',
        replacements: ["@@"],
      };
    case "character":
      return wrongCharacter(text, pattern);
    case "any-folder":
      return {
        check,
        message: '"**/" must be followed by a file name without directories; remove the "/"',
      };
    case "no-version":
      return withoutVersion(text);
    case "folder-name":
      return {
        check,
        severity: "warning",
        message: `no name matches "${text}" here, because names are relative to the path and do not end in a slash; remove it`,
        ...(text === "/" ? { replacements: [""] } : {}),
      };
  }
}

function unknownWildcard(text: string): FaultFacts {
  const check = "transfer/pattern-syntax";
  const lower = text.toLowerCase();
  if (lower !== text && findWildcard(lower.slice(1)) !== undefined) {
    return { check, message: `unknown wildcard "${text}"; did you mean "${lower}"?`, replacements: [lower] };
  }
  const known = wildcards.map(({ letter }) => `@${letter}`).join(" ");
  return {
    check,
    message: `unknown wildcard "${text}"; known are ${known}; use "@@" for an at sign`,
    replacements: [`@${text}`],
  };
}

function wrongCharacter(text: string, pattern: string): FaultFacts {
  const check = "transfer/pattern-syntax";
  if ((text.codePointAt(0) ?? 0) >= 0x80) {
    return {
      check,
      severity: "warning",
      message: `whether a pattern can contain "${text}" depends on the host; use ASCII characters only`,
    };
  }
  if (text < " " || text === "\x7f") {
    return { check, message: "a pattern cannot contain control characters; remove the escape sequence" };
  }
  const isGlob = text === "*" && pattern.split("*").length === 2 && !/@v/.test(pattern);
  return {
    check,
    message: isGlob
      ? 'a pattern cannot contain "*"; use "@v" in place of the version'
      : `a pattern cannot contain "${text}", which systemd reserves; use a wildcard such as "@v" for the part that differs`,
    ...(isGlob ? { replacements: ["@v"] } : {}),
  };
}

function withoutVersion(text: string): FaultFacts {
  // A version that is written out, or the specifier for the kernel's.
  const written = [...text.matchAll(/%v|(?<![0-9])v?[0-9]+(?:\.[0-9]+)+/g)];
  const [only] = written;
  const prefix = only?.[0].startsWith("v") ? "v" : "";
  const meant =
    only === undefined || written.length > 1
      ? undefined
      : `${text.slice(0, only.index)}${prefix}@v${text.slice(only.index + only[0].length)}`;
  return {
    check: "transfer/pattern-no-version",
    message: `"${text}" has no "@v", so systemd cannot tell the version of a file${meant === undefined ? '; use "@v" in place of the version' : `; did you mean "${meant}"?`}`,
    ...(meant === undefined ? {} : { replacements: [meant] }),
  };
}

/** Wildcards behind an `@`; where a pattern begins the one that every pattern has. */
function offerWildcards({ text }: Word, at: number, side: Side): Offer | undefined {
  const signs = /@+$/.exec(text.slice(0, at))?.[0].length ?? 0;
  if (signs % 2 === 0) {
    if (text !== "") return undefined;
    const version: Choice = { text: "@v", detail: wildcards[0]?.name ?? "" };
    const anyFolder: Choice = { text: "**/", detail: "in any subdirectory", since: firstAnyFolder };
    return { from: 0, to: 0, choices: side === "source" ? [version, anyFolder] : [version] };
  }
  const used = new Set(
    parsePattern(text, { specifiers: true }).parts.flatMap((part) =>
      part.kind === "wildcard" && part.start !== at - 1 ? [part.wildcard.letter] : [],
    ),
  );
  const choices = wildcards
    .filter(({ letter }) => !used.has(letter))
    .map(({ letter, name, targets }): Choice => {
      const only = targets === undefined ? "" : ` (${targets.join(", ")})`;
      return { text: `@${letter}`, detail: `${name}${only}` };
    });
  return { from: at - 1, to: at, choices: [...choices, { text: "@@", detail: "an at sign" }] };
}
