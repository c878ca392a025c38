// Calendar events such as "Mon..Fri 08:00": reads them as systemd does, and writes their normal form.
import type { Span } from "../text/span.ts";
import {
  type CalendarFault,
  type CalendarItem,
  fail,
  peek,
  readField,
  type Scan,
  scanList,
  type WrittenList,
  wordFrom,
} from "./calendar-lists.ts";
import { dayNames, indexOfName, scanWeekdays, shortDayNames, shorthands, skipBlanks } from "./calendar-words.ts";
import { isTimeZone, nearestTimeZone } from "./time-zones.ts";

/** When something is due. An empty list of numbers takes every number. */
export interface CalendarEvent {
  /** 0 for Monday to 6 for Sunday, in order; empty for every day. */
  readonly weekdays: readonly number[];
  readonly year: readonly CalendarItem[];
  readonly month: readonly CalendarItem[];
  readonly day: readonly CalendarItem[];
  /** Whether days count back from the end of the month, which is 1. */
  readonly fromMonthEnd: boolean;
  readonly hour: readonly CalendarItem[];
  readonly minute: readonly CalendarItem[];
  /** Microseconds of the minute; never empty. */
  readonly second: readonly CalendarItem[];
  /** "UTC" or a name of the time zone database; without one the host's zone counts. */
  readonly zone?: string;
  /** One of the names that the host's own zone has for its standard and its daylight saving time. */
  readonly localZone?: { readonly name: string; readonly daylight: boolean };
  readonly parts: readonly CalendarPart[];
}

/** What is written where, for colours; blanks between the parts belong to none. */
export interface CalendarPart extends Span {
  readonly kind: "shorthand" | "weekdays" | "date" | "time" | "timestamp" | "zone";
}

export interface CalendarOptions {
  /** The names of the host's zone, such as "CET" and "CEST"; they are no zones where nobody knows the host. */
  readonly localZoneNames?: { readonly standard: string; readonly daylight: string };
}

type Fields = Pick<
  CalendarEvent,
  "weekdays" | "year" | "month" | "day" | "fromMonthEnd" | "hour" | "minute" | "second"
> & { readonly parts: readonly CalendarPart[]; readonly utc?: boolean };
type Date = Pick<Fields, "year" | "month" | "day" | "fromMonthEnd">;
type Time = Pick<Fields, "hour" | "minute" | "second">;

const zero: readonly CalendarItem[] = [{ start: 0, repeat: 0 }];
const everyDay: Date = { year: [], month: [], day: [], fromMonthEnd: false };
const midnight: Time = { hour: zero, minute: zero, second: zero };

/**
 * Reads a calendar event exactly as far as systemd accepts one. Never throws; the work is linear in the text. An event
 * that is right but never comes (31 February, or a weekday that its date does not fall on) is no fault: ask `nextElapses`
 * with 1970 for it.
 */
export function parseCalendar(
  text: string,
  options: CalendarOptions = {},
): CalendarEvent | { readonly fault: CalendarFault } {
  const zoned = splitZone(text, options);
  const scan: Scan = { text, end: zoned.end, at: 0 };
  const fields = scanEvent(scan);
  if (fields === undefined) {
    return { fault: explainLastWord(text) ?? scan.fault ?? { span: { start: 0, end: text.length }, message: "" } };
  }
  const { utc = false, parts, ...rest } = fields;
  const zonePart = zoned.end < text.length ? [{ kind: "zone" as const, start: zoned.end + 1, end: text.length }] : [];
  const zone = utc ? "UTC" : zoned.zone;
  return {
    ...rest,
    ...(zone === undefined ? {} : { zone }),
    ...(zoned.localZone === undefined || utc ? {} : { localZone: zoned.localZone }),
    parts: [...parts, ...zonePart],
  };
}

interface Zoned {
  /** Where the event ends, without the blank before the zone. */
  readonly end: number;
  readonly zone?: string;
  readonly localZone?: { readonly name: string; readonly daylight: boolean };
}

function splitZone(text: string, { localZoneNames }: CalendarOptions): Zoned {
  const blank = text.lastIndexOf(" ");
  const word = text.slice(blank + 1);
  if (blank < 0) return { end: text.length };
  if (word.toLowerCase() === "utc") return { end: blank, zone: "UTC" };
  for (const [kind, name] of Object.entries(localZoneNames ?? {})) {
    if (name.toLowerCase() === word.toLowerCase())
      return { end: blank, localZone: { name, daylight: kind === "daylight" } };
  }
  return isTimeZone(word) ? { end: blank, zone: word } : { end: text.length };
}

