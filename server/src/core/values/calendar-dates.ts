// Calendar events whose dates never come: no such day in the month, or never on such a weekday.
import type { CalendarEvent } from "./calendar.ts";
import type { CalendarItem } from "./calendar-lists.ts";

/** Events with more dates written out are not looked into; nobody writes so many by mistake. */
const maxDates = 1000;
/** A leap year, in which every date is that is in any. */
const leapYear = 2000;

/**
 * Whether none of the dates that an event names is in the calendar, such as 31 June, or Monday, 24 November 2026. False
 * where dates are not written out, but said by ranges or steps.
 */
export function hasNoDate({ weekdays, year, month, day, fromMonthEnd }: CalendarEvent): boolean {
  const months = plainNumbers(month);
  const days = plainNumbers(day);
  const years = plainNumbers(year);
  if (fromMonthEnd || months === undefined || days === undefined || months.length === 0 || days.length === 0)
    return false;
  if (months.length * days.length * Math.max(1, years?.length ?? 1) > maxDates) return false;
  const dates = months.flatMap((inMonth) => days.map((onDay) => [inMonth, onDay] as const));
  if (years === undefined || years.length === 0)
    return !dates.some(([inMonth, onDay]) => isDate(leapYear, inMonth, onDay));
  return !years.some((inYear) =>
    dates.some(
      ([inMonth, onDay]) =>
        isDate(inYear, inMonth, onDay) &&
        (weekdays.length === 0 || weekdays.includes(weekdayOf(inYear, inMonth, onDay))),
    ),
  );
}

/** The numbers of a list; undefined when some are not written out. */
function plainNumbers(items: readonly CalendarItem[]): readonly number[] | undefined {
  const isPlain = items.every(({ stop, repeat }) => stop === undefined && repeat === 0);
  return isPlain ? items.map(({ start }) => start) : undefined;
}

function isDate(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

/** 0 for Monday to 6 for Sunday. */
function weekdayOf(year: number, month: number, day: number): number {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
}
