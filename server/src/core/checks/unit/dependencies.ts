// Dependencies that systemd drops or refuses: on the unit itself, on devices, and on too many.
import type { Occurrence } from "../../model/unit.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { readBoolean } from "../../values/choices.ts";
import type { UnitCheck, UnitFacts } from "../check.ts";

interface Word {
  readonly at: Occurrence;
  readonly text: string;
  readonly span: Span;
}

/** The names that a dependency setting lists. */
function wordsOf(unit: UnitFacts, name: string): Word[] {
  return unit.all("Unit", name).flatMap((at) =>
    at.entry.open
      ? []
      : [...at.entry.node.value.text.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
          at,
          text,
          span: spanInValue(at.entry.node.value, index, index + text.length),
        })),
  );
}

/** Of these systemd says in its log that it drops them; of others it says nothing. */
const loud = ["Conflicts", "Before", "After", "OnSuccess", "OnFailure"];

export const selfDependency: UnitCheck = {
  id: "unit/self-dependency",
  severity: "warning",
  title: "A unit that depends on itself",
  why: "systemd ignores a dependency of a unit on itself.",
  example: {
    bad: "[Unit]\nAfter=demo.service\n[Service]\nExecStart=/usr/bin/demo\n",
    good: "[Unit]\nAfter=other.service\n[Service]\nExecStart=/usr/bin/demo\n",
  },
  run(unit, _context, report) {
    for (const setting of loud) {
      for (const { at, text, span } of wordsOf(unit, setting)) {
        if (text !== unit.name.name) continue;
        report(at, `"${setting}=${text}" is the unit itself, so systemd ignores it; use another unit`, { span });
      }
    }
  },
};

export const beforeDevice: UnitCheck = {
  id: "unit/before-device",
  severity: "warning",
  title: "A unit ordered before a device",
  why: "Devices appear when the kernel finds them, so nothing can be ordered before one, and systemd ignores the setting.",
  example: {
    bad: "[Unit]\nBefore=dev-sda.device\n[Service]\nExecStart=/usr/bin/demo\n",
    good: "[Unit]\nAfter=dev-sda.device\n[Service]\nExecStart=/usr/bin/demo\n",
  },
  run(unit, _context, report) {
    for (const { at, text, span } of wordsOf(unit, "Before")) {
      if (!text.endsWith(".device")) continue;
      report(
        at,
        `nothing can be started before the device "${text}", so systemd ignores this; use "After=", or remove it`,
        {
          span,
        },
      );
    }
  },
};

export const failureHandler: UnitCheck = {
  id: "unit/failure-handler",
  severity: "warning",
  title: "A failure handler of a unit that cannot fail",
  why: "Slices and devices never fail, so systemd ignores OnFailure= in them.",
  types: ["slice", "device"],
  example: {
    bad: "[Unit]\nOnFailure=alarm.service\n",
    good: "[Unit]\nDescription=Demo\n",
    unit: "demo.slice",
  },
  run(unit, _context, report) {
    const found = unit.last("Unit", "OnFailure");
    if (found === undefined) return;
    report(found, `a ${unit.name.type} never fails, so systemd ignores "OnFailure="; remove it`, {
      span: found.entry.node.key,
    });
  },
};

export const isolateSeveral: UnitCheck = {
  id: "unit/isolate-several",
  severity: "error",
  title: "Several units with the job mode isolate",
  why: "The job mode isolate stops everything except one unit, so OnFailure= or OnSuccess= can name only one; otherwise systemd rejects the unit.",
  example: {
    bad: "[Unit]\nOnFailure=a.target b.target\nOnFailureJobMode=isolate\n[Service]\nExecStart=/usr/bin/demo\n",
    good: "[Unit]\nOnFailure=a.target\nOnFailureJobMode=isolate\n[Service]\nExecStart=/usr/bin/demo\n",
  },
  run(unit, _context, report) {
    for (const setting of ["OnFailure", "OnSuccess"]) {
      const legacy = setting === "OnFailure" ? unit.last("Unit", "OnFailureIsolate") : undefined;
      const mode = unit.last("Unit", `${setting}JobMode`) ?? legacy;
      const text = mode?.entry.node.value.text ?? "";
      const isolates = mode === legacy ? readBoolean(text) === true : text === "isolate";
      const names = new Set(wordsOf(unit, setting).map((word) => word.text));
      if (mode === undefined || !isolates || names.size < 2) continue;
      report(
        mode,
        `only one unit can be isolated, but "${setting}=" names ${names.size}, so systemd rejects the unit; name one`,
      );
    }
  },
};

export const duplicateDependency: UnitCheck = {
  id: "unit/duplicate-dependency",
  severity: "hint",
  title: "A repeated dependency",
  why: "Naming a unit again in the same setting has no effect.",
  example: {
    bad: "[Unit]\nAfter=network.target a.service\nAfter=network.target\n[Service]\nExecStart=/usr/bin/demo\n",
    good: "[Unit]\nAfter=network.target a.service\n[Service]\nExecStart=/usr/bin/demo\n",
  },
  run(unit, _context, report) {
    for (const setting of ["After", "Before", "Wants", "Requires", "BindsTo", "PartOf", "Upholds", "Conflicts"]) {
      const seen = new Set<string>();
      for (const { at, text, span } of wordsOf(unit, setting)) {
        if (seen.has(text) && at.source === unit.main) {
          report(at, `"${setting}=" already names "${text}"; remove it here`, { span });
        }
        seen.add(text);
      }
    }
  },
};

/** What the managers of users can do when a unit ends. */
const userActions = ["none", "exit", "exit-force"];

export const userAction: UnitCheck = {
  id: "unit/user-action",
  severity: "warning",
  title: "An action that only the system manager supports",
  why: "A user manager cannot reboot or halt the machine; it supports none, exit and exit-force, and ignores other actions.",
  example: {
    bad: "[Unit]\nFailureAction=reboot\n[Service]\nExecStart=/usr/bin/demo\n",
    good: "[Unit]\nFailureAction=exit\n[Service]\nExecStart=/usr/bin/demo\n",
    folder: "usr/lib/systemd/user",
  },
  run(unit, { manager }, report) {
    if (manager !== "user") return;
    for (const name of ["FailureAction", "SuccessAction", "StartLimitAction", "JobTimeoutAction"]) {
      const found = unit.last("Unit", name);
      const text = found?.entry.node.value.text;
      if (found === undefined || text === undefined || found.entry.open || userActions.includes(text)) continue;
      report(found, `a user manager does not support "${text}" and ignores it; use "exit" or "none"`);
    }
  },
};
