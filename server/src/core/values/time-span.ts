// Time spans such as "5min 20s": reads them as systemd does, and writes them as it prints them.
import { findNearest } from "../text/nearest.ts";
import type { Span } from "../text/span.ts";

export type TimeUnit = "ns" | "us" | "ms" | "s" | "min" | "h" | "d" | "w" | "month" | "y";

export interface TimeSpanOptions {
  /** What a number without a unit counts. */
  readonly defaultUnit: TimeUnit;
  /** Whether the setting keeps nanoseconds; only then "ns" and "nsec" are units. */
  readonly nanoseconds?: boolean;
}

/** One number with its unit; spans count in the text that was given. */
export interface TimeSpanPart {
  readonly number: Span;
  readonly unit?: Span;
}

export interface TimeSpan {
  /** Microseconds, exact up to 2^53 (285 years); with nanoseconds there may be a fraction. */
  readonly usec: number | "infinity";
  /** Only where nanoseconds were asked for; exact up to 2^53 (104 days). */
  readonly nsec?: number | "infinity";
  /** Empty for "infinity". */
  readonly parts: readonly TimeSpanPart[];
}

export interface TimeSpanFault {
  /** The part that is wrong, in the text that was given; empty where something is missing. */
  readonly span: Span;
  /** One sentence with the value in double quotes and the way out. */
  readonly message: string;
  /** What to write in place of the span, where that is obvious. */
  readonly replacement?: string;
}

export type ParsedSpan = TimeSpan | { readonly fault: TimeSpanFault };

const nanosecondsOf: Readonly<Record<TimeUnit, bigint>> = {
  ns: 1n,
  us: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  min: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  // A twelfth of a year, and a year of 365.25 days.
  month: 2_629_800_000_000_000n,
  y: 31_557_600_000_000_000n,
};

/** Every spelling of a unit; upper and lower case differ. */
const spellings: ReadonlyMap<string, TimeUnit> = new Map(
  (
    [
      ["s", "sec", "second", "seconds"],
      ["min", "minute", "minutes", "m"],
      ["h", "hour", "hours", "hr"],
      ["d", "day", "days"],
      ["w", "week", "weeks"],
      ["month", "months", "M"],
      ["y", "year", "years"],
      ["ms", "msec"],
      // With the Greek letter and with the micro sign.
      ["us", "usec", "\u03bcs", "\u00b5s"],
      ["ns", "nsec"],
    ] as const
  ).flatMap(([unit, ...others]) => [[unit, unit] as const, ...others.map((name) => [name, unit] as const)]),
);

/** What people write for a unit, where the nearest spelling would be another one or none. */
const commonNames: ReadonlyMap<string, string> = new Map([
  ["mo", "month"],
  ["mon", "month"],
  ["mos", "months"],
  ["mons", "months"],
  ["yr", "year"],
  ["yrs", "years"],
  ["microsecond", "us"],
  ["microseconds", "us"],
  ["micros", "us"],
  ["millisecond", "ms"],
  ["milliseconds", "ms"],
  ["millis", "ms"],
]);

/** systemd's largest number stands for infinity, so every span is less. */
const infinity = 2n ** 64n - 1n;
const maxInteger = 2n ** 63n - 1n;

const blanks = /[ \t\n\r]*/y;
/** A sign is tolerated before a digit; the C library skips two more kinds of blank before a number. */
const number = /[ \t\n\r\v\f]*(?:\+?(\d+))?(?:(\.)(\d*))?/y;
const unitWord = /[^\d \t\n\r\v\f.+-]+/y;
const anyWord = /[^ \t\n\r]+/y;

/** Reads a time span exactly as far as systemd accepts one. Never throws; the work is linear in the text. */
export function parseTimeSpan(text: string, options: TimeSpanOptions): ParsedSpan {
  const { defaultUnit, nanoseconds = false } = options;
  const counted = text.trim();
  if (counted === "") {
    return faultAt(text, 0, text.length, 'the time span is missing; use a number with a unit, such as "5min"');
  }
  if (/^infinity[ \t\n\r]*$/.test(text.slice(skip(blanks, text, 0)))) {
    return nanoseconds ? { usec: "infinity", nsec: "infinity", parts: [] } : { usec: "infinity", parts: [] };
  }
  const base = nanoseconds ? 1n : nanosecondsOf.us;
  const parts: TimeSpanPart[] = [];
  let total = 0n;
  let at = skip(blanks, text, 0);
  while (at < text.length) {
    number.lastIndex = at;
    const [written = "", whole = "", point, fraction = ""] = number.exec(text) ?? [];
    const end = at + written.length;
    const start = end - written.trimStart().length;
    if ((whole === "" && point === undefined) || (point !== undefined && fraction === "")) {
      return faultyNumber(text, start, point === undefined ? undefined : end);
    }
    const gap = skip(blanks, text, end);
    const word = match(unitWord, text, gap);
    const unit = word === "" ? defaultUnit : spellings.get(word);
    if (unit === undefined || (unit === "ns" && word !== "" && !nanoseconds)) {
      return unknownUnit(text, start, gap, word, nanoseconds);
    }
    if (word === "" && gap === end && end < text.length) return faultyEnd(text, start, end);

    const added = measure(whole, fraction, nanosecondsOf[unit] / base);
    if (added === undefined || total + added >= infinity) {
      return faultAt(
        text,
        start,
        gap + word.length,
        `"${counted}" is longer than systemd supports; use "infinity" for no limit`,
      );
    }
    total += added;
    const unitSpan = word === "" ? {} : { unit: { start: gap, end: gap + word.length } };
    parts.push({ number: { start, end }, ...unitSpan });
    at = skip(blanks, text, gap + word.length);
  }
  return nanoseconds ? { usec: Number(total) / 1000, nsec: Number(total), parts } : { usec: Number(total), parts };
}

