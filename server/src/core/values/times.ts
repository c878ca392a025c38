// Values that are lengths of time.
import { faultWord, type Grammar, type Offer, pieceWord, type Reader, type Word } from "./grammar.ts";
import { literalQuotes } from "./paths.ts";
import { formatTimeSpan, parseTimeSpan, type TimeSpan, type TimeSpanFault } from "./time-span.ts";

interface SpanRules {
  /** Whether the setting counts in nanoseconds. */
  readonly nanoseconds: boolean;
  /** Whether nothing stands for no limit. */
  readonly zeroIsInfinity: boolean;
}

const units = [
  { text: "us", detail: "microseconds" },
  { text: "ms", detail: "milliseconds" },
  { text: "s", detail: "seconds" },
  { text: "min", detail: "minutes" },
  { text: "h", detail: "hours" },
  { text: "d", detail: "days" },
  { text: "w", detail: "weeks" },
  { text: "month", detail: "months of 30.44 days" },
  { text: "y", detail: "years of 365.25 days" },
];

function readSpan(word: Word, reader: Reader, { nanoseconds, zeroIsInfinity }: SpanRules): void {
  if (reader.isOpen(word)) return;
  const parsed = parseTimeSpan(word.text, { defaultUnit: nanoseconds ? "ns" : "s", nanoseconds });
  if ("fault" in parsed) {
    faultSpan(word, parsed.fault, reader);
    return;
  }
  const meaning = () => lengthText(parsed, zeroIsInfinity);
  if (parsed.parts.length === 0) pieceWord(reader, word, "keyword", meaning);
  for (const { number, unit } of parsed.parts) {
    reader.piece(word, number.start, number.end, "number", meaning);
    if (unit !== undefined) reader.piece(word, unit.start, unit.end, "keyword", meaning);
  }
}

function faultSpan(word: Word, { span, message, replacement }: TimeSpanFault, reader: Reader): void {
  const quotes = literalQuotes(word.text);
  if (quotes !== undefined) {
    faultWord(reader, word, quotes);
    return;
  }
  reader.fault(word, span.start, span.end, {
    check: "unit/invalid-value",
    message,
    ...(replacement === undefined ? {} : { replacements: [replacement] }),
  });
}

function lengthText({ usec, nsec }: TimeSpan, zeroIsInfinity: boolean): string {
  if (usec === "infinity" || nsec === "infinity") return "no limit";
  if (usec === 0 && (nsec ?? 0) === 0) return zeroIsInfinity ? "0: no limit" : "0";
  // Less than a microsecond, or not a whole number of them, is printed by systemd as a count of nanoseconds.
  if (nsec !== undefined && nsec % 1000 !== 0) return `\`${nsec}ns\``;
  return `\`${formatTimeSpan(usec)}\``;
}

function offerSpan(word: Word, at: number, { nanoseconds }: SpanRules): Offer | undefined {
  const before = word.text.slice(0, at);
  const number = /(\d)[ \t]*([A-Za-zµμ]*)$/.exec(before);
  if (number === null) {
    if (!/^[a-z]*$/.test(word.text)) return undefined;
    return { from: 0, to: word.text.length, choices: [{ text: "infinity", detail: "no limit" }] };
  }
  const from = at - (number[2]?.length ?? 0);
  const after = /^[A-Za-zµμ]*/.exec(word.text.slice(at))?.[0].length ?? 0;
  const choices = nanoseconds ? [{ text: "ns", detail: "nanoseconds" }, ...units] : units;
  return { from, to: at + after, choices };
}

function spanGrammar(syntax: string, rules: SpanRules): Grammar {
  return {
    syntax,
    read: (word, reader) => readSpan(word, reader, rules),
    offer: (word, at) => offerSpan(word, at, rules),
  };
}

const seconds = spanGrammar("a time span (`5min 20s`; a number without a unit is in seconds)", {
  nanoseconds: false,
  zeroIsInfinity: false,
});

const nanoseconds = spanGrammar("a time span (`50us`; a number without a unit is in nanoseconds)", {
  nanoseconds: true,
  zeroIsInfinity: false,
});

/** A length of time; a number alone counts seconds, or nanoseconds where the setting keeps them. */
export function timeSpan(unit?: string): Grammar {
  return unit === "ns" ? nanoseconds : seconds;
}

/** A length of time after which something is given up; 0 stands for never. */
export const timeout: Grammar = spanGrammar(
  "a time span (`5min 20s`; a number without a unit is in seconds), or `infinity` or `0` for no limit",
  { nanoseconds: false, zeroIsInfinity: true },
);
