// Resource limits: a soft limit, and behind a colon the hard one.

import type { FaultFacts, Meaning } from "../model/value-reading.ts";
import { faultWord, type Grammar, type Offer, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { bytesText, meantBytes, readBytes } from "./numbers.ts";
import { formatTimeSpan, parseTimeSpan } from "./time-span.ts";

export type LimitKind = "bytes" | "count" | "time" | "microseconds" | "nice";

interface LimitFacts {
  readonly syntax: string;
  /** What the value is not, and what to write. */
  readonly expected: string;
  /** What the limit amounts to, larger for the weaker limit; undefined for what is none. */
  read(text: string): number | undefined;
  meaning?(amount: number): Meaning;
  meant?(text: string): readonly string[] | undefined;
}

/** systemd keeps this value for "no limit" and takes it from no number. */
const unlimited = 2 ** 64 - 1;
const greatestNice = 40;

const kinds: Readonly<Record<LimitKind, LimitFacts>> = {
  bytes: {
    syntax: "bytes (`512K`, `1G`)",
    expected: 'a number of bytes; use a number followed by K, M, G or T, such as "512M", or "infinity"',
    read: (text) => below(readBytes(text, 1024)),
    meaning: (amount) => () => bytesText(amount),
    meant: meantBytes,
  },
  count: {
    syntax: "a number",
    expected: 'a number; use digits only, such as "1024", or "infinity"',
    read: (text) => below(readInteger(text.trimStart())),
  },
  time: { ...timeFacts("s"), syntax: "a time span (in seconds if it has no unit)" },
  microseconds: { ...timeFacts("us"), syntax: "a time span (in microseconds if it has no unit)" },
  nice: {
    syntax: "a nice level with its sign (`-5`, `+10`), or a raw limit from 0 to 40",
    expected: 'a nice level; use a signed number from "-20" to "+19", or a raw limit from 0 to 40',
    read: readNice,
    meaning: (amount) => `nice levels of ${20 - amount} and above`,
  },
};

function below(amount: number | undefined): number | undefined {
  return amount !== undefined && amount >= 0 && amount < unlimited ? amount : undefined;
}

function timeFacts(defaultUnit: "s" | "us"): Omit<LimitFacts, "syntax"> {
  // The kernel counts processor time in whole seconds.
  const unit = defaultUnit === "s" ? 1_000_000 : 1;
  return {
    expected: 'a time span; use numbers with units, such as "5min 20s", or "infinity"',
    read(text) {
      const span = parseTimeSpan(text, { defaultUnit });
      if ("fault" in span) return undefined;
      return span.usec === "infinity" ? Number.POSITIVE_INFINITY : Math.ceil(span.usec / unit);
    },
    meaning: (amount) => (amount === Number.POSITIVE_INFINITY ? "no limit" : formatTimeSpan(amount * unit)),
  };
}

/** A nice level as the limit that the kernel keeps for it, or that limit itself. */
function readNice(text: string): number | undefined {
  const value = readInteger(text);
  if (value === undefined) return undefined;
  const signed = /^[+-]/.test(text);
  if (signed) return value >= -20 && value <= 19 ? 20 - value : undefined;
  return value <= greatestNice ? value : undefined;
}

/** SOFT or SOFT:HARD. */
export function limit(kind: LimitKind): Grammar {
  const facts = kinds[kind];
  const infinite = kind !== "nice";
  return {
    syntax: `${facts.syntax}${infinite ? ", or `infinity`" : ""}; optionally a colon and the hard limit`,
    read(word, reader) {
      if (reader.isOpen(word)) return;
      const colon = word.text.indexOf(":");
      if (/^\s*:|:\s*$/.test(word.text)) return faultWord(reader, word, looseColon(word.text));
      const soft = readLimit(partOf(word, 0, colon < 0 ? undefined : colon), facts, infinite, reader);
      if (colon < 0) return;
      reader.piece(word, colon, colon + 1, "operator");
      const hard = readLimit(partOf(word, colon + 1), facts, infinite, reader);
      if (soft !== undefined && hard !== undefined && soft > hard) reader.fault(word, 0, colon, tooHigh(word, colon));
    },
    ...(infinite ? { offer: offerLimit } : {}),
  };
}

function readLimit(part: Word, facts: LimitFacts, infinite: boolean, reader: Reader): number | undefined {
  const text = part.text.trimStart();
  const written = partOf(part, part.text.length - text.length);
  if (infinite && text === "infinity") {
    pieceWord(reader, written, "keyword", "no limit");
    return Number.POSITIVE_INFINITY;
  }
  const amount = facts.read(text);
  if (amount !== undefined) {
    pieceWord(reader, written, "number", facts.meaning?.(amount));
    return amount;
  }
  reader.fault(part, 0, part.text.length, notALimit(part.text.trim(), facts, infinite, reader));
  return undefined;
}

function notALimit(text: string, facts: LimitFacts, infinite: boolean, reader: Reader): FaultFacts {
  const without = infinite && /^(?:unlimited|inf|max|none|-1)$/i.test(text) ? ["infinity"] : undefined;
  const replacements = without ?? facts.meant?.(text);
  const message =
    text === ""
      ? `"${reader.setting.name}=" needs a limit${infinite ? ', or "infinity"' : ""}`
      : replacements === undefined
        ? `"${text}" is not ${facts.expected}`
        : `"${text}" is not a limit; did you mean "${replacements[0]}"?`;
  return { check: "unit/invalid-value", message, ...(replacements === undefined ? {} : { replacements }) };
}

function looseColon(text: string): FaultFacts {
  return {
    check: "unit/invalid-value",
    message: `"${text}" has a colon without a value on each side; use SOFT:HARD, or one limit for both`,
  };
}

function tooHigh({ text }: Word, colon: number): FaultFacts {
  const soft = text.slice(0, colon).trim();
  const hard = text.slice(colon + 1).trim();
  return {
    check: "unit/invalid-value",
    message: `the soft limit "${soft}" is above the hard limit "${hard}", so systemd ignores the setting; put the smaller one first`,
  };
}

function offerLimit({ text }: Word, at: number): Offer {
  const colon = text.indexOf(":");
  const choices = [{ text: "infinity", detail: "no limit" }];
  if (colon < 0) return { from: 0, to: text.length, choices };
  return at <= colon ? { from: 0, to: colon, choices } : { from: colon + 1, to: text.length, choices };
}
