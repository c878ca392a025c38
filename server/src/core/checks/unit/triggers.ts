// Units that start others: timers, paths and sockets, and the units that they start.

import type { Occurrence } from "../../model/unit.ts";
import { isTemplate, parseUnitName, type UnitName } from "../../model/unit-name.ts";
import { readBoolean } from "../../values/choices.ts";
import { readingOf } from "../../values/read-entry.ts";
import { hasSpecifier } from "../../values/specifiers.ts";
import type { UnitCheck, UnitFacts } from "../check.ts";
import { demoService } from "./example-units.ts";
import { startedDemo } from "./in-tree/example-trees.ts";

export const noTrigger: UnitCheck = {
  id: "unit/no-trigger",
  severity: "error",
  title: "A timer or path unit without a trigger",
  why: "A timer needs OnCalendar=, OnBootSec= or a similar setting, and a path unit needs a path to watch; systemd rejects units without.",
  types: ["timer", "path"],
  example: {
    bad: "[Timer]\nAccuracySec=1min\n",
    good: "[Timer]\nOnCalendar=daily\nAccuracySec=1min\n",
    unit: "demo.timer",
    around: demoService,
  },
  run(unit, _context, report) {
    if (unit.name.type === "timer") {
      const spans = ["OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec", "OnCalendar"];
      const changes = ["OnClockChange", "OnTimezoneChange"].map((name) => unit.text("Timer", name) ?? "no");
      if (spans.some((name) => unit.all("Timer", name).length > 0) || changes.some((text) => readBoolean(text))) return;
      report(undefined, 'the timer never elapses, so systemd rejects it; add an "OnCalendar=" or "OnBootSec="');
    } else {
      const watched = ["PathExists", "PathExistsGlob", "PathChanged", "PathModified", "DirectoryNotEmpty"];
      if (watched.some((name) => unit.all("Path", name).length > 0)) return;
      report(undefined, 'the unit watches no path, so systemd rejects it; add a "PathChanged=" or "PathExists="');
    }
  },
};

export const triggersItself: UnitCheck = {
  id: "unit/triggers-itself",
  severity: "warning",
  title: "A unit that starts itself",
  why: "Unit= is the unit that a timer or path unit starts; systemd ignores its own name.",
  types: ["timer", "path"],
  example: {
    bad: "[Timer]\nOnCalendar=daily\nUnit=demo.timer\n",
    good: "[Timer]\nOnCalendar=daily\nUnit=demo.service\n",
    unit: "demo.timer",
    around: startedDemo(),
  },
  run(unit, _context, report) {
    for (const started of unit.written(sectionOf(unit), "Unit")) {
      if (started.entry.node.value.text !== unit.name.name) continue;
      report(started, `"${unit.name.name}" cannot start itself; use the name of the unit that it starts`);
    }
  },
};

export const unitTwice: UnitCheck = {
  id: "unit/unit-twice",
  severity: "warning",
  title: "A second unit to start",
  why: "A timer or path unit starts one unit, the first in Unit=; systemd ignores any other, also in drop-ins, and an empty Unit= does not reset it.",
  types: ["timer", "path"],
  example: {
    bad: "[Timer]\nOnCalendar=daily\nUnit=demo.service\nUnit=other.service\n",
    good: "[Timer]\nOnCalendar=daily\nUnit=demo.service\n",
    unit: "demo.timer",
    around: demoService,
  },
  run(unit, { systemd }, report) {
    const [first, ...others] = unit.written(sectionOf(unit), "Unit").filter((at) => mayStart(unit, at, systemd));
    for (const other of others) {
      report(
        other,
        `systemd starts "${first?.entry.node.value.text}", the first unit, and ignores "${other.entry.node.value.text}"; use one of them`,
      );
    }
  },
};

/** Whether systemd takes what a Unit= names. */
function mayStart(unit: UnitFacts, { entry }: Occurrence, systemd: number): boolean {
  const { text } = entry.node.value;
  return text !== unit.name.name && readingOf(entry, systemd)?.faults.length === 0;
}

function sectionOf({ name: { type } }: UnitFacts): string {
  return type === "timer" ? "Timer" : type === "path" ? "Path" : "Socket";
}

export const triggeredMissing: UnitCheck = {
  id: "unit/socket-without-service",
  severity: "info",
  title: "A socket, timer or path unit without the unit that it starts",
  why: "A timer, path unit or socket starts the service with its own name, or the one in its setting. If the tree does not contain it, the host must, or nothing is started.",
  types: ["socket", "timer", "path"],
  example: {
    bad: "[Timer]\nOnCalendar=daily\n",
    good: "[Timer]\nOnCalendar=daily\nUnit=shutdown.target\n",
    unit: "demo.timer",
  },
  run(unit, { neighbors, systemd }, report) {
    if (neighbors === undefined || isTemplate(unit.name)) return;
    const named =
      unit.name.type === "socket"
        ? unit.last("Socket", "Service")
        : unit.written(sectionOf(unit), "Unit").find((at) => at.entry.open || mayStart(unit, at, systemd));
    const started = named === undefined ? impliedService(unit) : named.entry.node.value.text;
    if (started === undefined || hasSpecifier(started) || named?.entry.open || neighbors.has(started)) return;
    // What is named by its author is the host's more often than not; targets always are.
    if (parseUnitName(started)?.type !== "service") return;
    report(
      named ?? firstListener(unit),
      `the tree contains no "${started}" for this ${unit.name.type} to start; add it, unless the host has it`,
    );
  },
};

/** The service of the same name; for each connection an instance of the template, when the socket accepts. */
function impliedService(unit: UnitFacts): string | undefined {
  const { prefix, instance, type }: UnitName = unit.name;
  const accepts = type === "socket" && readBoolean(unit.text("Socket", "Accept") ?? "no") === true;
  if (!accepts) return instance === undefined ? `${prefix}.service` : `${prefix}@${instance}.service`;
  return instance === undefined ? `${prefix}@.service` : undefined;
}

function firstListener(unit: UnitFacts): Occurrence | undefined {
  return unit.name.type === "socket" ? unit.last("Socket", "Accept") : undefined;
}
