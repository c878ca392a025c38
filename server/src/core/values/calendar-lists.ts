// The numbers of a calendar event: lists such as "0,30" or "8..18/2" with their limits, and what is wrong with them.
import type { Span } from "../text/span.ts";

/** One number, or every `repeat` from `start` to `stop` (to the field's end without one). */
export interface CalendarItem {
  readonly start: number;
  readonly stop?: number;
  /** 0 for a single number. */
  readonly repeat: number;
}

export interface CalendarFault {
  /** The part that is wrong, in the text that was given; empty where something is missing. */
  readonly span: Span;
  /** One sentence with the value in double quotes and the way out. */
  readonly message: string;
  /** What to write in place of the span, where that is obvious. */
  readonly replacement?: string;
}

/** A text while it is read; whoever finds a fault sets it and gives undefined, and everybody above stops. */
export interface Scan {
  readonly text: string;
  /** Behind the last unit to read; a time zone may follow. */
  readonly end: number;
  at: number;
  fault?: CalendarFault;
}

export function fail(scan: Scan, start: number, end: number, message: string, replacement?: string): undefined {
  const span = { start, end };
  scan.fault = replacement === undefined ? { span, message } : { span, message, replacement };
  return undefined;
}

/** The unit at the reading place, or "" at the end. */
export function peek(scan: Scan, ahead = 0): string {
  return scan.at + ahead < scan.end ? scan.text.charAt(scan.at + ahead) : "";
}

/** From a place to the next blank or the end. */
export function wordFrom(scan: Scan, at: number): string {
  return /^[^ ]*/.exec(scan.text.slice(at, scan.end))?.[0] ?? "";
}

/** The word that a place is in or behind. */
export function wordAround(scan: Scan, at: number): string {
  return wordFrom(scan, at === 0 ? 0 : scan.text.lastIndexOf(" ", at - 1) + 1);
}

interface WrittenNumber extends Span {
  /** Microseconds for seconds. */
  readonly value: number;
}

interface WrittenItem extends Span {
  readonly first: WrittenNumber;
  readonly last?: WrittenNumber;
  readonly step?: WrittenNumber;
}

/** What is written for one field; it is judged when the signs behind it have told which field it is. */
export interface WrittenList extends Span {
  /** Empty for "*". */
  readonly items: readonly WrittenItem[];
}

const secondLength = 1_000_000;
/** systemd counts in C's int. */
const maxNumber = 2 ** 31 - 1;
const maxItems = 241;

const wholeNumber = /(\d+)/y;
/** One point is the decimal one, two make a range. */
const secondsNumber = /(\d+)(?:(\.)(?!\.)(\d*))?/y;

/** Reads "*" or a list of numbers and ranges up to the sign that ends it. Seconds may have fractions. */
export function scanList(scan: Scan, seconds: boolean): WrittenList | undefined {
  const start = scan.at;
  if (peek(scan) === "*") {
    scan.at += 1;
    const next = peek(scan);
    if (next === "/") return failStep(scan, start);
    if (next === "," || next === ".") {
      return fail(
        scan,
        start,
        scan.at + 1,
        `"*" already matches every value and cannot be combined with "${next}"; use "*" alone`,
      );
    }
    return { start, end: scan.at, items: [] };
  }
  const items: WrittenItem[] = [];
  for (;;) {
    const item = scanItem(scan, seconds);
    if (item === undefined) return undefined;
    if (items.length >= maxItems) {
      return fail(
        scan,
        start,
        scan.at,
        `this list has more than ${maxItems} numbers, which is systemd's limit; use ranges or steps`,
      );
    }
    items.push(item);
    if (peek(scan) !== ",") return { start, end: scan.at, items };
    scan.at += 1;
  }
}

function scanItem(scan: Scan, seconds: boolean): WrittenItem | undefined {
  const start = scan.at;
  const first = scanNumber(scan, seconds);
  if (first === undefined) return undefined;
  let item: WrittenItem = { start, end: scan.at, first };
  if (peek(scan) === "." && peek(scan, 1) === ".") {
    scan.at += 2;
    const last = scanNumber(scan, seconds);
    if (last === undefined) return undefined;
    item = { ...item, last, end: scan.at };
  }
  if (peek(scan) === "/") {
    scan.at += 1;
    const step = scanNumber(scan, seconds);
    if (step === undefined) return undefined;
    item = { ...item, step, end: scan.at };
  }
  return /^[ ,~:-]?$/.test(peek(scan)) ? item : failAfter(scan, start);
}

