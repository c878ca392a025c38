// Holds calendar events to `systemd-analyze calendar`: what it takes, its normal form, and the next times.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { parseCalendar } from "../../server/src/core/values/calendar.ts";
import { nextElapses } from "../../server/src/core/values/calendar-next.ts";
import { formatCalendar } from "../../server/src/core/values/calendar-text.ts";
import { randomNumbers } from "../support/random-numbers.ts";
import { requireTool } from "../support/tools.ts";

const written = [
  ...["minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "annually", "anually", "semiannually"],
  ...["semi-annually", "biannually", "bi-annually", "DAILY", "daily UTC", "dayly", "fortnightly", ""],
  ...[
    "Sat,Thu,Mon-Wed,Sat-Sun",
    "Mon,Sun 12-*-* 2,1:23",
    "Wed, 17:48",
    "Wed *-1",
    "Wed..Wed,Wed *-1",
    "Mon.Tue",
    "Fri..Mon",
  ],
  ...[
    "Thu,Wed..Sun",
    "Mon..",
    "Mon,,Tue",
    "10-15",
    "2026-11-23",
    "26-11-23",
    "*-*~01",
    "*-02~3",
    "*-*~1..3 00:00",
    "*-1~*",
  ],
  ...[
    "Sat *-*-1..7 18:00",
    "*:0/15",
    "1..3,2:00",
    "08:00:00",
    "8:0",
    "24:00",
    "08:60",
    "08:00:60",
    "0:0:0.000001",
    "0:0:1.5..3",
  ],
  ...["*-*-* 02:30:00", "2027-03-28 02:30", "2027-10-31 02:30", "*-02-31", "Feb", "@1893456000", "@x", "@99999999999"],
  ...[
    "*:*:*",
    "*:*",
    "*",
    "*-*",
    "12",
    "2029-02-29",
    "*-*-29..31",
    "*-*-31/2",
    "*/0:00",
    "5..3:00",
    "Mon 25:00",
    "08:00 Mon",
  ],
  ...[
    "monthly Europe/Berlin",
    "12:00 America/New_York",
    "12:00 Europe/Nowhere",
    "1969-1-1",
    "2200-1-1",
    "2199-12-31",
    "*-00-01",
  ],
];

/** Events that systemd 252 fails to compute, although they come; later versions do. */
const lost = /^(?:Infinite loop|Failed to determine)/m;

function randomEvents(count: number): string[] {
  const random = randomNumbers(7);
  const pick = (choices: readonly string[]) => choices[random(choices.length)] ?? "";
  const number = (least: number, most: number) => String(least + random(most - least + 1)).padStart(2, "0");
  const part = (least: number, most: number) => {
    const one = () => number(least, most);
    return pick(["*", "*", one(), one(), `${one()}..${one()}`, `${one()}/${number(1, 7)}`, `${one()},${one()}`, "*/3"]);
  };
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Monday", "sunday"];
  return Array.from({ length: count }, () => {
    const weekdays = random(3) > 0 ? "" : `${pick(days)}${pick(["", `..${pick(days)}`, `,${pick(days)}`])} `;
    const year = pick(["", "*-", "2027-", "2026..2030-"]);
    // Of the last days of a month systemd 252 takes no lists with the 28th.
    const date = random(2) > 0 ? `${year}${part(1, 12)}${pick(["-", "-", "~"])}${part(1, 27)} ` : "";
    const seconds = pick(["", `:${part(0, 59)}`, ":0.5", ":0/0.25"]);
    return `${weekdays}${date}${part(0, 23)}:${part(0, 59)}${seconds}${pick(["", "", "", " UTC", " Europe/Berlin"])}`;
  });
}

const base = "2026-11-23 10:00:00";
const instants: Readonly<Record<string, number>> = {
  UTC: Date.UTC(2026, 10, 23, 10) * 1000,
  "Europe/Berlin": Date.UTC(2026, 10, 23, 9) * 1000,
};

for (const [zone, from] of Object.entries(instants)) {
  test(`events are taken, written and computed as by systemd, in ${zone}`, (t) => {
    if (!requireTool(t, "systemd-analyze")) return;
    let taken = 0;
    for (const text of [...written, ...randomEvents(300)]) {
      const { status, stdout, stderr } = spawnSync(
        "systemd-analyze",
        ["calendar", "--iterations=5", `--base-time=${base}`, text],
        { encoding: "utf8", env: { ...process.env, TZ: zone, SYSTEMD_COLORS: "0", LC_ALL: "C" } },
      );
      if (lost.test(stderr)) continue;
      const event = parseCalendar(text);
      assert.equal(!("fault" in event), status === 0, `"${text}": ${stderr}`);
      if ("fault" in event) continue;
      taken += 1;
      assert.equal(formatCalendar(event), /Normalized form: (.*)/.exec(stdout)?.[1], text);
      const times = [...stdout.matchAll(/(?:Next elapse|Iter[^:]*): (.*)\n(?:\s*\(in UTC\): (.*)\n)?/g)];
      const theirs = times
        .map(([, local = "", utc]) => withoutFraction(utc ?? local))
        .filter((time) => time !== "never");
      const ours = nextElapses(event, { from, count: 5, zone }).map(utcText);
      assert.deepEqual(ours, theirs, text);
    }
    t.diagnostic(`${taken} events`);
    assert.ok(taken > 150);
  });
}

/** Times are printed to the second. */
function withoutFraction(time: string): string {
  return time.trim().replace(/\.\d+/, "");
}

function utcText(instant: number): string {
  const date = new Date(Math.floor(instant / 1000));
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][date.getUTCDay()];
  return `${weekday} ${date.toISOString().slice(0, 10)} ${date.toISOString().slice(11, 19)} UTC`;
}
