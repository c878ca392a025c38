import assert from "node:assert/strict";
import { test } from "node:test";
import { readSetting } from "../../../../test/support/value-reading.ts";
import { parseCalendar } from "./calendar.ts";
import { clockText, nextElapses } from "./calendar-next.ts";
import { formatCalendar } from "./calendar-text.ts";

function parsed(text: string) {
  const event = parseCalendar(text);
  assert.ok(!("fault" in event), `${text}: ${"fault" in event ? event.fault.message : ""}`);
  return event;
}

for (const [text, normal] of [
  ["daily", "*-*-* 00:00:00"],
  ["minutely", "*-*-* *:*:00"],
  ["Sat,Thu,Mon-Wed,Sat-Sun", "Mon..Thu,Sat,Sun *-*-* 00:00:00"],
  ["Mon,Sun 12-*-* 2,1:23", "Mon,Sun 2012-*-* 01,02:23:00"],
  ["*:0/15", "*-*-* *:00/15:00"],
  ["*-*~01", "*-*~01 00:00:00"],
  ["*-*-* 1..3:0:0.5", "*-*-* 01..03:00:00.500000"],
  ["@1893456000", "2030-01-01 00:00:00 UTC"],
  ["hourly Europe/Berlin", "*-*-* *:00:00 Europe/Berlin"],
] as const) {
  test(`"${text}" is "${normal}"`, () => assert.equal(formatCalendar(parsed(text)), normal));
}

for (const [text, marked, meant] of [
  ["dayly", "dayly", "daily"],
  ["Mon..Foo 08:00", "Foo", undefined],
  ["25:00", "25", undefined],
  ["*-13-01", "13", undefined],
  ["*:*:5..5.5", "5..5.5", undefined],
  ["Sat..Mon", "Sat..Mon", "Sat..Sun,Mon"],
  ["daily 08:00", "daily 08:00", "*-*-* 08:00"],
  ["08:00 Europe/Berlni", "Europe/Berlni", "Europe/Berlin"],
  ["0 8 * * 1", "0 8 * * 1", undefined],
] as const) {
  test(`"${text}" is wrong at "${marked}"`, () => {
    const event = parseCalendar(text);
    assert.ok("fault" in event);
    const { span, replacement, message } = event.fault;
    assert.equal(text.slice(span.start, span.end), marked);
    assert.equal(replacement, meant);
    assert.doesNotMatch(message, /\.$/);
  });
}

/** The next times of an event after a time of UTC, as the clocks of its zone show them. */
function next(text: string, after: string, zone = "UTC", count = 3): string[] {
  const event = parsed(text);
  const from = Date.parse(`${after}Z`) * 1000;
  return nextElapses(event, { from, count, zone }).map((instant) => clockText(instant, event.zone ?? zone));
}

test("takes ranges whose ends are in order, and steps that have room", () => {
  const faults = (text: string) => readSetting("Timer.OnCalendar", text).faults.length;
  for (const text of [
    ...["*:*:1..5", "*:*:1..5/2", "*:*:1.5", "*-*-1..31", "*-1..12-1", "00..23:00", "*-*~01", "*-*~28", "*:0/30"],
    ...["1970..2199-1-1", "*:*:0/59", "*:0..0"],
  ]) {
    assert.equal(faults(text), 0, text);
  }
  for (const text of [
    ...["*:*:1..1.5", "*:*:60", "*:60", "24:00", "*-13-1", "*-*-32", "*-*-0", "*-0-1", "*-*~29", "*:0/60", "*:5/0"],
    ...["*:30..10", "2200-1-1", "1969-1-1", "*:*:0/60"],
  ]) {
    assert.equal(faults(text), 1, text);
  }
});

test("the next times of an event are in its zone, or in the user's", () => {
  assert.deepEqual(next("Mon..Fri 08:00", "2026-11-27T09:00:00"), [
    "Mon 2026-11-30 08:00:00",
    "Tue 2026-12-01 08:00:00",
    "Wed 2026-12-02 08:00:00",
  ]);
  assert.deepEqual(next("12:00 America/New_York", "2026-11-23T16:59:59", "Europe/Berlin", 1), [
    "Mon 2026-11-23 12:00:00",
  ]);
});

