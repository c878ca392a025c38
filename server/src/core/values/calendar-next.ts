// When calendar events come: the next times of an event, with the jumps of the clocks of its zone.
import type { CalendarEvent } from "./calendar.ts";
import type { CalendarItem } from "./calendar-lists.ts";
import { shortDayNames } from "./calendar-words.ts";
import { offsetAt } from "./time-zones.ts";

const second = 1_000_000;
const day = 86_400 * second;
/** systemd looks no further. */
const lastYear = 2199;

export interface NextOptions {
  /** Microseconds since 1970; times at it do not count. */
  readonly from: number;
  readonly count: number;
  /** The host's zone by its name, such as "Europe/Berlin"; the event's own goes before. */
  readonly zone: string;
}

/** The next times of an event in microseconds since 1970, fewer than asked when no more come before the year 2200. */
export function nextElapses(event: CalendarEvent, { from, count, zone }: NextOptions): number[] {
  const clock = clockOf(event.zone ?? zone, zone);
  const found: number[] = [];
  let after = from;
  while (found.length < count) {
    const next = nextAfter(event, after, clock);
    if (next === undefined) break;
    found.push(next);
    after = next;
  }
  return found;
}

/** What the clocks of a zone show at an instant: weekday, date and time. */
export function clockText(instant: number, zone: string): string {
  const shown = instant + offsetAt(zone, instant, zone);
  const [date = "", time = ""] = new Date(Math.floor(shown / 1000)).toISOString().split(/[TZ]/);
  const weekday = shortDayNames[(new Date(Math.floor(shown / 1000)).getUTCDay() + 6) % 7] ?? "";
  const fraction = shown % second;
  return `${weekday} ${date} ${time.slice(0, 8)}${fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`}`;
}

/** From instants to what clocks show and back, all in microseconds. */
interface Clock {
  shown(instant: number): number;
  /** The first instant at which clocks show this; undefined for a time that they jump over. */
  instant(shown: number): number | undefined;
}

function clockOf(zone: string, local: string): Clock {
  const ahead = (instant: number) => offsetAt(zone, instant, local);
  return {
    shown: (instant) => instant + ahead(instant),
    instant(shown) {
      // What the zone is ahead a day before and after are all that it can be in between.
      const guesses = [ahead(shown - day), ahead(shown + day)].map((offset) => shown - offset);
      return guesses.sort((a, b) => a - b).find((guess) => guess + ahead(guess) === shown);
    },
  };
}

function nextAfter(event: CalendarEvent, after: number, clock: Clock): number | undefined {
  const start = clock.shown(after);
  // Where clocks are set back, times that they have shown already come again.
  let date = Math.floor(start / day) * day;
  let min = start - date;
  for (;;) {
    const next = nextDate(event, date);
    if (next === undefined) return undefined;
    if (next !== date) min = 0;
    for (let time = nextTime(event, min); time !== undefined; time = nextTime(event, time + 1)) {
      const instant = clock.instant(next + time);
      if (instant !== undefined && instant > after) return instant;
    }
    date = next + day;
    min = 0;
  }
}

/** The first day from `from` on that the event takes, as what clocks show at its beginning. */
function nextDate({ year, month, day: days, fromMonthEnd, weekdays }: CalendarEvent, from: number): number | undefined {
  const start = new Date(from / 1000);
  let [y, m, d] = [start.getUTCFullYear(), start.getUTCMonth() + 1, start.getUTCDate()];
  for (;;) {
    const nextYear = nextOf(year, y, lastYear);
    if (nextYear === undefined) return undefined;
    if (nextYear !== y) [y, m, d] = [nextYear, 1, 1];
    const nextMonth = nextOf(month, m, 12);
    if (nextMonth === undefined) {
      [y, m, d] = [y + 1, 1, 1];
      continue;
    }
    if (nextMonth !== m) [m, d] = [nextMonth, 1];
    const length = new Date(Date.UTC(y, m, 0)).getUTCDate();
    const list = fromMonthEnd ? days.map((item) => countedFromEnd(item, length)) : days;
    for (let at = nextOf(list, d, length); at !== undefined; at = nextOf(list, at + 1, length)) {
      const found = Date.UTC(y, m - 1, at);
      const weekday = (new Date(found).getUTCDay() + 6) % 7;
      if (weekdays.length === 0 || weekdays.includes(weekday)) return found * 1000;
    }
    [m, d] = [m + 1, 1];
    if (m > 12) [y, m] = [y + 1, 1];
  }
}

/** A day that counts from the end of a month, as one that counts from its beginning. */
function countedFromEnd({ start, stop, repeat }: CalendarItem, length: number): CalendarItem {
  const real = (value: number) => length + 1 - value;
  if (stop === undefined) return { start: real(start), repeat };
  return { start: Math.min(real(start), real(stop)), stop: Math.max(real(start), real(stop)), repeat };
}

/** The first time of the day from `least` microseconds on. */
function nextTime({ hour, minute, second: seconds }: CalendarEvent, min: number): number | undefined {
  const whole = { hour: Math.floor(min / (3600 * second)), minute: Math.floor(min / (60 * second)) % 60 };
  for (let h = nextOf(hour, whole.hour, 23); h !== undefined; h = nextOf(hour, h + 1, 23)) {
    const firstMinute = h === whole.hour ? whole.minute : 0;
    for (let m = nextOf(minute, firstMinute, 59); m !== undefined; m = nextOf(minute, m + 1, 59)) {
      const begin = (h * 60 + m) * 60 * second;
      const s = nextOf(seconds, Math.max(0, min - begin), 60 * second - 1);
      if (s !== undefined) return begin + s;
    }
  }
  return undefined;
}

/** The first number from `least` to `most` in a list, where an empty one takes all. */
function nextOf(items: readonly CalendarItem[], min: number, max: number): number | undefined {
  if (items.length === 0) return min <= max ? min : undefined;
  let best: number | undefined;
  for (const { start, stop = max, repeat } of items) {
    const steps = repeat === 0 ? 0 : Math.max(0, Math.ceil((min - start) / repeat));
    const value = start + steps * repeat;
    if (value < min || value > (repeat === 0 ? max : Math.min(stop, max))) continue;
    if (best === undefined || value < best) best = value;
  }
  return best;
}
