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