test("days are counted from the end of the month, and leap years are known", () => {
  assert.deepEqual(next("*-02~1", "2027-01-01T00:00:00"), [
    "Sun 2027-02-28 00:00:00",
    "Tue 2028-02-29 00:00:00",
    "Wed 2029-02-28 00:00:00",
  ]);
});

test("times that the clocks jump over are left out", () => {
  assert.deepEqual(next("*-*-* 02:30", "2027-03-27T12:00:00", "Europe/Berlin", 2), [
    "Mon 2027-03-29 02:30:00",
    "Tue 2027-03-30 02:30:00",
  ]);
});

test("an event that never comes has no times, and is told at once", () => {
  assert.deepEqual(next("*-02-31", "2026-01-01T00:00:00"), []);
  assert.deepEqual(next("Mon 2026-11-24", "2026-01-01T00:00:00"), []);
});

test("fractions of seconds are kept", () => {
  assert.deepEqual(next("*:*:0/0.25", "2026-01-01T00:00:00", "UTC", 2), [
    "Thu 2026-01-01 00:00:00.250000",
    "Thu 2026-01-01 00:00:00.500000",
  ]);
});

test("writes events in their normal form, and knows what their parts are", () => {
  for (const [text, expected] of Object.entries({
    minutely: "*-*-* *:*:00 | shorthand minutely",
    hourly: "*-*-* *:00:00 | shorthand hourly",
    daily: "*-*-* 00:00:00 | shorthand daily",
    weekly: "Mon *-*-* 00:00:00 | shorthand weekly",
    monthly: "*-*-01 00:00:00 | shorthand monthly",
    quarterly: "*-01,04,07,10-01 00:00:00 | shorthand quarterly",
    yearly: "*-01-01 00:00:00 | shorthand yearly",
    annually: "*-01-01 00:00:00 | shorthand annually",
    anually: "*-01-01 00:00:00 | shorthand anually",
    semiannually: "*-01,07-01 00:00:00 | shorthand semiannually",
    "semi-annually": "*-01,07-01 00:00:00 | shorthand semi-annually",
    biannually: "*-01,07-01 00:00:00 | shorthand biannually",
    "bi-annually": "*-01,07-01 00:00:00 | shorthand bi-annually",
    Weekly: "Mon *-*-* 00:00:00 | shorthand Weekly",
    Mon: "Mon *-*-* 00:00:00 | weekdays Mon",
    "mon,Tue": "Mon,Tue *-*-* 00:00:00 | weekdays mon,Tue",
    "Mon..Sun": "*-*-* 00:00:00 | weekdays Mon..Sun",
    "Mon..Mon": "Mon *-*-* 00:00:00 | weekdays Mon..Mon",
    "Mon-Fri": "Mon..Fri *-*-* 00:00:00 | weekdays Mon-Fri",
    "Mon,": "Mon *-*-* 00:00:00 | weekdays Mon,",
    "Mon..Fri 08:00": "Mon..Fri *-*-* 08:00:00 | weekdays Mon..Fri, time 08:00",
    "Tue,Wed": "Tue,Wed *-*-* 00:00:00 | weekdays Tue,Wed",
    "Mon,Tue,Wed": "Mon..Wed *-*-* 00:00:00 | weekdays Mon,Tue,Wed",
    "2030-1-2": "2030-01-02 00:00:00 | date 2030-1-2",
    "30-1-2": "2030-01-02 00:00:00 | date 30-1-2",
    "*-2~1": "*-02~01 00:00:00 | date *-2~1",
    "*-*~28": "*-*~28 00:00:00 | date *-*~28",
    "1-2": "*-01-02 00:00:00 | date 1-2",
    "*-*-*": "*-*-* 00:00:00 | date *-*-*",
    "2030-1-2 3:4:5": "2030-01-02 03:04:05 | date 2030-1-2, time 3:4:5",
    "3:4": "*-*-* 03:04:00 | time 3:4",
    "3:4:5.5": "*-*-* 03:04:05.500000 | time 3:4:5.5",
    "3:4:5.1234564": "*-*-* 03:04:05.123456 | time 3:4:5.1234564",
    "3:4:5.1234565": "*-*-* 03:04:05.123457 | time 3:4:5.1234565",
    "3:4:59.999999": "*-*-* 03:04:59.999999 | time 3:4:59.999999",
    "*:*:*": "*-*-* *:*:* | time *:*:*",
    "*:0/15": "*-*-* *:00/15:00 | time *:0/15",
    "0/2:0": "*-*-* 00/2:00:00 | time 0/2:0",
    "1..3:0": "*-*-* 01..03:00:00 | time 1..3:0",
    "1..3/2:0": "*-*-* 01..03/2:00:00 | time 1..3/2:0",
    "08:00 UTC": "*-*-* 08:00:00 UTC | time 08:00, zone UTC",
    "08:00 utc": "*-*-* 08:00:00 UTC | time 08:00, zone utc",
    "08:00 Europe/Berlin": "*-*-* 08:00:00 Europe/Berlin | time 08:00, zone Europe/Berlin",
    "@0": "1970-01-01 00:00:00 UTC | timestamp @0",
    "@ 5": "1970-01-01 00:00:05 UTC | timestamp @ 5",
    "@+5": "1970-01-01 00:00:05 UTC | timestamp @+5",
    "@1893456000 UTC": "2030-01-01 00:00:00 UTC | timestamp @1893456000, zone UTC",
    "daily UTC": "*-*-* 00:00:00 UTC | shorthand daily, zone UTC",
    "Mon  08:00": "Mon *-*-* 08:00:00 | weekdays Mon, time 08:00",
    "2030-1-2  08:00": "2030-01-02 08:00:00 | date 2030-1-2, time 08:00",
    "1,2,3:0": "*-*-* 01,02,03:00:00 | time 1,2,3:0",
    "1,2:0/5,7": "*-*-* 01,02:00/5,07:00 | time 1,2:0/5,7",
    "2030..2031-1-1": "2030..2031-01-01 00:00:00 | date 2030..2031-1-1",
    "1970-1-1": "1970-01-01 00:00:00 | date 1970-1-1",
    "2199-1-1": "2199-01-01 00:00:00 | date 2199-1-1",
    "70-1-1": "1970-01-01 00:00:00 | date 70-1-1",
    "69-1-1": "2069-01-01 00:00:00 | date 69-1-1",
    "99-1-1": "1999-01-01 00:00:00 | date 99-1-1",
    "*-*-1/2": "*-*-01/2 00:00:00 | date *-*-1/2",
    "*-*-1..5/2": "*-*-01..05/2 00:00:00 | date *-*-1..5/2",
    "3:4:5/0.5": "*-*-* 03:04:05/0.500000 | time 3:4:5/0.5",
    "3:4:0/1": "*-*-* 03:04:* | time 3:4:0/1",
    "3:4:0..5/1": "*-*-* 03:04:00..05 | time 3:4:0..5/1",
    "0/23:0": "*-*-* 00/23:00:00 | time 0/23:0",
    "12/11:0": "*-*-* 12/11:00:00 | time 12/11:0",
    "*-*~5/4": "*-*~05/4 00:00:00 | date *-*~5/4",
    "3:4:0/59": "*-*-* 03:04:00/59 | time 3:4:0/59",
    "3:4:5..6": "*-*-* 03:04:05..06 | time 3:4:5..6",
    "3:4:5..5.5/0.1": "*-*-* 03:04:05..05.500000/0.100000 | time 3:4:5..5.5/0.1",
    "0..23/24:0": "*-*-* 00:00:00 | time 0..23/24:0",
    "0..23/5:0": "*-*-* 00..20/5:00:00 | time 0..23/5:0",
    "*-*~*": "*-*-* 00:00:00 | date *-*~*",
    "*-*": "*-*-* 00:00:00 | date *-*",
    "*~1": "*-*~01 00:00:00 | date *~1",
    "*-1/11-1": "*-01/11-01 00:00:00 | date *-1/11-1",
    "2190/9-1-1": "2190/9-01-01 00:00:00 | date 2190/9-1-1",
    "0:0:0.0000001": "*-*-* 00:00:00 | time 0:0:0.0000001",
    "05,05,04:0": "*-*-* 04,05:00:00 | time 05,05,04:0",
    "5..7,5..6,5:0": "*-*-* 05,05..06,05..07:00:00 | time 5..7,5..6,5:0",
    "5/2,5/1:0": "*-*-* 05/1,05/2:00:00 | time 5/2,5/1:0",
  })) {
    const event = parsed(text);
    const parts = event.parts.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
    assert.equal(`${formatCalendar(event)} | ${parts.join(", ")}`, expected, text);
  }
});

