// Values that name a signal.

import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf, meantWord } from "./choices.ts";
import { faultWord, type Grammar, offerWhole, pieceWord } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { literalQuotes } from "./paths.ts";

const named = findWords("Signal").filter(({ word }) => !/[+-]N$/.test(word));
const signals: ReadonlySet<string> = new Set(named.map(({ word }) => word));
/** Real-time signals beside the first or the last one. */
const realTimeSignals = 30;
const lastSignal = 64;

/** Whether a text is a signal's name, with or without SIG, or its number. */
export function isSignal(text: string): boolean {
  if (signals.has(text) || signals.has(`SIG${text}`)) return true;
  const [, offset] = /^(?:SIG)?RTM(?:IN\+|AX-)(\w+)$/.exec(text) ?? [];
  const number = readInteger(offset ?? text);
  if (number === undefined || number < 0) return false;
  return offset === undefined ? number >= 1 && number <= lastSignal : number <= realTimeSignals;
}

function meantSignal(text: string): string | undefined {
  const upper = text.toUpperCase();
  const name = upper.startsWith("SIG") ? upper : `SIG${upper}`;
  return isSignal(name) ? name : meantWord(name, [...signals]);
}

/** A signal by name or number. */
export const signal: Grammar = {
  syntax: "a signal (`SIGTERM`)",
  read(word, reader) {
    if (isSignal(word.text)) {
      const known = named.find((candidate) => candidate.word === word.text || candidate.word === `SIG${word.text}`);
      pieceWord(reader, word, "keyword", known?.description);
      return;
    }
    if (reader.isOpen(word)) return;
    const meant = meantSignal(word.text);
    const name = reader.setting.name;
    const message =
      word.text === ""
        ? `"${name}=" requires a signal, such as "SIGTERM"`
        : `"${word.text}" is not a signal; ${meant === undefined ? 'use a name such as "SIGTERM", or a number' : `did you mean "${meant}"?`}`;
    const wrong: FaultFacts = {
      check: "unit/invalid-value",
      message,
      ...(meant === undefined ? {} : { replacements: [meant] }),
    };
    faultWord(reader, word, literalQuotes(word.text) ?? wrong);
  },
  offer: (word) => offerWhole(word, named.map(choiceOf)),
};
