// Values that name a signal.
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf } from "./choices.ts";
import { faultWord, type Grammar, offerWhole, pieceWord } from "./grammar.ts";
import { readInteger } from "./integers.ts";

const named = findWords("Signal").filter(({ word }) => !word.endsWith("N") || word === "SIGRTMIN");
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
    const name = word.text.toUpperCase();
    const meant = isSignal(name) ? (name.startsWith("SIG") ? name : `SIG${name}`) : undefined;
    faultWord(reader, word, {
      check: "unit/invalid-value",
      message: `"${word.text}" is not a signal; ${meant === undefined ? 'write a name such as "SIGTERM", or a number' : `did you mean "${meant}"?`}`,
      ...(meant === undefined ? {} : { replacements: [meant] }),
    });
  },
  offer: (word) => offerWhole(word, named.map(choiceOf)),
};