test("says where an event is wrong, and what was meant", () => {
  for (const [text, expected] of Object.entries({
    "Mon.Fri": '3-4 "Mon.Fri" has a single "."; use ".." for a range → ..',
    "Mon..Wed..Fri": '8-10 "Mon..Wed..Fri" has two ranges in a row; separate them with "," → ,',
    "Mon-": '0-4 "Mon-" has no end; add the last day, such as "Mon..Sun"',
    "Mon,,Tue": '4-8 ",Tue" is not a weekday; did you mean "Tue"? → Tue',
    Mo: '0-2 "Mo" is not a weekday or a calendar event; did you mean "Mon"? → Mon',
    Monx: '0-4 "Monx" is not a weekday or a calendar event; did you mean "Mon"? → Mon',
    "2030-13-1": '5-7 "13" is not a month; use 1 to 12',
    "2030-0-1": '5-6 "0" is not a month; use 1 to 12',
    "2030-1-32": '7-9 "32" is not a day of a month; use 1 to 31',
    "2030-1-0": '7-8 "0" is not a day of a month; use 1 to 31',
    "*-*~29": '4-6 "29" is not a day counted from the end of the month with "~"; use 1 to 28',
    "3:4:60": '4-6 "60" is not a second; use 0 to 59',
    "3:60": '2-4 "60" is not a minute; use 0 to 59',
    "24:0": '0-2 "24" is not an hour; use 0 to 23',
    "23:59:59.9999996": '6-16 "59.9999996" is not a second; use 0 to 59',
    "*/2:0": '0-3 "*/2" has a step after "*"; use "0/2" → 0/2',
    "*-*/2-1": '2-5 "*/2" has a step after "*"; use "1/2" → 1/2',
    "*/2-1-1": '0-3 "*/2" has a step after "*"; use a year before the "/"',
    "3..1:0": '0-4 "3..1" runs backwards; use "3..23,0..1" → 3..23,0..1',
    "5:*1": '3-4 "1" is not valid after the time "5:*"; the order is weekdays, date, time, time zone',
    "5:1*": '3-4 "*" is not valid in "5:1*"; use dates such as "2030-12-31" and times such as "08:00"',
    "5:": '2-2 "5:" ends where a number is expected; add one, or "*" for every value',
    "5": '0-1 "5" is neither a date nor a time; use "5:00" for a time, or "2030-12-31" for a date',
    "5:3.": '3-4 "." is not valid in "5:3."; use dates such as "2030-12-31" and times such as "08:00"',
    "5:3:4.": '4-6 "4." has no digit after the decimal point; use "4" → 4',
    "08:00 Berlin": '6-12 "Berlin" is not a known time zone; did you mean "Europe/Berlin"? → Europe/Berlin',
    "08:00 Nowhere/X": '6-15 "Nowhere/X" is not a known time zone; use "UTC" or a name such as "Europe/Berlin"',
    "@5x": '0-3 "@5x" is not "@" and a number of seconds since 1970; use for example "@1893456000"',
    "@": '0-1 "@" is not "@" and a number of seconds since 1970; use for example "@1893456000"',
    "@-5": '0-3 "@-5" is not "@" and a number of seconds since 1970; use for example "@1893456000"',
    "daily 08:00": '0-11 "daily" can only be followed by a time zone, not by "08:00"; use "*-*-* 08:00" → *-*-* 08:00',
    "": '0-0 the calendar event is missing; use for example "daily" or "Mon..Fri 08:00"',
    " daily": '0-1 " daily" has an extra space; remove it → ',
    "08:00 ": '5-6 "08:00 " has an extra space; remove it → ',
    "08:00  UTC": '5-6 "08:00  UTC" has an extra space; remove it → ',
    x: '0-1 "x" is not a weekday or a calendar event; use for example "Mon..Fri", "2030-12-31", "08:00" or "daily"',
    "2030/1/2": '6-8 "/2" is not valid in "2030/1/2"; use dates such as "2030-12-31" and times such as "08:00"',
    "8am": '1-3 "8am" has "am", but hours are 0 to 23; use "17:00" for 5pm',
    "2030-01-02T03:04:05":
      '10-11 "2030-01-02T03:04:05" has "T" before the time; use a space: "2030-01-02 03:04:05" →  ',
    "2030-01-02T03:04:05Z":
      '10-11 "2030-01-02T03:04:05Z" has "T" before the time; use a space: "2030-01-02 03:04:05Z" →  ',
    "0 8 * * 1": '0-9 "0 8 * * 1" is in cron\'s format; use weekdays, date and time, such as "Mon *-*-* 08:00"',
    "* * * * *": '0-9 "* * * * *" is in cron\'s format; use weekdays, date and time, such as "Mon *-*-* 08:00"',
    "1,:0": '2-4 ":0" is not a number; use dates such as "2030-12-31" and times such as "08:00"',
    "1969-1-1": '0-4 "1969" is not a year that systemd supports; use 1970 to 2199',
    "2200-1-1": '0-4 "2200" is not a year that systemd supports; use 1970 to 2199',
    "100-1-1": '0-3 "100" is not a year that systemd supports; use 1970 to 2199',
    "4294967296:0": '0-10 "4294967296" is too large; use a smaller number',
    "*-*-*/2": '4-7 "*/2" has a step after "*"; use "1/2" → 1/2',
    "*-*~*/2": '4-7 "*/2" has a step after "*"; use "1/2" → 1/2',
    "20/4:0": '0-4 "20/4" has a step beyond 23; use "20" alone, or a smaller step',
    "0/24:0": '0-4 "0/24" has a step beyond 23; use "0" alone, or a smaller step',
    "12/12:0": '0-5 "12/12" has a step beyond 23; use "12" alone, or a smaller step',
    "*-*~5/5": '4-7 "5/5" has a step beyond 1; use "5" alone, or a smaller step',
    "*-*-30/2": '4-8 "30/2" has a step beyond 31; use "30" alone, or a smaller step',
    "3:4:0/60": '4-8 "0/60" has a step beyond 59; use "0" alone, or a smaller step',
    "0/0:0": '0-3 "0/0" has a step of 0; use a step of at least 1, or none',
    "3:4:5..5.5": '4-10 "5..5.5" is shorter than its step of one second; use "5", or a step such as "/0.1"',
    "08:00 Monday":
      '0-12 "08:00 Monday" is in the wrong order, because weekdays come first; use "Monday 08:00" → Monday 08:00',
    "08:00 Tue": '0-9 "08:00 Tue" is in the wrong order, because weekdays come first; use "Tue 08:00" → Tue 08:00',
    "08:00 2030-1-2":
      '0-14 "08:00 2030-1-2" is in the wrong order, because the date comes before the time; use "2030-1-2 08:00" → 2030-1-2 08:00',
    "08:00 *-*~2":
      '0-11 "08:00 *-*~2" is in the wrong order, because the date comes before the time; use "*-*~2 08:00" → *-*~2 08:00',
    "daily 5": '0-7 "daily" can only be followed by a time zone, not by "5"; remove the rest',
    "daily Mon": '6-9 "Mon" is not a known time zone; use "UTC" or a name such as "Europe/Berlin"',
    "daily *:0": '0-9 "daily" can only be followed by a time zone, not by "*:0"; use "*-*-* *:0" → *-*-* *:0',
    "5:00 +01:00": '5-11 "+01:00" is not a known time zone; use "UTC" or a name such as "Europe/Berlin"',
    "5:00 5": '4-6 "5" is not valid after the time "5:00"; the order is weekdays, date, time, time zone',
    "1.5:0": '1-2 "1.5:0" has a single "."; use ".." for a range → ..',
    "3:4pm": '3-5 "3:4pm" has "pm", but hours are 0 to 23; use "17:00" for 5pm',
    "3:4 PM": '4-6 "PM" is not a known time zone; use "UTC" or a name such as "Europe/Berlin"',
    "2030-1~2-3": '8-10 "2030-1~2-3" has more than year, month and day; remove the rest',
    "2030~1-2":
      '4-5 "2030~1-2" has "~" in the wrong place; only the last "-" can be "~", to count days from the end of the month → -',
    "2030-1-2-3": '8-10 "2030-1-2-3" has more than year, month and day; remove the rest',
    "22..2:0": '0-5 "22..2" runs backwards; use "22..23,0..2" → 22..23,0..2',
    "23..0:0": '0-5 "23..0" runs backwards; use "23,0" → 23,0',
    "*-12..1-1": '2-7 "12..1" runs backwards; use "12,1" → 12,1',
    "*-*-31..1": '4-9 "31..1" runs backwards; use "31,1" → 31,1',
    "2031..2030-1-1": '0-10 "2031..2030" runs backwards; use "2030..2031" → 2030..2031',
    "3..1/2:0": '0-6 "3..1/2" runs backwards; put the smaller number first',
    "0:30..10": '2-8 "30..10" runs backwards; use "30..59,0..10" → 30..59,0..10',
    "3:4:5..1": '4-8 "5..1" runs backwards; use "1..5" → 1..5',
    "*": '0-1 "*" is neither a date nor a time; use "*:*" for a time, or "*-*-*" for a date',
    "Mon *": '4-5 "*" is neither a date nor a time; use "*:*" for a time, or "*-*-*" for a date',
    "2030-1-2t03:04": '8-9 "2030-1-2t03:04" has "t" before the time; use a space: "2030-1-2 03:04" →  ',
    "*-*-* 5": '6-7 "5" is neither a date nor a time; use "5:00" for a time, or "2030-12-31" for a date',
    "*-*-*x":
      '0-6 "*-*-*x" is neither a date nor a time; use "2030-12-31" or "12-31" for a date and "08:00" for a time',
    "1-2-3-4": '5-7 "1-2-3-4" has more than year, month and day; remove the rest',
    "60..70:0": '0-2 "60" is not an hour; use 0 to 23',
    "5:70..80": '2-4 "70" is not a minute; use 0 to 59',
    "*-5..13-1": '5-7 "13" is not a month; use 1 to 12',
    "*-1/12-1": '2-6 "1/12" has a step beyond 12; use "1" alone, or a smaller step',
    "2190/10-1-1": '0-7 "2190/10" has a step beyond 2199; use "2190" alone, or a smaller step',
    "08:00 Tuesdayx": '6-14 "Tuesdayx" is not a known time zone; use "UTC" or a name such as "Europe/Berlin"',
    "a b c d e":
      '0-1 "a" is not a weekday or a calendar event; use for example "Mon..Fri", "2030-12-31", "08:00" or "daily"',
    "0 8 * * MON": '0-11 "0 8 * * MON" is in cron\'s format; use weekdays, date and time, such as "Mon *-*-* 08:00"',
    "0 8 * *": '0-1 "0" is neither a date nor a time; use "2030-12-31" or "12-31" for a date and "08:00" for a time',
    "1 2 3 4 5 6":
      '0-1 "1" is neither a date nor a time; use "2030-12-31" or "12-31" for a date and "08:00" for a time',
    "3:4:5 UTC x": '5-11 "UTC x" is not valid after the time "3:4:5"; the order is weekdays, date, time, time zone',
  })) {
    const event = parseCalendar(text);
    assert.ok("fault" in event, text);
    const { span, message, replacement } = event.fault;
    const repair = replacement === undefined ? "" : ` → ${replacement}`;
    assert.equal(`${span.start}-${span.end} ${message}${repair}`, expected, text);
  }
});

test("a list has as many numbers as systemd takes, and none of them is a star", () => {
  const listOf = (length: number) => `${Array.from({ length }, () => "1").join(",")}:0`;
  assert.ok(!("fault" in parseCalendar(listOf(241))));
  const tooLong = parseCalendar(listOf(242));
  assert.ok("fault" in tooLong);
  assert.deepEqual(tooLong.fault.span, { start: 0, end: 483 });
  for (const [text, start, around] of [
    ["1,*:0", 2, "1,*:0"],
    ["Mon 1,*:0", 6, "1,*:0"],
  ] as const) {
    const event = parseCalendar(text);
    assert.ok("fault" in event);
    assert.deepEqual(event.fault.span, { start, end: start + 1 });
    assert.ok(event.fault.message.startsWith(`"${around}" mixes`), event.fault.message);
  }
});
