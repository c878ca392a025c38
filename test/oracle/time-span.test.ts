// Holds our reading and printing of time spans against systemd-analyze: the same are accepted, with the same length.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { formatTimeSpan, parseTimeSpan } from "../../server/src/core/values/time-span.ts";
import { requireTool } from "../support/tools.ts";

const handwritten = [
  ...["0", "1", "5s", "5sec", "5second", "5seconds", "5m", "5min", "5minute", "5minutes", "5M", "5month", "5months"],
  ...["5h", "5hr", "5hour", "5hours", "5d", "5day", "5days", "5w", "5week", "5weeks", "5y", "5year", "5years"],
  ...[
    "5us",
    "5usec",
    "5\u00b5s",
    "5\u03bcs",
    "5ms",
    "5msec",
    "5 ms",
    "5  \t ms",
    " 5s ",
    "5s\n",
    "\v5s",
    "5\v5",
    "5s\v",
  ],
  ...["infinity", " infinity ", "infinity 5", "infinityx", "INFINITY", "5 infinity", "infinity infinity"],
  ...["1h30min", "1h 30min", "1h 30", "30 1h", "1 2 3", "1s2", "1s+2", "+5", "+ 5", "12+5", "12 +5", "--5", "-5", "-0"],
  ...["1.5h", ".5", "0.5", "+.5", "5.", "5.s", ".", ". 5", "5 .5", "5s.5", "1.2.3", "1.2 .3", "0.1us", "0.999999us"],
  ...["1.0000019s", "0.0000001y", "3.14159265358979323846y", "1.99999999999999999999999999s", "0.123456789"],
  ...[
    "5S",
    "5H",
    "5Min",
    "5MS",
    "5ns",
    "5nsec",
    "5mins",
    "5secs",
    "5minuts",
    "5 x",
    "x",
    "min",
    "s5",
    "5mm",
    "5mo",
    "5Y",
  ],
  ...["1,5s", "1s,2s", "1:30", "0x10", "010", "1e3", "5%", "5s;", "1_000", "\u0665s", "5\u00a0s", "", " "],
  ...["584542y", "584541y", "9223372036854775807us", "9223372036854775808us", "18446744073709551615us"],
  ...["9223372036854775807us 9223372036854775807us", "9223372036854775807us 9223372036854775807us 1us"],
  ...[
    "18446744073709.551614s",
    "18446744073709s",
    "18446744073710s",
    "99999999999999999999999999",
    "0000000000000000000005",
  ],
];

interface Reading {
  readonly usec: bigint;
  readonly human: string;
}

/** What systemd says of each; undefined where it refuses. Arguments in one call are given up at the first bad one. */
function askSystemd(texts: readonly string[]): (Reading | undefined)[] {
  const { stdout, status } = spawnSync("systemd-analyze", ["timespan", "--", ...texts], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  const readings = [...stdout.matchAll(/^ +\S*s: (\d+)\n +Human: (.*)$/gm)].map(([, usec = "", human = ""]) => ({
    usec: BigInt(usec),
    human,
  }));
  if (status === 0) assert.equal(readings.length, texts.length, stdout);
  return status === 0 || texts.length === 1
    ? texts.map((_, index) => readings[index])
    : texts.flatMap((text) => askSystemd([text]));
}

/** Compares each; those that we accept in one call, since systemd should too. */
function compare(texts: readonly string[]): void {
  const read = texts.map((text) => ({ text, span: parseTimeSpan(text, { defaultUnit: "s" }) }));
  const [accepted, refused] = [
    read.flatMap(({ text, span }) => ("fault" in span ? [] : [{ text, usec: span.usec }])),
    read.flatMap(({ text, span }) => ("fault" in span ? [text] : [])),
  ];
  const theirs = askSystemd(accepted.map(({ text }) => text));
  for (const [index, { text, usec }] of accepted.entries()) {
    const their = theirs[index];
    assert.ok(their, `systemd refuses ${JSON.stringify(text)}`);
    if (usec === "infinity") assert.equal(their.human, "infinity");
    else if (usec > Number.MAX_SAFE_INTEGER) assert.equal(usec, Number(their.usec), text);
    else {
      assert.equal(BigInt(usec), their.usec, text);
      assert.equal(formatTimeSpan(usec), their.human, text);
    }
  }
  for (const text of refused) assert.equal(askSystemd([text])[0], undefined, `systemd accepts ${JSON.stringify(text)}`);
}

test("systemd reads the handwritten time spans as we do", (t) => {
  if (requireTool(t, "systemd-analyze")) compare(handwritten);
});

/** Spans of right and nearly right parts, the same on every run. */
function* randomSpans(count: number): Generator<string> {
  const numbers = [
    "0",
    "1",
    "7",
    "59",
    "60",
    "90",
    "365",
    "1.5",
    ".25",
    "0.000001",
    "12.3456789",
    "999999",
    "+3",
    "3.",
    "-1",
  ];
  const units = [
    "s",
    "s",
    "sec",
    "min",
    "m",
    "M",
    "h",
    "hours",
    "d",
    "w",
    "month",
    "y",
    "ms",
    "us",
    "\u00b5s",
    "",
    "ns",
    "x",
  ];
  const gaps = ["", "", " ", " ", "  ", "\t", ","];
  let seed = 11;
  const pick = (words: readonly string[]): string => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return words[(seed >>> 8) % words.length] ?? "";
  };
  for (let i = 0; i < count; i++) {
    const parts = Array.from({ length: 1 + (i % 4) }, () => pick(numbers) + pick(gaps) + pick(units));
    yield parts.join(pick(gaps));
  }
}

test("systemd reads random time spans as we do", (t) => {
  if (requireTool(t, "systemd-analyze")) compare([...randomSpans(300)]);
});
