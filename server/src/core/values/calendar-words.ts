// The words of calendar events: weekdays, and shorthands for whole events.
import { findNearest } from "../text/nearest.ts";
import { fail, peek, type Scan, wordFrom } from "./calendar-lists.ts";

/** From Monday on, as systemd counts. */
export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
export const shortDayNames = dayNames.map((name) => name.slice(0, 3));

/** The words for a whole event, with the date and the time that they stand for. */
export const shorthands: ReadonlyMap<string, readonly [date: string, time: string]> = new Map<
  string,
  readonly [date: string, time: string]
>([
  ["minutely", ["*-*-*", "*:*:00"]],
  ["hourly", ["*-*-*", "*:00:00"]],
  ["daily", ["*-*-*", "00:00:00"]],
  ["weekly", ["Mon *-*-*", "00:00:00"]],
  ["monthly", ["*-*-01", "00:00:00"]],
  ["quarterly", ["*-01,04,07,10-01", "00:00:00"]],
  ...["yearly", "annually", "anually"].map((word) => [word, ["*-01-01", "00:00:00"]] as const),
  ...["semiannually", "semi-annually", "biannually", "bi-annually"].map(
    (word) => [word, ["*-01,07-01", "00:00:00"]] as const,
  ),
]);

/** The words for a whole event, for completion; "anually" is left to those who write it. */
export const calendarShorthands: readonly string[] = [...shorthands.keys()].filter((word) => word !== "anually");

/** Goes on behind blanks. */
export function skipBlanks(scan: Scan): void {
  while (peek(scan) === " ") scan.at += 1;
}

/** The weekdays at the beginning, none when a date or time begins there, undefined with a fault. */
export function scanWeekdays(scan: Scan): readonly number[] | undefined {
  const days = new Set<number>();
  let rangeFrom: { readonly day: number; readonly start: number } | undefined;
  for (;;) {
    const start = scan.at;
    const word = /^[A-Za-z]*/.exec(wordFrom(scan, start))?.[0] ?? "";
    const day = Math.max(...[dayNames, shortDayNames].map((names) => indexOfName(names, word)));
    if (day < 0 || !/^[-., ]?$/.test(peek(scan, word.length))) {
      return start === 0 && word === "" ? [] : failWeekday(scan, start, word);
    }
    scan.at += word.length;
    if (rangeFrom !== undefined && rangeFrom.day > day)
      return failWeekdayRange(scan, rangeFrom.start, rangeFrom.day, day);
    for (let each = rangeFrom?.day ?? day; each <= day; each++) days.add(each);

    const sign = peek(scan);
    if (sign === "." || sign === "-") {
      const range = sign === "-" ? "-" : "..";
      if (rangeFrom !== undefined) {
        const end = scan.at + range.length;
        return fail(scan, scan.at, end, `"${wordFrom(scan, 0)}" has two ranges in a row; separate them with ","`, ",");
      }
      if (sign === "." && peek(scan, 1) !== ".") {
        return fail(scan, scan.at, scan.at + 1, `"${wordFrom(scan, 0)}" has a single "."; use ".." for a range`, "..");
      }
      scan.at += range.length;
      rangeFrom = { day, start };
      if (peek(scan) === "" || peek(scan) === " ") {
        const open = scan.text.slice(start, scan.at);
        return fail(scan, start, scan.at, `"${open}" has no end; add the last day, such as "${word}..Sun"`);
      }
      continue;
    }
    rangeFrom = undefined;
    if (sign === ",") scan.at += 1;
    if (peek(scan) === "" || peek(scan) === " ") {
      skipBlanks(scan);
      const sorted = [...days].sort((a, b) => a - b);
      return sorted.length === dayNames.length ? [] : sorted;
    }
  }
}

/** Position of a name among others, whatever its case; -1 for none. */
export function indexOfName(names: readonly string[], word: string): number {
  return names.findIndex((name) => name.toLowerCase() === word.toLowerCase());
}

function failWeekday(scan: Scan, start: number, word: string): undefined {
  const written = word === "" ? wordFrom(scan, start) : word;
  const first = start === 0;
  const names = [...shortDayNames, ...dayNames, ...(first ? calendarShorthands : [])];
  // Shorthands have hyphens.
  const hyphened = first ? (/^[A-Za-z-]*/.exec(wordFrom(scan, 0))?.[0] ?? "") : "";
  const meant = findNearest(hyphened, calendarShorthands) ?? findNearest(written, names);
  const known = names.includes(written) || shorthands.has(hyphened.toLowerCase());
  const what = first ? "a weekday or a calendar event" : "a weekday";
  const end = start + (meant !== undefined && calendarShorthands.includes(meant) ? hyphened : written).length;
  const unknown = `"${scan.text.slice(start, end)}" is not ${what}`;
  if (known) {
    const sign = scan.text.charAt(end);
    return fail(
      scan,
      end,
      end + 1,
      `"${wordFrom(scan, start)}" has "${sign}" after "${scan.text.slice(start, end)}"; add a space between them`,
    );
  }
  return meant === undefined
    ? fail(scan, start, end, `${unknown}; use for example "Mon..Fri", "2030-12-31", "08:00" or "daily"`)
    : fail(scan, start, end, `${unknown}; did you mean "${meant}"?`, meant);
}

function failWeekdayRange(scan: Scan, start: number, from: number, to: number): undefined {
  const range = (first: number, last: number): string =>
    [...new Set([first, last])].map((day) => shortDayNames[day] ?? "").join("..");
  const meant = `${range(from, 6)},${range(0, to)}`;
  const written = scan.text.slice(start, scan.at);
  return fail(
    scan,
    start,
    scan.at,
    `"${written}" runs backwards, because weeks begin on Monday; use "${meant}"`,
    meant,
  );
}
