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
    title: "An invalid value",
    why: "systemd ignores an assignment whose value it cannot parse, and uses the default; for some settings it rejects the whole unit, and then this is an error.",
    example: { bad: running("Restart=onfailure"), good: running("Restart=on-failure"), fixed: ["good"] },
  },
  {
    id: "unit/deprecated-value",
    severity: "info",
    title: "A deprecated value",
    why: "systemd still accepts the value, and logs that it should be replaced.",
    example: { bad: running("StandardOutput=syslog"), good: running("StandardOutput=journal"), fixed: ["good"] },
  },
  {
    id: "unit/relative-path",
    severity: "warning",
    title: "A relative path",
    why: "Paths in units must be absolute.",
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
    why: "systemd ignores paths with .. components.",
    example: { bad: running("ReadWritePaths=/var/../srv"), good: running("ReadWritePaths=/srv"), fixed: ["good"] },
  },
  {
    id: "unit/quotes-literal",
    severity: "warning",
    title: "Quotes that are part of the value",
    why: "Only lists and command lines support quotes; a quoted path does not begin with a slash and is rejected.",
    example: {
      bad: running('WorkingDirectory="/var/lib/demo"'),
      good: running("WorkingDirectory=/var/lib/demo"),
      fixed: ["good"],
    },
  },
  {
    id: "unit/unbalanced-quotes",
    severity: "warning",
    title: "An unclosed quote",
    why: "systemd cannot split the value and ignores it; an unclosed quote in a command line makes it reject the unit.",
    example: { bad: running('Environment="GREETING=hello'), good: running("Environment=GREETING1=hello") },
  },
  {
    id: "unit/unknown-specifier",
    severity: "warning",
    title: "An unknown specifier",
    why: "A percent sign and a letter are a specifier, which systemd expands. A literal percent sign is doubled.",
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
    why: "systemd accepts a calendar event whose date does not exist, or never falls on its weekday, and the timer never elapses; from version 262 on, it logs a warning.",
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
    why: "/var/run is an old name of /run. systemd rewrites it and logs a warning.",
    example: { bad: running("PIDFile=/var/run/demo.pid"), good: running("PIDFile=/run/demo.pid"), fixed: ["good"] },
  },
  {
    id: "unit/invalid-unit-name",
    severity: "warning",
    title: "An invalid unit name",
    why: "A unit name ends in its type and consists of letters, digits and a few other characters; systemd ignores a dependency on anything else.",
    example: {
      bad: described("After=net/work.target"),
      good: described("After=network.target"),
    },
  },
  {
    id: "unit/dependency-without-suffix",
    severity: "warning",
    title: "A unit name without its type",
    why: "Unit files need complete names, foo.service instead of foo; systemd ignores a dependency without the suffix.",
    example: { bad: described("After=docker"), good: described("After=docker.service"), fixed: ["good"] },
  },
  {
    id: "unit/exec-path",
    severity: "error",
    title: "A command that systemd cannot start",
    why: "A command begins with an absolute path, or with a file name that systemd looks up in fixed folders; otherwise it rejects the unit.",
    example: {
      bad: service("ExecStart=bin/demo"),
      good: service("ExecStart=/usr/bin/demo"),
      fixed: [{ text: "[Service]\nExecStart=/bin/demo\n" }],
    },
  },
  {
    id: "unit/exec-prefix",
    severity: "warning",
    title: "Invalid combination of command prefixes",
    why: "Each of the prefixes @ - : + ! may occur only once before a command, and + and ! exclude each other.",
    example: { bad: service("ExecStart=!!/usr/bin/demo"), good: service("ExecStart=/usr/bin/demo"), fixed: ["good"] },
  },
  {
    id: "unit/exec-escape",
    severity: "warning",
    title: "An unknown escape sequence",
    why: "systemd supports the escape sequences of C and keeps others as they are, with a warning; a literal backslash is doubled.",
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
    why: "systemd starts commands without a shell, so redirections, pipes and patterns are passed as arguments.",
    example: {
      bad: service("ExecStart=/usr/bin/demo > /run/demo.log"),
      good: service('ExecStart=/usr/bin/sh -c "/usr/bin/demo > /run/demo.log"'),
    },
  },
  {
    id: "unit/user-name",
    severity: "error",
    title: "An invalid user or group name",
    why: "systemd rejects a unit with an invalid user or group; unusual names are accepted with a message in the log.",
    example: {
      bad: running("User=daemon:daemon"),
      good: running("User=daemon\nGroup=daemon"),
      fixed: [{ text: "[Service]\nExecStart=/usr/bin/demo\nUser=daemon\n" }],
    },
  },
  {
    id: "unit/environment-entry",
    severity: "warning",
    title: "An invalid environment variable",
    why: "systemd ignores an entry without an equals sign, or whose name contains characters other than letters, digits and underscores.",
    example: { bad: running("Environment=1GREETING=hello"), good: running("Environment=GREETING1=hello") },
  },
];
