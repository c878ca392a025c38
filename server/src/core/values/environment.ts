// Values about environment variables and about fields of log entries: assignments and names.

import type { FaultFacts } from "../model/value-reading.ts";
import { faultWord, type Grammar, type Reader, type Word } from "./grammar.ts";
import { cWords, faultQuote, placeIn, relaxedWords, type Splitting, type SplitWord, splitWords } from "./words.ts";

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Names of log fields: capital letters, and none of the journal's own. */
const fieldName = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Whether a text can be the name of an environment variable. */
export function isVariableName(text: string): boolean {
  return variableName.test(text);
}

type FaultOf = (word: Word, words: readonly SplitWord[]) => FaultFacts | undefined;

/** A list of entries of which each is right or wrong by itself; `onBadSplit` says what else there is to report. */
function entryList(splitting: Splitting, faultOf: FaultOf, syntax: string): Grammar {
  return {
    syntax,
    read(value, reader) {
      const words = splitWords(value.text, splitting);
      if (reportBadSplit(value, words, reader)) return;
      for (const word of words) {
        const place = placeIn(value, word);
        const fault = isNameOpen(place, reader) ? undefined : faultOf(place, words);
        if (fault === undefined) colourEntry(value, word, reader);
        else faultWord(reader, place, fault);
      }
    },
  };
}

/** Whether a name comes from a specifier, or an entry without "=" could get one from it. */
function isNameOpen({ text, start, end }: Word, reader: Reader): boolean {
  const equals = text.indexOf("=");
  return reader.isOpen({ text: equals < 0 ? text : text.slice(0, equals), start, end });
}

/** A list that systemd cannot take apart is passed over from there on. */
function reportBadSplit(value: Word, words: readonly SplitWord[], reader: Reader): boolean {
  for (const word of words) {
    if (word.openQuote !== undefined) {
      faultQuote(reader, placeIn(value, word));
      return true;
    }
    const [unknown] = word.unknownEscapes ?? [];
    if (unknown !== undefined) {
      reader.fault(value, unknown.at, unknown.at + unknown.text.length, {
        check: "unit/exec-escape",
        message: `unknown escape sequence "${unknown.text}", so systemd ignores the setting; use "\\${unknown.text}" for a backslash`,
        replacements: [`\\${unknown.text}`],
      });
      return true;
    }
  }
  return false;
}

/** Colours the name of an entry, where it is written as it is meant. */
function colourEntry(value: Word, word: SplitWord, reader: Reader): void {
  const quote = /^["']/.test(value.text.charAt(word.start)) ? 1 : 0;
  const from = word.start + quote;
  const written = /^[A-Za-z_][A-Za-z0-9_]*/.exec(value.text.slice(from, word.end))?.[0] ?? "";
  const after = value.text.charAt(from + written.length);
  if (after !== "" && !/[=\s"']/.test(after)) return;
  reader.piece(value, from, from + written.length, "variable");
}

/** How many words are looked through for one message. */
const maxSearchedWords = 100;

function assignmentFault(word: Word, words: readonly SplitWord[]): FaultFacts | undefined {
  const { text } = word;
  const check = "unit/environment-entry";
  const equals = text.indexOf("=");
  if (equals < 0) {
    // The last of several words that were meant to be one value.
    const before = words.slice(0, maxSearchedWords).find(({ text: other }) => other.includes("="));
    return {
      check,
      message:
        before === undefined
          ? `"${text}" has no "=", so systemd drops it; use "${isVariableName(text) ? text : "NAME"}=" and the value`
          : `"${text}" has no "=", so systemd drops it; a value with spaces needs quotes, such as "${before.text} …" as a whole`,
    };
  }
  const name = text.slice(0, equals);
  if (isVariableName(name)) return undefined;
  return nameFault(name, text);
}

function nameFault(name: string, text: string): FaultFacts {
  const check = "unit/environment-entry";
  if (name === "") return { check, message: `"${text}" has no name before "=", so systemd drops it; add one` };
  const exported = /^export\s+(.+)$/.exec(name)?.[1];
  if (exported !== undefined) {
    return { check, message: `"${text}" begins with a shell keyword; use "${exported}=" and the value` };
  }
  return {
    check,
    message: `"${name}" cannot be the name of a variable, so systemd drops it; only letters, digits and "_" can stand in it, no digit first`,
  };
}

function variableFault({ text }: Word): FaultFacts | undefined {
  if (isVariableName(text)) return undefined;
  const check = "unit/environment-entry";
  const [, name = ""] = /^([^=]*)=/.exec(text) ?? [];
  if (isVariableName(name)) {
    return {
      check,
      message: `"${text}" has a value, but only a variable name is valid here; use "${name}"`,
      replacements: [name],
    };
  }
  const [, bare = ""] = /^\$\{?(\w+)\}?$/.exec(text) ?? [];
  if (isVariableName(bare)) {
    return { check, message: `variable names have no "$" here; use "${bare}"`, replacements: [bare] };
  }
  return listedFault(text) ?? nameFault(text, text);
}

function listedFault(text: string): FaultFacts | undefined {
  const parts = text.split(",").filter((part) => part !== "");
  if (!text.includes(",") || !parts.every(isVariableName)) return undefined;
  const meant = parts.join(" ");
  return {
    check: "unit/environment-entry",
    message: `"${text}" is not a valid name; separate names with spaces: "${meant}"`,
    replacements: [meant],
  };
}

function fieldFault({ text }: Word): FaultFacts | undefined {
  const check = "unit/environment-entry";
  const equals = text.indexOf("=");
  if (equals < 0) return { check, message: `"${text}" has no "=", so systemd drops it; use "NAME=value"` };
  const name = text.slice(0, equals);
  if (fieldName.test(name)) return undefined;
  const upper = name.toUpperCase();
  return {
    check,
    message: fieldName.test(upper)
      ? `log field names must be in uppercase, so systemd drops "${text}"; use "${upper}="`
      : `"${name}" cannot be the name of a log field, so systemd drops it; only capital letters, digits and "_" can stand in it, a letter first`,
  };
}

export const environment: Grammar = entryList(
  cWords,
  assignmentFault,
  "assignments `NAME=value`, separated by spaces, in quotes as a whole when there are spaces in them",
);

export const variables: Grammar = entryList(relaxedWords, variableFault, "names of variables, separated by spaces");

export const variablesOrAssignments: Grammar = entryList(
  cWords,
  (word) => (word.text.includes("=") ? assignmentFault(word, []) : variableFault(word)),
  "names of variables, or assignments `NAME=value`, separated by spaces",
);

export const logFields: Grammar = entryList(
  cWords,
  fieldFault,
  "fields `NAME=value`, separated by spaces, the names in capital letters",
);
