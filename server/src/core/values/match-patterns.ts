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
        ? "patterns such as `demo-@v.raw`, separated by blanks"
        : "patterns such as `demo-@v.raw`, separated by blanks; the first names new versions",
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
      reader.piece(word, start, end, "operator", "what follows is in a folder below");
      break;
    case "any-folder":
      reader.piece(word, start, end, "operator", "`**/`: in any folder below, however deep");
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
  const given = setting === undefined ? "" : `\n\n\`${setting}=\` goes before what it takes from a name.`;
  return `\`@${letter}\`: ${name}${used}\n\nIt takes ${form}.${given}`;
}

function reportFolders(word: Word, reader: Reader, { parts }: Pattern, side: Side): void {
  const [first] = parts;
  if (first?.kind !== "any-folder") return;
  if (side === "target") {
    reader.fault(word, first.start, first.end, {
      check: "transfer/pattern-syntax",
      message: 'only a source is searched with "**/"; leave it out here, versions are stored in one folder',
      replacements: [""],
    });
  } else if (reader.systemd < firstAnyFolder) {
    reader.fault(word, first.start, first.end, {
      check: "transfer/too-new",
      message: `"**/" is known since systemd ${firstAnyFolder}, but the extension is for systemd ${reader.systemd} as well, which refuses the pattern; raise the target version, or name the folder`,
    });
  }
}

function faultOf(fault: PatternFault, pattern: string): FaultFacts {
  const { text } = fault;
  const check = "transfer/pattern-syntax";
  switch (fault.kind) {
    case "empty":
      return { check, message: "the pattern is empty; write what the files of the versions are called" };
    case "unknown-wildcard":
      return unknownWildcard(text);
    case "repeated-wildcard":
      return {
        check,
        message: `"${text}" stands in the pattern before, and a wildcard may do so once; leave one of them out`,
      };
    case "adjacent-wildcards":
      return {
        check,
        message: `nothing tells where the text of the one ends and that of the other begins in "${text}"; put a character such as "-" between them`,
      };
    case "lone-at":
      return {
        check,
        message: 'nothing follows the "@" at the end; write "@@" for an at sign, or a wildcard such as "@v"',
        replacements: ["@@"],
      };
    case "character":
      return wrongCharacter(text, pattern);
    case "any-folder":
      return {
        check,
        message: 'behind "**/" comes a name of a file, and no folder; leave the "/" out',
      };
    case "no-version":
      return withoutVersion(text);
    case "folder-name":
      return {
        check,
        severity: "warning",
        message: `no name matches the "${text}" here, since names begin below the path and end without a slash; leave it out`,
        ...(text === "/" ? { replacements: [""] } : {}),
      };
  }
}

function unknownWildcard(text: string): FaultFacts {
  const check = "transfer/pattern-syntax";
  const lower = text.toLowerCase();
  if (lower !== text && findWildcard(lower.slice(1)) !== undefined) {
    return { check, message: `there is no wildcard "${text}"; did you mean "${lower}"?`, replacements: [lower] };
  }
  const known = wildcards.map(({ letter }) => `@${letter}`).join(" ");
  return {
    check,
    message: `there is no wildcard "${text}", only ${known}; write "@@" for an at sign`,
    replacements: [`@${text}`],
  };
}

function wrongCharacter(text: string, pattern: string): FaultFacts {
  const check = "transfer/pattern-syntax";
  if ((text.codePointAt(0) ?? 0) >= 0x80) {
    return {
      check,
      severity: "warning",
      message: `whether a pattern may have "${text}" depends on the machine; keep to the characters of ASCII`,
    };
  }
  if (text < " " || text === "\x7f") {
    return { check, message: "a pattern has no control characters; leave the escape out" };
  }
  const isGlob = text === "*" && pattern.split("*").length === 2 && !/@v/.test(pattern);
  return {
    check,
    message: isGlob
      ? 'a pattern has no "*"; write "@v" where the version stands'
      : `a pattern has no "${text}", which systemd keeps for later; write a wildcard such as "@v" for what differs`,
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
    message: `"${text}" has no "@v", so nothing tells which version a file is${meant === undefined ? '; write "@v" where the version stands' : `; did you mean "${meant}"?`}`,
    ...(meant === undefined ? {} : { replacements: [meant] }),
  };
}

/** Wildcards behind an `@`; where a pattern begins the one that every pattern has. */
function offerWildcards({ text }: Word, at: number, side: Side): Offer | undefined {
  const signs = /@+$/.exec(text.slice(0, at))?.[0].length ?? 0;
  if (signs % 2 === 0) {
    if (text !== "") return undefined;
    const version: Choice = { text: "@v", detail: wildcards[0]?.name ?? "" };
    const anyFolder: Choice = { text: "**/", detail: "in any folder below", since: firstAnyFolder };
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
