// The normal form of calendar events, as systemd prints it.
import type { CalendarEvent } from "./calendar.ts";
import type { CalendarItem } from "./calendar-lists.ts";
import { shortDayNames } from "./calendar-words.ts";

const second = 1_000_000;

/** The event as systemd writes it: weekdays, date, time to the second, and the zone where the event has one. */
export function formatCalendar(event: CalendarEvent): string {
  const weekdays = event.weekdays.length === 0 ? "" : `${formatWeekdays(event.weekdays)} `;
  const year = formatList(event.year, 4);
  const date = `${year}-${formatList(event.month, 2)}${event.fromMonthEnd ? "~" : "-"}${formatList(event.day, 2)}`;
  const time = `${formatList(event.hour, 2)}:${formatList(event.minute, 2)}:${formatSeconds(event.second)}`;
  const zone = event.zone ?? event.localZone?.name;
  return `${weekdays}${date} ${time}${zone === undefined ? "" : ` ${zone}`}`;
}

/** Two days in a row are listed, more are a range. */
function formatWeekdays(days: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < days.length; ) {
    let end = at;
    while (end + 1 < days.length && days[end + 1] === (days[end] ?? 0) + 1) end += 1;
    const [first, last] = [days[at], days[end]].map((day) => shortDayNames[day ?? 0] ?? "");
    if (end === at) parts.push(first ?? "");
    else parts.push(end === at + 1 ? `${first},${last}` : `${first}..${last}`);
    at = end + 1;
  }
  return parts.join(",");
}

function formatList(items: readonly CalendarItem[], width: number): string {
  const digits = (value: number) => String(value).padStart(width, "0");
  return items.length === 0 ? "*" : items.map((item) => formatItem(item, 1, digits, String)).join(",");
}

function formatSeconds(items: readonly CalendarItem[]): string {
  const [only, ...more] = items;
  if (only === undefined) return "*";
  if (more.length === 0 && only.start === 0 && only.stop === undefined && only.repeat === second) return "*";
  return items
    .map((item) =>
      formatItem(
        item,
        second,
        (value) => secondText(value, 2),
        (value) => secondText(value, 1),
      ),
    )
    .join(",");
}

/** Microseconds as seconds, with six decimals where it is no whole number of them. */
function secondText(value: number, width: number): string {
  const rest = value % second;
  const whole = String(Math.floor(value / second)).padStart(width, "0");
  return rest === 0 ? whole : `${whole}.${String(rest).padStart(6, "0")}`;
}

function formatItem(
  { start, stop, repeat }: CalendarItem,
  unit: number,
  number: (value: number) => string,
  step: (value: number) => string,
): string {
  const range = stop === undefined ? "" : `..${number(stop)}`;
  const every = repeat > 0 && !(stop !== undefined && repeat === unit) ? `/${step(repeat)}` : "";
  return `${number(start)}${range}${every}`;
}