function scanEvent(scan: Scan): Fields | undefined {
  const body = scan.text.slice(0, scan.end);
  const whole = { start: 0, end: scan.end };
  if (body === "") {
    return fail(
      scan,
      0,
      scan.text.length,
      'the calendar event is missing; use for example "daily" or "Mon..Fri 08:00"',
    );
  }
  const shorthand = shorthands.get(body.toLowerCase());
  if (shorthand !== undefined) {
    const fields = scanEvent({ text: shorthand.join(" "), end: shorthand.join(" ").length, at: 0 });
    return fields && { ...fields, parts: [{ kind: "shorthand", ...whole }] };
  }
  if (/^ | $/.test(body)) {
    const [start, end] = body.startsWith(" ")
      ? [0, /[^ ]|$/.exec(body)?.index ?? 0]
      : [body.trimEnd().length, scan.end];
    if (start === 0 || (/^\S* *$/.test(body.slice(body.lastIndexOf(":") + 1)) && body.includes(":"))) {
      return fail(scan, start, end, `"${scan.text}" has an extra space; remove it`, "");
    }
  }
  const parts: CalendarPart[] = [];
  const add = (kind: CalendarPart["kind"], start: number): void => {
    const end = start + scan.text.slice(start, scan.at).trimEnd().length;
    if (end > start) parts.push({ kind, start, end });
  };
  const weekdays = scanWeekdays(scan);
  if (weekdays === undefined) return undefined;
  add("weekdays", 0);

  let start = scan.at;
  if (peek(scan) === "@") {
    const fields = scanTimestamp(scan);
    add("timestamp", start);
    return fields && { ...fields, weekdays, parts, utc: true };
  }
  const date = scanDate(scan);
  if (date === undefined) return undefined;
  add("date", start);
  start = scan.at;
  const time = scanTime(scan);
  if (time === undefined) return undefined;
  add("time", start);
  return { weekdays, ...date, ...time, parts };
}

/** Seconds since 1970, which are in UTC whatever follows. */
function scanTimestamp(scan: Scan): (Date & Time) | undefined {
  const start = scan.at;
  const word = scan.text.slice(start, scan.end);
  const [, digits] = /^@[ \t\n\r\v\f]*\+?(\d+)$/.exec(word) ?? [];
  scan.at = scan.end;
  if (digits === undefined) {
    return fail(
      scan,
      start,
      scan.end,
      `"${word}" is not "@" and a number of seconds since 1970; use for example "@1893456000"`,
    );
  }
  const at = new globalThis.Date(Number(digits) * 1000);
  // Written so that a year which no date can have is too late as well.
  if (!(at.getUTCFullYear() <= 2199)) {
    return fail(scan, start, scan.end, `"${word}" is after the year 2199, which is systemd's limit; use fewer seconds`);
  }
  const one = (value: number): readonly CalendarItem[] => [{ start: value, repeat: 0 }];
  return {
    year: one(at.getUTCFullYear()),
    month: one(at.getUTCMonth() + 1),
    day: one(at.getUTCDate()),
    fromMonthEnd: false,
    hour: one(at.getUTCHours()),
    minute: one(at.getUTCMinutes()),
    second: one(at.getUTCSeconds() * 1_000_000),
  };
}

function scanDate(scan: Scan): Date | undefined {
  const start = scan.at;
  if (start === scan.end) return everyDay;
  const lists: WrittenList[] = [];
  let sign = "";
  for (;;) {
    const list = scanList(scan, false);
    if (list === undefined) return undefined;
    lists.push(list);
    const next = peek(scan);
    if (lists.length === 1 && (next === "" || next === ":")) {
      scan.at = start;
      return everyDay; // it was a time
    }
    if (lists.length > 1 && (next === "" || next === " ")) break;
    const written = wordFrom(scan, start);
    if (next !== "-" && next !== "~") {
      const message = `"${written}" is neither a date nor a time; use "2030-12-31" or "12-31" for a date and "08:00" for a time`;
      return fail(scan, start, start + written.length, message);
    }
    if (lists.length === 3) {
      return fail(
        scan,
        scan.at,
        start + written.length,
        `"${written}" has more than year, month and day; remove the rest`,
      );
    }
    if (sign === "~") {
      return fail(
        scan,
        scan.at - list.end + list.start - 1,
        scan.at - list.end + list.start,
        `"${written}" has "~" in the wrong place; only the last "-" can be "~", to count days from the end of the month`,
        "-",
      );
    }
    sign = next;
    scan.at += 1;
  }
  skipBlanks(scan);
  const [dayList, monthList, yearList] = lists.reverse();
  const year = yearList === undefined ? [] : readField(scan, yearList, "year");
  const month = year && monthList && readField(scan, monthList, "month");
  const day = month && dayList && readField(scan, dayList, sign === "~" ? "dayFromEnd" : "day");
  return year && month && day && { year, month, day, fromMonthEnd: sign === "~" && day.length > 0 };
}

