// Time spans in the words of their reader; test/oracle/time-span.test.ts compares with systemd.
import assert from "node:assert/strict";
import { test } from "node:test";
import { repeated } from "../../../../test/support/long-texts.ts";
import { formatTimeSpan, parseTimeSpan, type TimeSpanFault, type TimeSpanOptions } from "./time-span.ts";

const seconds: TimeSpanOptions = { defaultUnit: "s" };

function usecOf(text: string, options = seconds): number | "infinity" {
  const span = parseTimeSpan(text, options);
  assert.ok(!("fault" in span), JSON.stringify(span));
  return span.usec;
}

function faultOf(text: string, options = seconds): TimeSpanFault {
  const span = parseTimeSpan(text, options);
  assert.ok("fault" in span, `"${text}" has no fault`);
  return span.fault;
}

for (const [text, options, usec] of [
  ["5", { defaultUnit: "s" }, 5_000_000],
  ["5", { defaultUnit: "us" }, 5],
  ["5", { defaultUnit: "min" }, 300_000_000],
  ["5s 3", { defaultUnit: "us" }, 5_000_003],
  ["1.5h", { defaultUnit: "s" }, 5_400_000_000],
  ["1m 1M", { defaultUnit: "s" }, 2_629_860_000_000],
  ["3\u00b5s 4\u03bcs", { defaultUnit: "s" }, 7],
  ["infinity", { defaultUnit: "s" }, "infinity"],
] as const) {
  test(`"${text}" with ${options.defaultUnit} for plain numbers is ${usec} µs`, () => {
    assert.equal(usecOf(text, options), usec);
  });
}

test("a setting that keeps nanoseconds counts them, without a unit too", () => {
  const options: TimeSpanOptions = { defaultUnit: "ns", nanoseconds: true };
  const parts = [{ number: { start: 0, end: 1 }, unit: { start: 1, end: 3 } }, { number: { start: 4, end: 7 } }];
  assert.deepEqual(parseTimeSpan("2us 500", options), { usec: 2.5, nsec: 2500, parts });
  assert.deepEqual(parseTimeSpan("infinity", options), { usec: "infinity", nsec: "infinity", parts: [] });
  assert.equal(usecOf("7ns 1nsec", options), 0.008);
});

test("each number and each unit is where it is written", () => {
  const text = " 1.5 hours20min\t+3 4s";
  const span = parseTimeSpan(text, seconds);
  assert.ok("parts" in span);
  const words = span.parts.map(({ number, unit }) => [
    text.slice(number.start, number.end),
    unit && text.slice(unit.start, unit.end),
  ]);
  assert.deepEqual(words, [
    ["1.5", "hours"],
    ["20", "min"],
    ["+3", undefined],
    ["4", "s"],
  ]);
});

/** What is wrong is between the brackets; behind the arrow is what takes its place. */
for (const [marked, said, replacement] of [
  ["5 [minuts]", '"5 minuts" has the unknown unit "minuts"; did you mean "minutes"?', "minutes"],
  ["1h 5 [minuets]", '"5 minuets" has the unknown unit "minuets"', "minutes"],
  ["5[H]", 'did you mean "h"?', "h"],
  ["5[mins]", 'did you mean "min"?', "min"],
  ["5[mon]", 'did you mean "month"?', "month"],
  ["5[milliseconds]", 'did you mean "ms"?', "ms"],
  ["5 [fortnights]", "use one of us, ms, s, min, h, d, w, month and y", undefined],
  ["5[ns]", '"5ns" has nanoseconds, which this setting does not support', undefined],
  ["[-5s]", '"-5s" is negative', undefined],
  ["1min [-5s]", '"-5s" is negative', undefined],
  ["[Infinity]", 'did you mean "infinity"?', "infinity"],
  ["[infinity] 5s", 'use "infinity" alone', undefined],
  ["5s [infinity]", 'use "infinity" alone', undefined],
  ["[min]", '"min" has no number before it; use for example "5min"', undefined],
  ["5min[,] 3s", '"5min, 3s" contains ","', undefined],
  ["00[:]05", '"00:05" contains ":"', undefined],
  ["1.2[.3]", '"1.2.3" has a second decimal point', undefined],
  ["12[+5]", 'add a space or a unit before "+5"', undefined],
  ["[5.]s", '"5." has no digit after the decimal point', undefined],
  ["1s [99999999y]", '"1s 99999999y" is longer than systemd supports', undefined],
  ["5 [soon]", '"5 soon" has the unknown unit "soon"', undefined],
  ["[soon]", '"soon" is not a time span', undefined],
  ["[]", "the time span is missing", undefined],
  ["[  ]", "the time span is missing", undefined],
] as const) {
  test(`"${marked}" is not a time span there`, () => {
    const start = marked.indexOf("[");
    const fault = faultOf(marked.replaceAll(/[[\]]/g, ""));
    assert.deepEqual(fault.span, { start, end: marked.indexOf("]") - 1 });
    assert.ok(fault.message.includes(said), fault.message);
    assert.equal(fault.replacement, replacement);
  });
}

test("a setting that keeps nanoseconds is told of them", () => {
  assert.equal(faultOf("5nsecs", { defaultUnit: "ns", nanoseconds: true }).replacement, "nsec");
});

test("what systemd prints is read back as the same span", () => {
  for (const usec of [1, 999, 1000, 1001, 59_999_999, 60_000_001, 31_557_600_000_000 * 7 + 123_456_789]) {
    assert.equal(usecOf(formatTimeSpan(usec)), usec, formatTimeSpan(usec));
  }
  assert.equal(formatTimeSpan("infinity"), "infinity");
  assert.equal(formatTimeSpan(0), "0");
  assert.equal(formatTimeSpan(0.25), "0");
});

test("a text of a million digits, signs or blanks is read at once", () => {
  for (const piece of ["9", "0", " ", "-", "1s ", "1 x", ".", "x"]) parseTimeSpan(repeated(piece), seconds);
});

test("knows every spelling of a unit, and what people write for one", () => {
  const second = 1_000_000;
  const units: readonly (readonly [usec: number, spellings: string, meant?: Readonly<Record<string, string>>])[] = [
    [1, "us usec \u03bcs \u00b5s", { microsecond: "us", microseconds: "us", micros: "us" }],
    [1000, "ms msec", { millisecond: "ms", milliseconds: "ms", millis: "ms" }],
    [second, "s sec second seconds"],
    [60 * second, "min minute minutes m"],
    [3600 * second, "h hour hours hr"],
    [86_400 * second, "d day days"],
    [604_800 * second, "w week weeks"],
    [2_629_800 * second, "month months M", { mo: "month", mon: "month", mos: "months", mons: "months" }],
    [31_557_600 * second, "y year years", { yr: "year", yrs: "years" }],
  ];
  for (const [usec, spellings, meant = {}] of units) {
    for (const unit of spellings.split(" ")) assert.equal(usecOf(`2${unit}`), 2 * usec, unit);
    for (const [written, unit] of Object.entries(meant))
      assert.equal(faultOf(`2${written}`).replacement, unit, written);
  }
  const options: TimeSpanOptions = { defaultUnit: "ns", nanoseconds: true };
  for (const unit of ["ns", "nsec"]) assert.equal(usecOf(`2000${unit}`, options), 2, unit);
});
