// Values that are paths: one or several, with prefixes, of conditions, and where other texts are allowed beside them.

import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { readConditionPrefixes, skipConditionPrefixes } from "./condition-prefixes.ts";
import {
  type Choice,
  faultWord,
  type Grammar,
  type Offer,
  partOf,
  pieceWord,
  type Reader,
  type Word,
} from "./grammar.ts";
import { listOf, relaxedWords } from "./words.ts";

/** Folders at the root, to see what was meant by a path that does not begin there. */
const rootFolders = /^(?:usr|etc|var|run|opt|srv|home|dev|proc|sys|tmp|root|boot|mnt|media|bin|sbin|lib|lib64)(?:\/|$)/;

/** Reports what systemd refuses in an absolute path; true when there is nothing. */
export function checkPath(word: Word, reader: Reader): boolean {
  const fault = faultOfPath(word, reader);
  if (fault === undefined) {
    pieceWord(reader, word, "path");
    return true;
  }
  faultWord(reader, word, fault);
  return false;
}

function faultOfPath(word: Word, reader: Reader): FaultFacts | undefined {
  const { text } = word;
  // What a specifier at the beginning stands for decides; two percent signs stand for one.
  if (!text.startsWith("/") && !(reader.isOpen(word) && /^%[A-Za-z0-9]/.test(text))) {
    return literalQuotes(text) ?? relativePath(text, reader);
  }
  if (!text.split("/").includes("..")) return undefined;
  const without = removeDots(text);
  return {
    check: "unit/path-not-normalized",
    message: `systemd does not accept paths with "..", such as "${text}"; use the resolved path`,
    ...(without === undefined ? {} : { replacements: [without] }),
  };
}

function relativePath(text: string, { setting: { name } }: Reader): FaultFacts {
  const check = "unit/relative-path";
  if (text === "") return { check, message: `"${name}=" requires a path; add one` };
  if (text.startsWith("~")) {
    return {
      check,
      message: `"${text}" does not begin with a slash, and "~" is not expanded here; use an absolute path`,
    };
  }
  if (text.startsWith("$")) {
    return {
      check,
      message: `"${text}" does not begin with a slash, and variables are not expanded in paths; use an absolute path`,
    };
  }
  return {
    check,
    message: `"${text}" does not begin with a slash; "${name}=" requires an absolute path`,
    ...(rootFolders.test(text) ? { replacements: [`/${text}`] } : {}),
  };
}

/** What is wrong with a text in quotes where systemd knows none; undefined for a text without. */
export function literalQuotes(text: string): FaultFacts | undefined {
  const quote = text.charAt(0);
  if (quote !== '"' && quote !== "'") return undefined;
  const closed = text.length > 1 && text.endsWith(quote);
  return {
    check: "unit/quotes-literal",
    message: closed
      ? `the quotes around "${text.slice(1, -1)}" are part of the value here; remove them, spaces do not need quotes`
      : `the quote before "${text.slice(1)}" is part of the value here; remove it, spaces do not need quotes`,
    ...(closed ? { replacements: [text.slice(1, -1)] } : {}),
  };
}