function scanNumber(scan: Scan, seconds: boolean): WrittenNumber | undefined {
  const { at: start } = scan;
  const pattern = seconds ? secondsNumber : wholeNumber;
  pattern.lastIndex = start;
  const [written = "", whole = "", point, fraction = ""] = pattern.exec(scan.text) ?? [];
  if (written === "") return failNumber(scan);
  scan.at += written.length;
  if (point !== undefined && fraction === "") {
    return fail(scan, start, scan.at, `"${written}" has no digit after the decimal point; use "${whole}"`, whole);
  }
  // The seventh digit decides how the sixth is rounded, and the others do not count.
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0")) + (fraction.charAt(6) >= "5" ? 1 : 0);
  const value = seconds ? Number(whole) * secondLength + micros : Number(whole);
  if (value > maxNumber) return fail(scan, start, scan.at, `"${written}" is too large; use a smaller number`);
  return { start, end: scan.at, value };
}

function failNumber(scan: Scan): undefined {
  const { at } = scan;
  const before = scan.text.slice(0, scan.end);
  const rest = wordFrom(scan, at);
  const around = wordAround(scan, at);
  if (rest === "")
    return fail(scan, at, at, `"${before}" ends where a number is expected; add one, or "*" for every value`);
  if (rest.startsWith("*")) {
    return fail(scan, at, at + 1, `"${around}" mixes "*" with numbers; use "*" alone for every value`);
  }
  return fail(
    scan,
    at,
    at + rest.length,
    `"${rest}" is not a number; use dates such as "2030-12-31" and times such as "08:00"`,
  );
}

function failStep(scan: Scan, start: number): undefined {
  const word = wordAround(scan, start);
  const step = /^\*\/\d*/.exec(wordFrom(scan, start))?.[0] ?? "";
  // Years have no obvious beginning; everything else in a date counts from 1, and in a time from 0.
  const isYear = /^[^:]*[-~][^:]*[-~]/.test(word) && start === scan.text.indexOf(word);
  const begin = word.includes(":") ? "0" : "1";
  const meant = isYear ? undefined : begin + step.slice(1);
  const wayOut = isYear ? 'a year before the "/"' : `"${meant}"`;
  return fail(scan, start, start + step.length, `"${step}" has a step after "*"; use ${wayOut}`, meant);
}

/** For what stands right behind an item and ends it in no way. */
function failAfter(scan: Scan, start: number): undefined {
  const { at } = scan;
  const word = wordAround(scan, start);
  const rest = wordFrom(scan, at);
  const apart = `${word.slice(0, word.length - rest.length)} ${rest.slice(1)}`;
  if (/^[Tt]\d/.test(rest)) {
    return fail(scan, at, at + 1, `"${word}" has "${rest.charAt(0)}" before the time; use a space: "${apart}"`, " ");
  }
  if (/^\s*[ap]m$/i.test(rest)) {
    return fail(scan, at, at + rest.length, `"${word}" has "${rest}", but hours are 0 to 23; use "17:00" for 5pm`);
  }
  if (/^\.\d/.test(rest) && !word.includes("..")) {
    return fail(scan, at, at + 1, `"${word}" has a single "."; use ".." for a range`, "..");
  }
  return fail(
    scan,
    at,
    at + rest.length,
    `"${rest}" is not valid in "${word}"; use dates such as "2030-12-31" and times such as "08:00"`,
  );
}

export type CalendarField = "year" | "month" | "day" | "dayFromEnd" | "hour" | "minute" | "second";

interface Limits {
  readonly min: number;
  readonly max: number;
  /** What a number out of the limits is not. */
  readonly one: string;
}

