// Dates that never come, held against the times at which systemd's own rules say that an event comes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCalendar } from "./calendar.ts";
import { hasNoDate } from "./calendar-dates.ts";
import { nextElapses } from "./calendar-next.ts";

const never = [
  "*-02-30",
  "*-04,06,09,11-31",
  "2025-02-29",
  "Mon 2026-11-24",
  "Mon,Wed 2026-11-24,27",
  "2025,2026-02-29",
];
const sometimes = [
  "Tue 2026-11-24",
  "*-02-29",
  "2024-02-29",
  "*-02,03-30",
  "Mon *-02-29",
  "Mon 2026-11-24,30",
  "*-*-31",
  "*-02~30",
  "2026-02-30..31",
  "daily",
  "Mon",
];

for (const text of never) {
  test(`"${text}" has no date, and never comes`, () => {
    const event = parseCalendar(text);
    assert.ok(!("fault" in event));
    assert.equal(hasNoDate(event), true);
    assert.deepEqual(nextElapses(event, { from: 0, count: 1, zone: "UTC" }), []);
  });
}

for (const text of sometimes) {
  test(`"${text}" is not said to have no date`, () => {
    const event = parseCalendar(text);
    assert.ok("fault" in event || !hasNoDate(event));
  });
}

test("more than 1000 dates are not looked into", () => {
  const years = (count: number) => Array.from({ length: count }, (_, index) => 1980 + index).join(",");
  const never = (count: number) => {
    const event = parseCalendar(`${years(count)}-02,04,06,09,11-31`);
    assert.ok(!("fault" in event));
    return hasNoDate(event);
  };
  assert.equal(never(200), true);
  assert.equal(never(201), false);
});