/** A path with its dots worked off; undefined when a specifier stands where they lead. */
function removeDots(text: string): string | undefined {
  const parts: string[] = [];
  for (const part of text.split("/")) {
    if (part === "..") {
      if (parts.at(-1)?.includes("%")) return undefined;
      parts.pop();
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  const joined = parts.join("/");
  return text.startsWith("%") ? joined : `/${joined}`;
}

/** Reports a path below the old name of /run, which systemd rewrites. */
export function reportVarRun(word: Word, reader: Reader): void {
  const below = /^\/+var\/+run\/+(?=[^/])/.exec(word.text);
  if (below === null) return;
  const replacement = `/run/${word.text.slice(below[0].length)}`;
  faultWord(reader, word, {
    check: "unit/var-run",
    message: `"/var/run" is a legacy path of "/run", and systemd reads "${replacement}"; use that`,
    replacements: [replacement],
  });
}

/** Files and folders for the units from `from` on. */
export function offerPaths(word: Word, from = 0, choices: readonly Choice[] = []): Offer {
  return { from, to: word.text.length, choices, around: "paths" };
}

const listening = /^Listen/;

/** One absolute path, without quotes. */
export const path: Grammar = {
  syntax: "an absolute path",
  read(word, reader) {
    if (checkPath(word, reader) && listening.test(reader.setting.name)) reportVarRun(word, reader);
  },
  offer: (word) => offerPaths(word),
};

/** Prefixes of a path, in their order, with what they mean. */
type Prefixes = readonly (readonly [sign: string, meaning: string])[];

const mayBeMissing = ["-", "`-`: the path may be missing"] as const;

/** The length of the prefixes before a path; each at most once, in their order. */
function readPrefixes(word: Word, reader: Reader, prefixes: Prefixes): number {
  let at = 0;
  for (const [sign, meaning] of prefixes) {
    if (word.text.charAt(at) !== sign) continue;
    reader.piece(word, at, at + 1, "operator", meaning);
    at += 1;
  }
  return at;
}

function lengthOfPrefixes({ text }: Word, prefixes: Prefixes): number {
  let at = 0;
  for (const [sign] of prefixes) if (text.charAt(at) === sign) at += 1;
  return at;
}

function prefixedPath(prefixes: Prefixes, syntax: string): Grammar {
  return {
    syntax,
    read(word, reader) {
      checkPath(partOf(word, readPrefixes(word, reader, prefixes)), reader);
    },
    offer: (word) => offerPaths(word, lengthOfPrefixes(word, prefixes)),
  };
}

const listed: Grammar = { syntax: "an absolute path", read: checkPath, offer: (word) => offerPaths(word) };
export const paths: Grammar = listOf(listed, relaxedWords, "absolute paths, separated by spaces");

const flagged = prefixedPath(
  [mayBeMissing, ["+", "`+`: below the unit's own root directory"]],
  "an absolute path with `-` or `+` before it",
);
export const flaggedPaths: Grammar = listOf(
  flagged,
  relaxedWords,
  "absolute paths, separated by spaces; with the prefix `-`, it may be missing; with `+`, it is below the unit's own root directory",
);

/** Paths with colons between them; quotes and blanks belong to them. */
export const colonPaths: Grammar = {
  syntax: "absolute paths, separated by colons",
  read(word, reader) {
    for (const part of colonParts(word)) checkPath(part, reader);
  },
  offer(word, at) {
    const from = word.text.lastIndexOf(":", at - 1) + 1;
    const end = word.text.indexOf(":", at);
    return { from, to: end < 0 ? word.text.length : end, choices: [], around: "paths" };
  },
};

function colonParts(word: Word): Word[] {
  let at = 0;
  return word.text.split(":").map((part) => {
    const from = at;
    at += part.length + 1;
    return partOf(word, from, from + part.length);
  });
}

export const environmentFile = prefixedPath(
  [["-", "`-`: the file may be missing"]],
  "an absolute path or pattern; with the prefix `-`, the file may be missing",
);

export const workingDirectory: Grammar = {
  syntax: "an absolute path, or `~` for the user's home directory; with the prefix `-`, the directory may be missing",
  read(word, reader) {
    const at = readPrefixes(word, reader, [["-", "`-`: the directory may be missing"]]);
    const folder = partOf(word, at);
    if (folder.text === "~") pieceWord(reader, folder, "keyword", "the home directory of the unit's user");
    else checkPath(folder, reader);
  },
  offer: (word) =>
    offerPaths(word, word.text.startsWith("-") ? 1 : 0, [
      { text: "~", detail: "the home directory of the unit's user" },
    ]),
};

/** A path, which counts from /run when it is not absolute. */
export const pidFile: Grammar = {
  syntax: "a path; one that is not absolute is below `/run`",
  read(word, reader) {
    const quotes = literalQuotes(word.text);
    if (quotes !== undefined) return faultWord(reader, word, quotes);
    if (!word.text.startsWith("/") && !word.text.split("/").includes("..")) {
      return pieceWord(reader, word, "path", reader.isOpen(word) ? undefined : `\`/run/${word.text}\``);
    }
    const whole = word.text.startsWith("/") ? word : { ...word, text: `/run/${word.text}` };
    if (checkPath(whole, reader)) reportVarRun(word, reader);
  },
  offer: (word) => offerPaths(word),
};

/** What ConditionNeedsUpdate= knows of. */
const updated = findWords("ConditionNeedsUpdatePath").map((known) => known.word);

export const conditionPath: Grammar = {
  syntax: "an absolute path; with the prefixes `|` (one such condition is enough) and `!` (negated)",
  read(word, reader) {
    const asked = partOf(word, readConditionPrefixes(word, reader, true));
    if (asked.text.startsWith("|/")) {
      return reader.fault(word, 0, word.text.length, {
        check: "unit/relative-path",
        message: `"|" must come before "!", so systemd reads "${asked.text}" as the path; use "|!${asked.text.slice(1)}"`,
        replacements: [`|!${asked.text.slice(1)}`],
      });
    }
    if (!checkPath(asked, reader) || reader.isOpen(asked)) return;
    if (reader.setting.name.endsWith("NeedsUpdate") && !updated.includes(asked.text.replace(/(?<=.)\/+$/, ""))) {
      faultWord(reader, asked, {
        check: "unit/invalid-value",
        severity: "info",
        message: `"${asked.text}" is not valid here; systemd tracks updates for ${updated.map((name) => `"${name}"`).join(" and ")} only`,
      });
    }
  },
  offer: (word) => offerPaths(word, skipConditionPrefixes(word.text)),
};

export const rootHash: Grammar = {
  syntax: "a hexadecimal hash of at least 128 bits, or the absolute path of a file with one",
  read(word, reader) {
    const { text } = word;
    if (text.startsWith("/")) return pieceWord(reader, word, "path");
    const digits = /^(?:[0-9a-fA-F]{2})+$/.test(text);
    if (digits && text.length >= 32) return pieceWord(reader, word, "number");
    faultWord(
      reader,
      word,
      literalQuotes(text) ?? {
        check: "unit/invalid-value",
        message: digits
          ? `"${text}" is too short for a root hash; use at least 32 hexadecimal digits`
          : `"${text}" is neither a hexadecimal hash nor an absolute path`,
      },
    );
  },
  offer: (word) => offerPaths(word),
};

export const rootHashSignature: Grammar = {
  syntax: "an absolute path, or `base64:` and the signature",
  read(word, reader) {
    const { text } = word;
    if (text.startsWith("/")) return pieceWord(reader, word, "path");
    if (/^base64:[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) return reader.piece(word, 0, 7, "keyword");
    faultWord(
      reader,
      word,
      literalQuotes(text) ?? {
        check: "unit/invalid-value",
        message: `"${text}" is neither an absolute path nor a signature; add "base64:" before the signature`,
      },
    );
  },
  offer: (word) => offerPaths(word, 0, [{ text: "base64:" }]),
};

/** What is mounted or swapped to. A mount takes anything that its file system knows. */
export const mountNode: Grammar = {
  syntax: "a device path, `UUID=…`, `LABEL=…`, or another source that the file system supports",
  read(word, reader) {
    if (reader.section === "Swap") checkPath(word, reader);
    else {
      const quotes = literalQuotes(word.text);
      if (quotes !== undefined) faultWord(reader, word, quotes);
      else if (word.text.startsWith("/")) pieceWord(reader, word, "path");
    }
  },
  offer: (word, _at, { section }) =>
    offerPaths(word, 0, section === "Swap" ? [] : ["UUID=", "LABEL=", "PARTUUID="].map((text) => ({ text }))),
};
