// What there is to say of each way in which a value can be wrong; the grammars in core/values find them.

import type { ValueCheck } from "../../model/value-reading.ts";
import type { CheckFacts } from "../check.ts";
import { demoService } from "./example-units.ts";

interface ValueCheckFacts extends CheckFacts {
  readonly id: ValueCheck;
}

const service = (line: string) => `[Service]\n${line}\n`;
const described = (line: string) => `[Unit]\n${line}\n[Service]\nExecStart=/usr/bin/demo\n`;
const running = (line: string) => service(`ExecStart=/usr/bin/demo\n${line}`);

export const valueChecks: readonly ValueCheckFacts[] = [
  {
    id: "unit/invalid-value",
    severity: "warning",
    title: "A value that the setting does not take",
    why: "systemd passes over an assignment whose value it cannot read, so that the default counts; for some settings it refuses the whole unit, and then this is an error.",
    example: { bad: running("Restart=onfailure"), good: running("Restart=on-failure"), fixed: ["good"] },
  },
  {
    id: "unit/deprecated-value",
    severity: "info",
    title: "A value that is going out of use",
    why: "systemd still takes the value, and says in its log that it should be replaced.",
    example: { bad: running("StandardOutput=syslog"), good: running("StandardOutput=journal"), fixed: ["good"] },
  },
  {
    id: "unit/relative-path",
    severity: "warning",
    title: "A path that does not begin at the root",
    why: "Paths in units begin with a slash, since a unit has no folder that others could count from.",
    example: {
      bad: running("ReadWritePaths=var/lib/demo"),
      good: running("ReadWritePaths=/var/lib/demo"),
      fixed: ["good"],
    },
  },
  {
    id: "unit/path-not-normalized",
    severity: "warning",
    title: "A path with .. in it",
    why: "systemd passes over paths that go back up, because they can lead anywhere.",
    example: { bad: running("ReadWritePaths=/var/../srv"), good: running("ReadWritePaths=/srv"), fixed: ["good"] },
  },
  {
    id: "unit/quotes-literal",
    severity: "warning",
    title: "Quotes where systemd takes them for a part of the value",
    why: "Only lists and command lines know quotes; a path in quotes does not begin with a slash, and is refused.",
    example: {
      bad: running('WorkingDirectory="/var/lib/demo"'),
      good: running("WorkingDirectory=/var/lib/demo"),
      fixed: ["good"],
    },
  },
  {
    id: "unit/unbalanced-quotes",
    severity: "warning",
    title: "A quote that nothing closes",
    why: "systemd cannot take the value apart, and passes over it; a command line with an open quote makes it refuse the unit.",
    example: { bad: running('Environment="GREETING=hello'), good: running("Environment=GREETING1=hello") },
  },
  {
    id: "unit/unknown-specifier",
    severity: "warning",
    title: "A percent sign that begins no specifier",
    why: "A percent sign and a letter stand for something that systemd puts in their place. A percent sign by itself is written twice.",
    example: {
      bad: described("Description=At 20%x load"),
      good: described("Description=At 20%%x load"),
      fixed: ["good"],
    },
  },
  {
    id: "unit/never-elapses",
    severity: "warning",
    title: "A date that never comes",
    why: "systemd takes a calendar event whose date is in no calendar, or never falls on its weekday, and the timer never elapses; from version 262 on its log says so.",
    example: {
      bad: "[Timer]\nOnCalendar=Mon 2026-11-24\n",
      good: "[Timer]\nOnCalendar=Tue 2026-11-24\n",
      unit: "demo.timer",
      around: demoService,
    },
  },
  {
    id: "unit/var-run",
    severity: "info",
    title: "A path below /var/run",
    why: "/var/run is an old name of /run. systemd rewrites it and says so in its log.",
    example: { bad: running("PIDFile=/var/run/demo.pid"), good: running("PIDFile=/run/demo.pid"), fixed: ["good"] },
  },
  {
    id: "unit/invalid-unit-name",
    severity: "warning",
    title: "What is no unit's name",
    why: "A unit's name ends in its type and has letters, digits and a few signs; systemd passes over a dependency on anything else.",
    example: {
      bad: described("After=net/work.target"),
      good: described("After=network.target"),
    },
  },
  {
    id: "unit/dependency-without-suffix",
    severity: "warning",
    title: "A unit's name without its type",
    why: "In a unit file names are written out, foo.service and not foo; systemd passes over a dependency without the ending.",
    example: { bad: described("After=docker"), good: described("After=docker.service"), fixed: ["good"] },
  },
  {
    id: "unit/exec-path",
    severity: "error",
    title: "A command that systemd cannot start",
    why: "A command begins with an absolute path, or with a plain file name that is looked up in fixed folders; systemd refuses the unit otherwise.",
    example: {
      bad: service("ExecStart=bin/demo"),
      good: service("ExecStart=/usr/bin/demo"),
      fixed: [{ text: "[Service]\nExecStart=/bin/demo\n" }],
    },
  },
  {
    id: "unit/exec-prefix",
    severity: "warning",
    title: "Signs before a command that do not go together",
    why: "Each of the signs @ - : + ! stands before a command at most once, and + and ! exclude each other.",
    example: { bad: service("ExecStart=!!/usr/bin/demo"), good: service("ExecStart=/usr/bin/demo"), fixed: ["good"] },
  },
  {
    id: "unit/exec-escape",
    severity: "warning",
    title: "A backslash that begins no escape",
    why: "systemd knows the escapes of C and keeps others as they are, with a warning; write two backslashes for one.",
    example: {
      bad: service("ExecStart=/usr/bin/demo \\d+"),
      good: service("ExecStart=/usr/bin/demo \\\\d+"),
      fixed: ["good"],
    },
  },
  {
    id: "unit/exec-shell-syntax",
    severity: "warning",
    title: "Shell syntax in a command line",
    why: "systemd starts commands without a shell, so that redirections, pipes and patterns are handed over as arguments.",
    example: {
      bad: service("ExecStart=/usr/bin/demo > /run/demo.log"),
      good: service('ExecStart=/usr/bin/sh -c "/usr/bin/demo > /run/demo.log"'),
    },
  },
  {
    id: "unit/user-name",
    severity: "error",
    title: "What is no name of a user or group",
    why: "systemd refuses a unit whose user or group cannot be one; names outside the usual form are taken, with a notice in its log.",
    example: {
      bad: running("User=daemon:daemon"),
      good: running("User=daemon\nGroup=daemon"),
      fixed: [{ text: "[Service]\nExecStart=/usr/bin/demo\nUser=daemon\n" }],
    },
  },
  {
    id: "unit/environment-entry",
    severity: "warning",
    title: "What is no NAME=VALUE",
    why: "systemd drops an entry without an equals sign, and one whose name has other signs than letters, digits and underscores.",
    example: { bad: running("Environment=1GREETING=hello"), good: running("Environment=GREETING1=hello") },
  },
];
