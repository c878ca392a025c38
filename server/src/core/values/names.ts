// Lists of names that a table has, with a tilde before the list where it may say "all but these".

import type { FaultFacts, Meaning } from "../model/value-reading.ts";
import type { UnitWord } from "../tables/unit-setting.ts";
import { choiceOf, meantWord, reportNewWord, wrongWord } from "./choices.ts";
import { faultWord, type Grammar, type Offer, pieceWord, type Reader, type Word } from "./grammar.ts";
import { faultQuote, offerInList, placeIn, type Splitting, type SplitWord, splitWords } from "./words.ts";

export interface NameList {
  readonly words: readonly UnitWord[];
  readonly splitting: Splitting;
  /** Whether `~` before the list turns it round. */
  readonly invertible?: boolean;
  readonly anyCase?: boolean;
  /** What a name that the table lacks and a newer kernel or library may know looks like, and what it is called. */
  readonly open?: { readonly shape: RegExp; readonly kind: string };
  readonly meaning?: (word: UnitWord) => Meaning | undefined;
  /** Whether a text counts in place of a name, as a number does in some lists. */
  readonly isNumber?: (text: string) => boolean;
}

/** Wrong names of one value after which others are left out: nobody reads more, and each is compared to all names. */
export const maxWrongNames = 100;

/** What is meant by the tilde, for hover. */
const inverted = "all except these";

/** A list of names. */
export function names(syntax: string, list: NameList): Grammar {
  const element: Grammar = {
    syntax,
    read: (word, reader) => void readName(word, list, reader),
    offer: (word) => ({ from: 0, to: word.text.length, choices: choicesOf(list) }),
  };
  return {
    syntax,
    read(value, reader) {
      const rest = list.invertible ? withoutTilde(value, reader) : value;
      let wrong = 0;
      for (const word of splitWords(rest.text, list.splitting)) {
        const place = placeIn(value, word);
        if (word.openQuote !== undefined) faultQuote(reader, place);
        else if (!readName(place, list, reader)) wrong += 1;
        if (wrong === maxWrongNames) return;
      }
    },
    offer: (value, at, reader) => offerBehindTilde(value, at, reader, element, list),
  };
}

/** The value with a blank in place of the tilde that it begins with. */
export function withoutTilde(value: Word, reader: Reader): Word {
  if (!value.text.startsWith("~")) return value;
  reader.piece(value, 0, 1, "operator", inverted);
  return { ...value, text: ` ${value.text.slice(1)}` };
}

/** What may be written in a list that a tilde may begin. */
export function offerBehindTilde(
  value: Word,
  at: number,
  reader: Reader,
  element: Grammar,
  { invertible, splitting }: Pick<NameList, "invertible" | "splitting">,
): Offer | undefined {
  if (!invertible || !value.text.startsWith("~")) return offerInList(value, at, reader, element, splitting);
  return at === 0
    ? undefined
    : offerInList({ ...value, text: ` ${value.text.slice(1)}` }, at, reader, element, splitting);
}

export function choicesOf({ words, meaning }: NameList): Offer["choices"] {
  return words
    .filter(({ last }) => last === undefined)
    .map((word) => {
      const detail = meaning?.(word);
      return { ...choiceOf(word), ...(typeof detail === "string" ? { detail } : {}) };
    });
}

/** Says what a name is; false for one that is wrong. */
function readName(word: Word, list: NameList, reader: Reader): boolean {
  const known = findName(word.text, list);
  if (known !== undefined) {
    pieceWord(reader, word, "keyword", list.meaning?.(known) ?? known.description);
    reportNewWord(word, known, reader);
    return true;
  }
  if (list.isNumber?.(word.text)) {
    pieceWord(reader, word, "number");
    return true;
  }
  faultWord(reader, word, faultOfName(word, list, reader));
  return false;
}

function findName(text: string, { words, anyCase }: NameList): UnitWord | undefined {
  const exact = words.find(({ word }) => word === text);
  if (exact !== undefined || !anyCase) return exact;
  const upper = text.toUpperCase();
  return words.find(({ word }) => word.toUpperCase() === upper);
}

/** What is wrong with a name that no table has: certain where it cannot be one, a notice where a newer one may exist. */
export function faultOfName(word: Word, list: NameList, reader: Reader): FaultFacts {
  const { text } = word;
  const { name } = reader.setting;
  const check = "unit/invalid-value";
  const candidates = list.words.filter(({ last }) => last === undefined).map((candidate) => candidate.word);
  const quoted = unquoted(text, word);
  if (quoted !== undefined) {
    return {
      check: "unit/quotes-literal",
      message: `"${name}=" treats quotes as part of the value; remove them`,
      replacements: [quoted],
    };
  }
  const parts = text.split(/[,;|+ ]/).filter((part) => part !== "");
  if (parts.length > 1 && parts.every((part) => findName(part, list) !== undefined)) {
    return {
      check,
      message: `systemd reads "${text}" as one name; separate the names in "${name}=" with spaces`,
      replacements: [parts.join(" ")],
    };
  }
  if (text.startsWith("~")) {
    return { check, message: `"~" applies to the whole list; use it once, before the first name in "${name}="` };
  }
  const prefixed = withPrefix(text, candidates);
  if (prefixed !== undefined) {
    return {
      check,
      message: `"${text}" is not a valid value for "${name}="; did you mean "${prefixed}"?`,
      replacements: [prefixed],
    };
  }
  const likely = meantWord(text, candidates);
  if (likely === undefined && list.open?.shape.test(text)) {
    return {
      check,
      severity: "info",
      message: `"${text}" is not a known ${list.open.kind}, and systemd ignores unknown names; check the spelling`,
    };
  }
  return { check, ...wrongWord(word, reader, candidates) };
}

/** The candidate that the text is without its first part: "UNIX" is short of "AF_UNIX". */
function withPrefix(text: string, candidates: readonly string[]): string | undefined {
  const name = text.toUpperCase();
  return candidates.find((candidate) => candidate.slice(candidate.indexOf("_") + 1) === name && candidate !== text);
}

/** What stands in literal quotes; undefined without them. */
function unquoted(text: string, word: Word & Partial<SplitWord>): string | undefined {
  if (word.quoted) return undefined;
  const bare = text.replaceAll(/["']/g, "");
  return bare === text ? undefined : bare;
}
