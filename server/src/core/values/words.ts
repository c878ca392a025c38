// Splits values into words as systemd does; how quotes and backslashes count differs from setting to setting.
import type { Grammar, Offer, Reader, Word } from "./grammar.ts";
import { faultWord } from "./grammar.ts";

/** How a list is taken apart. */
export interface Splitting {
  /** Whether quotes group what is between them, or are characters like others. */
  readonly quotes: boolean;
  /** Whether a backslash stays, takes the next character as it is, or begins an escape as in C. */
  readonly backslash: "kept" | "dropped" | "escapes";
  /** Blanks when it is left out. */
  readonly separators?: string;
}

export const cWords: Splitting = { quotes: true, backslash: "escapes" };
export const relaxedWords: Splitting = { quotes: true, backslash: "dropped" };
export const keptWords: Splitting = { quotes: true, backslash: "kept" };
export const plainWords: Splitting = { quotes: false, backslash: "kept" };
export const bareWords: Splitting = { quotes: false, backslash: "dropped" };

export interface SplitWord extends Word {
  /** Position of a quote that nothing closes. */
  readonly openQuote?: number;
  /** Positions of escapes that systemd does not know, with what they are written as. */
  readonly unknownEscapes?: readonly { readonly at: number; readonly text: string }[];
  /** Whether any part of it is quoted. */
  readonly quoted: boolean;
}

const blanks = " \t\r\n";

/** Takes a text apart, from `from` on; never throws. */
export function splitWords(text: string, splitting: Splitting, from = 0): SplitWord[] {
  const words: SplitWord[] = [];
  const separators = splitting.separators ?? blanks;
  let at = from;
  for (;;) {
    while (at < text.length && separators.includes(text.charAt(at))) at += 1;
    if (at >= text.length) return words;
    const word = readWord(text, at, splitting, separators);
    words.push(word);
    at = word.end;
  }
}

function readWord(text: string, start: number, { quotes, backslash }: Splitting, separators: string): SplitWord {
  // The usual word has neither quotes nor backslashes, and needs no copy unit by unit.
  let at = start;
  for (; at < text.length; at++) {
    const unit = text.charAt(at);
    if (separators.includes(unit)) break;
    if ((quotes && (unit === '"' || unit === "'")) || (unit === "\\" && backslash !== "kept")) break;
  }
  if (at >= text.length || separators.includes(text.charAt(at))) {
    return { text: text.slice(start, at), start, end: at, quoted: false };
  }
  let value = text.slice(start, at);
  let quote = "";
  let quoteStart = 0;
  let quoted = false;
  const unknownEscapes: { at: number; text: string }[] = [];
  while (at < text.length) {
    const unit = text.charAt(at);
    if (unit === "\\" && backslash !== "kept" && at + 1 < text.length) {
      const escaped = backslash === "escapes" ? readEscape(text, at) : { text: text.charAt(at + 1), length: 2 };
      if (escaped === undefined) unknownEscapes.push({ at, text: text.slice(at, at + 2) });
      value += escaped?.text ?? text.slice(at, at + 2);
      at += escaped?.length ?? 2;
    } else if (quote !== "") {
      if (unit === quote) quote = "";
      else value += unit;
      at += 1;
    } else if (quotes && (unit === '"' || unit === "'")) {
      quote = unit;
      quoted = true;
      quoteStart = at;
      at += 1;
    } else if (separators.includes(unit)) {
      break;
    } else {
      value += unit;
      at += 1;
    }
  }
  return {
    text: value,
    start,
    end: at,
    quoted,
    ...(quote === "" ? {} : { openQuote: quoteStart }),
    ...(unknownEscapes.length === 0 ? {} : { unknownEscapes }),
  };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
  s: " ",
};

/** The escape that begins at a backslash; undefined for one that systemd does not know. */
export function readEscape(text: string, at: number): { readonly text: string; readonly length: number } | undefined {
  const simple = simpleEscapes[text.charAt(at + 1)];
  if (simple !== undefined) return { text: simple, length: 2 };
  const coded = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/.exec(
    text.slice(at, at + 10),
  );
  if (coded === null) return undefined;
  const [whole, ...forms] = coded;
  const index = forms.findIndex((form) => form !== undefined);
  const code = Number.parseInt(forms[index] ?? "0", index === 3 ? 8 : 16);
  if (code === 0 || code > 0x10ffff) return undefined;
  return { text: String.fromCodePoint(code), length: whole.length };
}

/** A list whose words are all of one class. */
export function listOf(element: Grammar, splitting: Splitting, syntax: string): Grammar {
  return {
    syntax,
    read(value, reader) {
      for (const word of splitWords(value.text, splitting)) readSplitWord(value, word, element, reader);
    },
    offer: (value, at, reader) => offerInList(value, at, reader, element, splitting),
  };
}

/** Reads one word of a value; an open quote is what is wrong with it, before all else. */
export function readSplitWord(value: Word, word: SplitWord, element: Grammar, reader: Reader): void {
  const place = placeIn(value, word);
  if (word.openQuote !== undefined) faultQuote(reader, place);
  else element.read(place, reader);
}

/** A word that was split off a value, with its place in what that value was split off. */
export function placeIn<Part extends Word>(value: Word, word: Part): Part {
  const exact = value.end - value.start === value.text.length;
  return exact
    ? { ...word, start: value.start + word.start, end: value.start + word.end }
    : { ...word, start: value.start, end: value.end };
}

export function faultQuote(reader: Reader, word: Word): void {
  faultWord(reader, word, {
    check: "unit/unbalanced-quotes",
    message: `the quote in "${word.text}" is not closed, so systemd ignores the setting; close it, or escape it with a backslash`,
  });
}

/** What may be written at a place of a list: in the word there, or as a new word. */
export function offerInList(
  value: Word,
  at: number,
  reader: Reader,
  element: Grammar,
  splitting: Splitting,
): Offer | undefined {
  if (element.offer === undefined) return undefined;
  const word = splitWords(value.text, splitting).find(({ start, end }) => at >= start && at <= end);
  if (word === undefined) {
    const offer = element.offer({ text: "", start: at, end: at }, 0, reader);
    return offer === undefined ? undefined : { ...offer, from: at, to: at };
  }
  if (word.end - word.start !== word.text.length) return undefined;
  const offer = element.offer(word, at - word.start, reader);
  return offer === undefined ? undefined : { ...offer, from: word.start + offer.from, to: word.start + offer.to };
}