/** A number times a factor, cut to whole units as systemd does digit by digit; undefined beyond its range. */
function measure(whole: string, fraction: string, factor: bigint): bigint | undefined {
  const digits = whole.replace(/^0+(?=\d)/, "");
  if (digits.length > 19) return undefined;
  const count = BigInt(digits);
  if (count > maxInteger || count >= infinity / factor) return undefined;
  let sum = count * factor;
  let place = factor / 10n;
  for (let at = 0; at < fraction.length && place > 0n; at++, place /= 10n) sum += BigInt(fraction.charAt(at)) * place;
  return sum;
}

function faultyNumber(text: string, start: number, end: number | undefined): ParsedSpan {
  const word = match(anyWord, text, start);
  if (end !== undefined) {
    const part = text.slice(start, end);
    return faultAt(
      text,
      start,
      end,
      `"${part}" has no digit after the decimal point; use "${part}0" or remove the point`,
    );
  }
  const wordEnd = start + word.length;
  if (word.startsWith("-")) {
    return faultAt(text, start, wordEnd, `"${word}" is negative, but a time span is at least 0; remove the "-"`);
  }
  const alone = start === skip(blanks, text, 0) && text.trim() === word;
  if (alone && findNearest(word, ["infinity"]) !== undefined) {
    return faultAt(text, start, wordEnd, `"${word}" is not a time span; did you mean "infinity"?`, "infinity");
  }
  if (word.toLowerCase().startsWith("infinity") || /\binfinity\b/.test(text)) {
    return faultAt(
      text,
      start,
      wordEnd,
      `"${text.trim()}" combines "infinity" with other values; use "infinity" alone`,
    );
  }
  if (spellings.has(word)) {
    return faultAt(text, start, wordEnd, `"${word}" has no number before it; use for example "5${word}"`);
  }
  return faultAt(text, start, wordEnd, `"${word}" is not a time span; use numbers with units, such as "5min 20s"`);
}

function unknownUnit(text: string, start: number, at: number, word: string, nanoseconds: boolean): ParsedSpan {
  const part = text.slice(start, at + word.length);
  const end = at + word.length;
  if (word === "ns" || word === "nsec") {
    return faultAt(text, at, end, `"${part}" has nanoseconds, which this setting does not support; use "us"`);
  }
  if (!/^[\p{L}]+$/u.test(word)) {
    const odd = /[^\p{L}]/u.exec(word);
    const from = at + (odd?.index ?? 0);
    const sign = String.fromCodePoint(text.codePointAt(from) ?? 0);
    return faultAt(
      text,
      from,
      from + sign.length,
      `"${text.trim()}" contains "${sign}", which is not valid in a time span; use numbers with units, such as "1.5h" or "5min 20s"`,
    );
  }
  const known = [...spellings.keys()].filter((name) => nanoseconds || spellings.get(name) !== "ns");
  // Of two that are equally near, the one with the same ending: "minuts" means "minutes", not "minute".
  const [sameEnd = [], others = []] = [true, false].map((same) =>
    known.filter((name) => (name.at(-1) === word.at(-1)) === same),
  );
  const meant = commonNames.get(word.toLowerCase()) ?? findNearest(word, [...sameEnd, ...others]);
  const unknown = `"${part}" has the unknown unit "${word}"`;
  return meant === undefined
    ? faultAt(text, at, end, `${unknown}; use one of us, ms, s, min, h, d, w, month and y`)
    : faultAt(text, at, end, `${unknown}; did you mean "${meant}"?`, meant);
}

/** For what stands right behind a number and neither begins a unit nor is apart from it. */
function faultyEnd(text: string, start: number, at: number): ParsedSpan {
  const rest = match(anyWord, text, at);
  const end = at + rest.length;
  const part = text.slice(start, end);
  return rest.startsWith(".")
    ? faultAt(text, at, end, `"${part}" has a second decimal point; use a number such as "1.5"`)
    : faultAt(text, at, end, `"${part}" is not a single number; add a space or a unit before "${rest}"`);
}

function faultAt(text: string, start: number, end: number, message: string, replacement?: string): ParsedSpan {
  const span = { start, end: Math.min(end, text.length) };
  return { fault: replacement === undefined ? { span, message } : { span, message, replacement } };
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function skip(pattern: RegExp, text: string, at: number): number {
  return at + match(pattern, text, at).length;
}

const printed = ["y", "month", "w", "d", "h", "min", "s", "ms", "us"] as const satisfies readonly TimeUnit[];

/**
 * A span of microseconds as systemd prints it: "1h 30min", "1.500000s" (below a minute with a point), "0", "infinity".
 * What is less than a microsecond is left out.
 */
export function formatTimeSpan(usec: number | "infinity"): string {
  if (usec === "infinity" || usec === Number.POSITIVE_INFINITY) return "infinity";
  const words: string[] = [];
  let rest = BigInt(Math.floor(usec));
  for (const unit of printed) {
    const size = nanosecondsOf[unit] / nanosecondsOf.us;
    if (rest < size || rest <= 0n) continue;
    const count = rest / size;
    const left = rest % size;
    if (rest < 60_000_000n && left > 0n) {
      // Here units are powers of ten, so the remainder is the fraction.
      words.push(`${count}.${String(left).padStart(String(size).length - 1, "0")}${unit}`);
      break;
    }
    words.push(`${count}${unit}`);
    rest = left;
  }
  return words.length === 0 ? "0" : words.join(" ");
}
