// What a service runs: systemd refuses one that has nothing to run, or too much for its type.
import { spanInValue } from "../../syntax/unit-syntax.ts";
import { parseCommands } from "../../values/command-line.ts";
import type { UnitCheck, UnitFacts } from "../check.ts";
import { replaceWith } from "../fixes.ts";

export const noCommand: UnitCheck = {
  id: "unit/no-command",
  severity: "error",
  title: "A service without a command",
  why: "A service needs an ExecStart=. Type=oneshot also allows ExecStop= with RemainAfterExit=yes, and SuccessAction= allows no command at all; systemd rejects any other service.",
  types: ["service"],
  example: { bad: "[Service]\nType=simple\n", good: "[Service]\nType=simple\nExecStart=/usr/bin/demo\n" },
  run(unit, _context, report) {
    if (unit.all("Service", "ExecStart").length > 0 || hasSuccessAction(unit)) return;
    const type = unit.last("Service", "Type");
    if (type !== undefined && typeOf(unit) !== "oneshot") {
      report(
        type,
        `a service with "Type=${typeOf(unit)}" needs an "ExecStart=", and systemd rejects one without; add the command that it runs`,
      );
    } else if (unit.all("Service", "ExecStop").length === 0) {
      report(undefined, 'the service has no command, so systemd rejects it; add an "ExecStart="');
    } else if (!remains(unit)) {
      report(
        undefined,
        'the service has an "ExecStop=" but no "ExecStart=", which requires "RemainAfterExit=yes"; add one of the two',
      );
    }
  },
};

export const severalCommands: UnitCheck = {
  id: "unit/several-commands",
  severity: "error",
  title: "More than one ExecStart=",
  why: "Only a service with Type=oneshot runs several commands; systemd rejects any other with more than one. An empty ExecStart= resets earlier ones, so that a drop-in can replace the command.",
  types: ["service"],
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo prepare\nExecStart=/usr/bin/demo run\n",
    good: "[Service]\nExecStartPre=/usr/bin/demo prepare\nExecStart=/usr/bin/demo run\n",
  },
  run(unit, _context, report) {
    if (typeOf(unit) === "oneshot") return;
    const commands = unit.all("Service", "ExecStart");
    const [first, second] = commands;
    for (const at of commands) {
      const { value } = at.entry.node;
      const [, next] = !at.entry.open && value.text.includes(";") ? parseCommands(value.text) : [];
      if (next === undefined) continue;
      report(
        at,
        '";" separates two commands, which systemd rejects unless the type is "oneshot"; use "ExecStartPre=" for the first one',
        { span: spanInValue(value, next.start, next.end) },
      );
      return;
    }
    if (first === undefined || second === undefined) return;
    const replaces = second.source !== first.source;
    report(
      second,
      replaces
        ? 'the unit already has an "ExecStart=", and systemd rejects a second one; add an empty "ExecStart=" before this line to replace it'
        : `systemd rejects a second "ExecStart=" unless the type is "oneshot"; use "ExecStartPre=" for the first one`,
      replaces
        ? {
            fixes: [
              replaceWith(
                { start: second.entry.node.span.start, end: second.entry.node.span.start },
                "ExecStart=\n",
                'Add an empty "ExecStart="',
              ),
            ],
          }
        : {},
    );
  },
};

/** The type that a service has, also when it says none. */
export function typeOf(unit: UnitFacts): string {
  const written = unit.text("Service", "Type");
  if (written !== undefined) return written;
  if (unit.text("Service", "BusName") !== undefined) return "dbus";
  return unit.all("Service", "ExecStart").length > 0 ? "simple" : "oneshot";
}

function hasSuccessAction(unit: UnitFacts): boolean {
  const action = unit.text("Unit", "SuccessAction");
  return action !== undefined && action !== "none";
}

function remains(unit: UnitFacts): boolean {
  return /^(1|yes|y|true|t|on)$/i.test(unit.text("Service", "RemainAfterExit") ?? "");
}
