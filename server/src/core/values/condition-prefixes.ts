// The signs before what a condition asks for: `|` (one such condition is enough) and `!` (turned around).
import type { Reader, Word } from "./grammar.ts";

const signs = [
  ["|", "`|`: at least one of the conditions with this prefix must be true"],
  ["!", "`!`: negates the condition"],
] as const;

/** The first systemd that is known to allow blanks behind the signs of every condition. */
const blanksBeforePaths = 253;

/** Position of what a condition asks for, behind its signs and the blanks that may follow each. */
export function readConditionPrefixes(word: Word, reader: Reader, asksForPath = false): number {
  const blanks = !asksForPath || reader.systemd >= blanksBeforePaths;
  let at = 0;
  for (const [sign, meaning] of signs) {
    if (word.text.charAt(at) !== sign) continue;
    reader.piece(word, at, at + 1, "operator", meaning);
    at += 1;
    if (blanks) at += /^[ \t]*/.exec(word.text.slice(at))?.[0].length ?? 0;
  }
  return at;
}

/** Position of what a condition asks for, for completion. */
export function skipConditionPrefixes(text: string): number {
  return /^\|?[ \t]*!?[ \t]*/.exec(text)?.[0].length ?? 0;
}
