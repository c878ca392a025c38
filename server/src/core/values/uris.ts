// Values that are addresses of documentation.

import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { faultWord, type Grammar, offerWhole, pieceWord } from "./grammar.ts";
import { cWords, faultQuote, offerInList, placeIn, splitWords } from "./words.ts";

const schemes = findWords("DocumentationScheme").map(({ word }) => word);

/** Whether systemd takes a text for an address; with http and https it is in ASCII, without blanks. */
function isUri(text: string): boolean {
  const scheme = schemes.find((candidate) => text.startsWith(candidate));
  if (scheme === undefined || text === scheme) return false;
  return !scheme.startsWith("http") || !/[^\x21-\x7e]/.test(text);
}

function faultOfUri(text: string): FaultFacts {
  const check = "unit/invalid-value";
  const meant = meantUri(text);
  if (meant !== undefined) {
    return {
      check,
      message: `"${text}" is not a URL that systemd accepts; did you mean "${meant}"?`,
      replacements: [meant],
    };
  }
  if (/^https?:\/\/./.test(text)) {
    return {
      check,
      message: `"${text}" has non-ASCII characters, so systemd drops it; percent-encode them`,
    };
  }
  const known = schemes.map((scheme) => `"${scheme}"`).join(", ");
  return { check, message: `"${text}" is not a URL that systemd accepts; it must begin with one of ${known}` };
}

function meantUri(text: string): string | undefined {
  const candidates = [
    text.replace(/^[A-Za-z]+:/, (scheme) => scheme.toLowerCase()),
    text.replace(/^[<(](.*)[>)]$/, "$1"),
    text.replace(/^www\./, "https://www."),
    text.replace(/^(?=\/[^/])/, "file:"),
    text.replace(/^(?=[a-z0-9@._-]+\(\d[a-z]*\)$)/i, "man:"),
  ];
  return candidates.find((candidate) => candidate !== text && isUri(candidate));
}

const uri: Grammar = {
  syntax: "an address",
  read(word, reader) {
    if (isUri(word.text)) pieceWord(reader, word, "string");
    else if (!reader.isOpen(word)) faultWord(reader, word, faultOfUri(word.text));
  },
  offer: (word) =>
    offerWhole(
      word,
      schemes.map((text) => ({ text })),
    ),
};

export const uris: Grammar = {
  syntax: "URLs with `https://`, `http://`, `file:/`, `info:` or `man:`, separated by spaces",
  read(value, reader) {
    for (const part of splitWords(value.text, cWords)) {
      const word = placeIn(value, part);
      if (part.openQuote === undefined) uri.read(word, reader);
      else faultQuote(reader, word);
    }
  },
  offer: (value, at, reader) => offerInList(value, at, reader, uri, cWords),
};
