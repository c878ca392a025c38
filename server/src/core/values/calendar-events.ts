// Values that are calendar events.

import type { PieceKind } from "../model/value-reading.ts";
import { type CalendarPart, parseCalendar } from "./calendar.ts";
import { hasNoDate } from "./calendar-dates.ts";
import { formatCalendar } from "./calendar-text.ts";
import { calendarShorthands, shortDayNames } from "./calendar-words.ts";
import type { Choice, Grammar, Offer, Word } from "./grammar.ts";
import { faultWord } from "./grammar.ts";
import { literalQuotes } from "./paths.ts";

const kinds: Readonly<Record<CalendarPart["kind"], PieceKind>> = {
  shorthand: "keyword",
  weekdays: "keyword",
  date: "number",
  time: "number",
  timestamp: "number",
  zone: "string",
};

const shorthands: readonly Choice[] = calendarShorthands.map((text) => ({
  text,
  detail: normalForm(text) ?? "",
}));

/** The normal form of an event; undefined for what is none. */
function normalForm(text: string): string | undefined {
  const event = parseCalendar(text);
  return "fault" in event ? undefined : formatCalendar(event);
}

/** When something is due, again and again. */
export const calendar: Grammar = {
  syntax: "a calendar event (`daily`, `Mon..Fri 08:00`, `*-*-01 03:30`)",
  read(word, reader) {
    if (reader.isOpen(word)) return;
    const event = parseCalendar(word.text);
    if (!("fault" in event)) {
      if (hasNoDate(event)) {
        const message = `"${word.text}" never occurs; use a date that exists in the calendar`;
        reader.fault(word, 0, word.text.length, { check: "unit/never-elapses", message });
      }
      const meaning = () => `\`${formatCalendar(event)}\``;
      for (const { kind, start, end } of event.parts) reader.piece(word, start, end, kinds[kind], meaning);
      return;
    }
    // The names of the host's own zone are right there, and not known here.
    if (hasLocalZone(word.text)) return;
    const quotes = literalQuotes(word.text);
    if (quotes !== undefined) {
      faultWord(reader, word, quotes);
      return;
    }
    const { span, message, replacement } = event.fault;
    reader.fault(word, span.start, span.end, {
      check: "unit/invalid-value",
      message: message.charAt(0).toLowerCase() + message.slice(1),
      ...(replacement === undefined ? {} : { replacements: [replacement] }),
    });
  },
  offer: offerEvent,
};

/** An event that is right but for a last word such as CET, which hosts of some zone know. */
function hasLocalZone(text: string): boolean {
  const [, before, zone = ""] = /^(.*\S) +([A-Z]{3,5})$/.exec(text) ?? [];
  if (before === undefined) return false;
  return !("fault" in parseCalendar(text, { localZoneNames: { standard: zone, daylight: zone } }));
}

function offerEvent({ text }: Word, at: number): Offer | undefined {
  const start = text.lastIndexOf(" ", at - 1) + 1;
  const end = /^[^ ]*/.exec(text.slice(at))?.[0].length ?? 0;
  if (start === 0) {
    const weekdays = shortDayNames.map((name) => ({ text: name }));
    const examples = ["Mon..Fri 08:00", "*-*-01 03:30"].map((example) => ({ text: example, detail: "example" }));
    return { from: 0, to: text.length, choices: [...shorthands, ...(text === "" ? [...weekdays, ...examples] : [])] };
  }
  return {
    from: start,
    to: at + end,
    choices: [{ text: "UTC", detail: "in UTC, regardless of the host's time zone" }],
  };
}
