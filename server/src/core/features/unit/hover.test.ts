// Hover in unit files; `$0` is the pointer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unitCaret } from "../../../../../test/support/unit-caret.ts";
import type { UnitFeatureContext } from "./context.ts";
import { hoverUnit } from "./hover.ts";

function found(marked: string, name?: string, around?: Partial<UnitFeatureContext>) {
  const { text, file, offset, context } = unitCaret(marked, name, around);
  const hover = hoverUnit(file, offset, context);
  return hover && { word: text.slice(hover.span.start, hover.span.end), markdown: hover.markdown };
}

/** Checks which word is explained, and how. */
function explains(marked: string, word: string, markdown: RegExp, name?: string): void {
  test(`"${word}" is explained in ${JSON.stringify(marked)}`, () => {
    const hover = found(marked, name);
    assert.equal(hover?.word, word);
    assert.match(hover?.markdown ?? "", markdown);
  });
}

explains("[Un$0it]\n", "Unit", /^\*\*\[Unit\]\*\*\n\n./);
explains("[Service]\nTy$0pe=exec\n", "Type", /^\*\*Type=\*\* in `\[Service\]`[\s\S]*one of `simple`/);
explains("[Service]\nTy$0pe=exec\n", "Type", /man\/latest\/systemd\.service\.html#Type=\)$/);
explains("[Service]\nExit$0Type=main\n", "ExitType", /Requires systemd 250 or later\./);
explains("[Service]\nEnvironment$0=A=b\n", "Environment", /accumulate; an empty value resets/);
explains("[Unit]\nAfter$0=a.service\n", "After", /accumulate; an empty value does not reset/);
explains("[Service]\n$0ReadOnlyDirectories=/usr\n", "ReadOnlyDirectories", /Old name of `ReadOnlyPaths=`/);
explains("[Service]\nStartLimitBurst$0=5\n", "StartLimitBurst", /`StartLimitBurst=` in `\[Unit\]`/);
explains("[Service]\nCPUShares$0=1\n", "CPUShares", /systemd 258 and later ignore it; use `CPUWeight=` instead/);
explains("[Service]\nRestartSec$0=1\n", "RestartSec", /Default: `100ms`[\s\S]*RestartSec=5s/);
explains("[Service]\nMemoryMax=5$012M\n", "512M", /^`512M`: 536,870,912 bytes/);
explains("[Service]\nUMask=00$022\n", "0022", /^`0022`: takes away `----w--w-`$/);
explains("[Service]\nRestartSec=$090\n", "90", /^`90`: `1min 30s`$/);
explains("[Service]\nTimeoutStopSec=5 mi$0nutes 20\n", "5 minutes 20", /^`5 minutes 20`: `5min 20s`$/);
explains("[Service]\nExecStart=$0-/bin/a\n", "-", /^`-`: .*failure/);
explains("[Service]\nExecStart=/bin/a $HO$0ME\n", "$HOME", /^`\$HOME`: .*home/);
explains("[Service]\nExecStart=/bin/a %i$0\n", "%i", /Here: `x`/, "web@x.service");
explains("[Service]\nExecStart=/bin/a \\\n  %i$0\n", "%i", /instance name/, "web@.service");
explains("[Service]\nExecStart=/bin/a %t$0/x\n", "%t", /Here: `\/run`/);
explains("[Service]\nExecStart=-$0@/bin/a a\n", "@", /^`@`/);
explains("[Service]\nExecStart=/bin/a %i$0%n\n", "%n", /^`%n`/);
explains("[Service]\nExecStart=/bin/a %$0i%n\n", "%i", /^`%i`/);
explains("[Service]\nPrivateDevices=\\\n  y$0es\n", "yes", /yes/);

for (const [where, marked] of [
  ["a comment", "[Service]\n# Type=ex$0ec\n"],
  ["a comment between the parts of a value", "[Service]\nExecStart=/bin/a \\\n# %i$0\n x\n"],
  ["a setting that nobody knows", "[Service]\nUnkno$0wn=1\n"],
  ["a section that nobody knows", "[X-$0Mine]\n"],
  ["the blanks beside a value", "[Service]\nMemoryMax=  $0 512M\n"],
  ["an empty line", "[Service]\n$0\n"],
  ["a value that another tool writes", "[Service]\nMemoryMax={{ 1$0 }}\n"],
] as const) {
  test(`nothing is said in ${where}`, () => assert.equal(found(marked), undefined));
}

test("a unit is explained by its own description, as the text that it is", () => {
  const describeUnit = (name: string) => (name === "web.service" ? "Web *server*" : undefined);
  const hover = found("[Unit]\nAfter=a.service web$0.service\n", "demo.service", { describeUnit });
  assert.equal(hover?.word, "web.service");
  assert.equal(hover?.markdown, "`web.service`: Web \\*server\\*");
  assert.equal(found("[Unit]\nAfter=a.$0service\n", "demo.service", { describeUnit }), undefined);
});

function nextTimes(event: string, around: Partial<UnitFeatureContext>): string[] {
  const hover = found(`[Timer]\nOnCalendar=${event.slice(0, 1)}$0${event.slice(1)}\n`, "demo.timer", around);
  assert.equal(hover?.word, event);
  return (hover?.markdown ?? "").split("\n").filter((line) => line !== "");
}

test("a calendar event is explained by its normal form and the next times in the user's zone", () => {
  const now = Date.UTC(2027, 2, 26, 12);
  assert.deepEqual(nextTimes("02:30", { now, zone: "Europe/Berlin" }), [
    "`02:30`: `*-*-* 02:30:00`",
    "Next, in Europe/Berlin:",
    "- Sat 2027-03-27 02:30:00",
    "- Mon 2027-03-29 02:30:00",
    "- Tue 2027-03-30 02:30:00",
    "- Wed 2027-03-31 02:30:00",
    "- Thu 2027-04-01 02:30:00",
  ]);
  assert.equal(nextTimes("daily UTC", { now, zone: "Europe/Berlin" })[1], "Next, in UTC:");
  assert.deepEqual(nextTimes("2020-01-01", { now }).slice(1), ["It never elapses again."]);
  assert.deepEqual(nextTimes("daily", {}), ["`daily`: `*-*-* 00:00:00`"]);
});
