// Whatever stands in a unit file, every question about it gets an answer, in bounded time, and within the text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkUnit } from "../../checks/unit/check-units.ts";
import { unitContext } from "../../model/unit-context.ts";
import { parseUnitFile } from "../../model/unit-file.ts";
import { locateUnit } from "../../model/unit-location.ts";
import { settingsOfSection, unitSections } from "../../tables/find-unit-setting.ts";
import { completeUnit } from "./complete.ts";
import { hoverUnit } from "./hover.ts";
import { linksIn } from "./links.ts";
import { mentionsIn } from "./mentions.ts";

const types = ["service", "socket", "timer", "path", "mount", "automount", "swap", "slice", "scope", "target"];

/** A generator of numbers below `below`, the same in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const parts = [
  ..."\"'\\%$~!@-+:|;#=[]{}()*?<>&`,./ \t",
  ...["%i", "%%", "\u0024{A}", "$A", "\\x41", "\\", "\\\n", "\n", "\r\n", "\0", "\ufeff", "\ud83d", "é😀", "%"],
  ...["yes", "infinity", "1G", "50%", "5min", "-1", "/usr/bin/demo", "../x", "a.service", "@a", "0x", "1e9"],
  ...["Mon..Fri *-*-1 00:00", "CAP_NET_ADMIN", "@system-service", "AF_INET", "[::1]:80", "file:/x", "a:b:c", "="],
] as const;

test("random values of every setting are read, explained and completed without a fault", async () => {
  const random = randomNumbers(5);
  for (const section of unitSections) {
    const type = section === "Unit" || section === "Install" ? "service" : section.toLowerCase();
    const path = `usr/lib/systemd/system/demo.${type}`;
    for (const { name } of settingsOfSection(section)) {
      for (let round = 0; round < 12; round++) {
        const value = Array.from({ length: random(8) }, () => parts[random(parts.length)]).join(random(2) ? " " : "");
        await askEverything(`[${section}]\n${name}=${value}\n`, path, random);
      }
    }
  }
});

test("random texts are, too", async () => {
  const random = randomNumbers(6);
  const lines = [
    "[Unit]\n",
    "[Service]\n",
    "[Install]\n",
    "ExecStart=",
    "After=",
    "Environment=",
    "#",
    "# sysext: disable=",
  ];
  for (let round = 0; round < 1500; round++) {
    const text = Array.from({ length: random(30) }, () =>
      random(3) ? parts[random(parts.length)] : lines[random(lines.length)],
    ).join("");
    await askEverything(text, `usr/lib/systemd/system/demo.${types[random(types.length)]}`, random);
  }
});

async function askEverything(text: string, path: string, random: (below: number) => number): Promise<void> {
  for (const { span, message, fixes } of checkUnit(text, path)) {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, JSON.stringify([text, message]));
    assert.doesNotMatch(message, /\.$|\n|undefined|NaN|\[object/);
    for (const { changes } of fixes) {
      for (const change of changes) {
        if (change.kind === "edit") assert.ok(change.span.start <= change.span.end && change.span.end <= text.length);
      }
    }
  }
  const location = locateUnit(path);
  const file = parseUnitFile(text, location);
  const context = { ...unitContext(location), now: 0, zone: "UTC" };
  for (const { span } of [...mentionsIn(file), ...linksIn(file)]) assert.ok(span.end <= text.length);
  const offset = random(text.length + 1);
  hoverUnit(file, offset, context);
  for (const { span } of await completeUnit(file, offset, context)) {
    assert.ok(
      span.start <= offset && span.end >= offset && span.end <= text.length,
      JSON.stringify([text, offset, span]),
    );
  }
}

for (const [what, text] of [
  ["a value of a million signs", `[Service]\nExecStart=/usr/bin/demo ${"a ".repeat(500_000)}\n`],
  ["a list of half a million names", `[Unit]\nAfter=${"a.service ".repeat(100_000)}\n`],
  ["quotes without end", `[Service]\nEnvironment=${'"'.repeat(300_000)}\n`],
  ["percent signs without end", `[Unit]\nDescription=${"%".repeat(500_000)}x\n`],
  ["a time span of many parts", `[Service]\nTimeoutSec=${"1s ".repeat(100_000)}\n`],
  ["a calendar event of many parts", `[Timer]\nOnCalendar=*-*-* ${"1,".repeat(100_000)}1:00\n`],
  ["a hundred thousand unknown settings", `[Service]\n${"Foo=1\n".repeat(100_000)}`],
  ["a hundred thousand comments that switch off", `${"# sysext: disable=unit/x\nA=1\n".repeat(50_000)}`],
  ["backslashes and blanks", `[Service]\nExecStart=/x ${"\\ ".repeat(200_000)}\n`],
  ["variables without end", `[Service]\nExecStart=/x ${`$${"{A}".repeat(100_000)}`}\n`],
] as const) {
  test(`${what}: an answer within seconds`, () => {
    const type = text.startsWith("[Timer]") ? "timer" : "service";
    assert.ok(Array.isArray(checkUnit(text, `usr/lib/systemd/system/demo.${type}`)));
  });
}