function scanTime(scan: Scan): Time | undefined {
  const start = scan.at;
  if (start === scan.end) return midnight;
  const lists: WrittenList[] = [];
  for (;;) {
    const list = scanList(scan, lists.length === 2);
    if (list === undefined) return undefined;
    lists.push(list);
    if (scan.at === scan.end && lists.length > 1) break;
    const written = wordFrom(scan, start);
    const isTime = peek(scan) === ":" && lists.length < 3;
    if (scan.at === scan.end) {
      const [date, meant] = written === "*" ? ["*-*-*", "*:*"] : ["2030-12-31", `${written}:00`];
      return fail(
        scan,
        start,
        scan.end,
        `"${written}" is neither a date nor a time; use "${meant}" for a time, or "${date}" for a date`,
      );
    }
    if (!isTime) {
      const rest = scan.text.slice(scan.at, scan.end);
      return fail(
        scan,
        scan.at,
        scan.end,
        `"${rest.trim()}" is not valid after the time "${scan.text.slice(start, scan.at)}"; the order is weekdays, date, time, time zone`,
      );
    }
    scan.at += 1;
  }
  const [hours, minutes, seconds] = lists;
  const hour = hours && readField(scan, hours, "hour");
  const minute = hour && minutes && readField(scan, minutes, "minute");
  const second = minute && (seconds === undefined ? zero : readField(scan, seconds, "second"));
  return hour && minute && second && { hour, minute, second };
}

/** Where all but the last word is an event, that word is what is wrong: an unknown zone, or it stands in the wrong place. */
function explainLastWord(text: string): CalendarFault | undefined {
  const blank = text.lastIndexOf(" ");
  const [start, end] = [blank + 1, text.length];
  const [before, word] = [text.slice(0, Math.max(blank, 0)), text.slice(start)];
  if (word === "" || before === "") return undefined;
  if (text.split(" ").length === 5 && /^[\d*,/-]+( [\dA-Za-z*,/-]+){4}$/.test(text)) {
    const message = `"${text}" is in cron's format; use weekdays, date and time, such as "Mon *-*-* 08:00"`;
    return { span: { start: 0, end }, message };
  }
  const scan: Scan = { text: before, end: before.length, at: 0 };
  const fields = scanEvent(scan);
  if (fields === undefined) return undefined;
  const shorthand = shorthands.get(before.toLowerCase());
  const isTime = /^[\d*.,/]+:/.test(word);
  if (shorthand !== undefined && (isTime || /^[\d*]/.test(word))) {
    const meant = isTime ? `${shorthand[0]} ${word}` : undefined;
    const wayOut = meant === undefined ? "remove the rest" : `use "${meant}"`;
    const message = `"${before}" can only be followed by a time zone, not by "${word}"; ${wayOut}`;
    return { span: { start: 0, end }, message, ...(meant === undefined ? {} : { replacement: meant }) };
  }
  const isWeekday =
    Math.max(...[dayNames, shortDayNames].map((names) => indexOfName(names, (/^[A-Za-z]+/.exec(word) ?? [""])[0]))) >=
    0;
  const hasTime = fields.parts.some(({ kind }) => kind === "time");
  if ((isWeekday && shorthand === undefined) || (hasTime && /^[\d*.,/]+[-~]/.test(word))) {
    const what = isWeekday ? "weekdays come first" : "the date comes before the time";
    const meant = `${word} ${before}`;
    return {
      span: { start: 0, end },
      message: `"${text}" is in the wrong order, because ${what}; use "${meant}"`,
      replacement: meant,
    };
  }
  if (!/^[A-Za-z]/.test(word) && !/^[+-]\d/.test(word)) return undefined;
  const meant = nearestTimeZone(word);
  const unknown = `"${word}" is not a known time zone`;
  return meant === undefined
    ? { span: { start, end }, message: `${unknown}; use "UTC" or a name such as "Europe/Berlin"` }
    : { span: { start, end }, message: `${unknown}; did you mean "${meant}"?`, replacement: meant };
}