const limitsOf: Readonly<Record<CalendarField, Limits>> = {
  year: { min: 1970, max: 2199, one: "a year that systemd supports" },
  month: { min: 1, max: 12, one: "a month" },
  day: { min: 1, max: 31, one: "a day of a month" },
  // So many days has every month.
  dayFromEnd: { min: 1, max: 28, one: 'a day counted from the end of the month with "~"' },
  hour: { min: 0, max: 23, one: "an hour" },
  minute: { min: 0, max: 59, one: "a minute" },
  second: { min: 0, max: 59_999_999, one: "a second" },
};

/**
 * The list as a field, in systemd's normal form: sorted, each item once, ranges cut to their last step. Empty for every
 * number of the field; for seconds, which count in microseconds here, that is each full second.
 */
export function readField(scan: Scan, list: WrittenList, field: CalendarField): readonly CalendarItem[] | undefined {
  if (list.items.length === 0) return field === "second" ? [{ start: 0, repeat: secondLength }] : [];
  const items = new Map<string, CalendarItem>();
  for (const written of list.items) {
    const item = readItem(scan, written, field);
    if (item === undefined) return undefined;
    items.set(`${item.start} ${item.stop} ${item.repeat}`, item);
  }
  return [...items.values()].sort(
    (a, b) => a.start - b.start || (a.stop ?? -1) - (b.stop ?? -1) || a.repeat - b.repeat,
  );
}

function readItem(scan: Scan, written: WrittenItem, field: CalendarField): CalendarItem | undefined {
  const { min, max, one } = limitsOf[field];
  const { first, last, step } = written;
  const full = field === "year" ? fullYear : (value: number) => value;
  const shown = (value: number): string => String(field === "second" ? Math.floor(value / secondLength) : value);
  const failNumber = (number: WrittenNumber): undefined =>
    fail(scan, number.start, number.end, `"${textOf(scan, number)}" is not ${one}; use ${shown(min)} to ${shown(max)}`);

  if (step?.value === 0) {
    return fail(
      scan,
      first.start,
      step.end,
      `"${textOf(scan, written)}" has a step of 0; use a step of at least 1, or none`,
    );
  }
  const start = full(first.value);
  let stop = last && full(last.value);
  const unit = field === "second" ? secondLength : 1;
  const repeat = step?.value ?? (last === undefined ? 0 : unit);
  if (start < min || start > max) return failNumber(first);
  if (stop !== undefined && last !== undefined) {
    if (field === "second" && step === undefined && start <= stop && start + unit > stop) {
      return fail(
        scan,
        written.start,
        written.end,
        `"${textOf(scan, written)}" is shorter than its step of one second; use "${textOf(scan, first)}", or a step such as "/0.1"`,
      );
    }
    if (stop > start) stop -= (stop - start) % repeat;
    if (stop > max || stop < min) return failNumber(last);
    if (stop < start) return failBackwards(scan, written, field, last);
    if (stop === start) return { start, repeat: 0 };
    return { start, stop, repeat };
  }
  const room = field === "dayFromEnd" ? start - min : max - start;
  if (repeat > room) {
    const end = field === "dayFromEnd" ? min : max;
    return fail(
      scan,
      written.start,
      written.end,
      `"${textOf(scan, written)}" has a step beyond ${shown(end)}; use "${textOf(scan, first)}" alone, or a smaller step`,
    );
  }
  return { start, repeat };
}

function failBackwards(scan: Scan, written: WrittenItem, field: CalendarField, last: WrittenNumber): undefined {
  const [from, to] = [textOf(scan, written.first), textOf(scan, last)];
  const { min, max } = limitsOf[field];
  const around = field === "hour" || field === "minute" || field === "month" || field === "day";
  const [before, after] = [
    written.first.value === max ? from : `${from}..${max}`,
    last.value === min ? to : `${min}..${to}`,
  ];
  const meant = around ? `${before},${after}` : `${to}..${from}`;
  const replacement = written.step === undefined ? meant : undefined;
  const wayOut = replacement === undefined ? "put the smaller number first" : `use "${replacement}"`;
  return fail(scan, written.start, written.end, `"${textOf(scan, written)}" runs backwards; ${wayOut}`, replacement);
}

/** Two digits mean 1970 to 2069. */
function fullYear(year: number): number {
  if (year < 70) return year + 2000;
  return year < 100 ? year + 1900 : year;
}

function textOf(scan: Scan, span: Span): string {
  return scan.text.slice(span.start, span.end);
}
