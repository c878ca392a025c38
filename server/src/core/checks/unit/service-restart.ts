// Settings about restarting and about time that do nothing, or something else, without each other.
import type { Occurrence } from "../../model/unit.ts";
import { parseTimeSpan } from "../../values/time-span.ts";
import type { UnitCheck } from "../check.ts";

/** A length of time in microseconds; undefined where it cannot be read. */
export function microseconds(at: Occurrence | undefined): number | undefined {
  if (at === undefined || at.entry.open) return undefined;
  const parsed = parseTimeSpan(at.entry.node.value.text, { defaultUnit: "s" });
  if ("fault" in parsed) return undefined;
  return parsed.usec === "infinity" ? Number.POSITIVE_INFINITY : parsed.usec;
}

export const restartSteps: UnitCheck = {
  id: "unit/restart-steps",
  severity: "warning",
  title: "Incomplete settings for increasing restart delays",
  why: "RestartSteps= and RestartMaxDelaySec= work only together: the number of steps from the first delay to the longest one. systemd ignores one without the other.",
  types: ["service"],
  since: 254,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nRestart=always\nRestartSteps=5\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nRestart=always\nRestartSteps=5\nRestartMaxDelaySec=1min\n",
  },
  run(unit, _context, report) {
    const steps = unit.last("Service", "RestartSteps");
    const longest = unit.last("Service", "RestartMaxDelaySec");
    const hasSteps = steps !== undefined && steps.entry.node.value.text !== "0";
    const hasLongest = longest !== undefined && longest.entry.node.value.text !== "infinity";
    if (hasSteps === hasLongest) return;
    const [lone, other] = hasSteps ? [steps, "RestartMaxDelaySec"] : [longest, "RestartSteps"];
    if (lone === undefined) return;
    report(lone, `"${lone.entry.node.name}=" has no effect without "${other}="; add that too`, {
      span: lone.entry.node.key,
    });
  },
};

export const restartDelay: UnitCheck = {
  id: "unit/restart-delay",
  severity: "warning",
  title: "The longest restart delay is shorter than the first",
  why: "Restart delays increase from RestartSec= to RestartMaxDelaySec=; if that is shorter, systemd uses it for the first delay too.",
  types: ["service"],
  since: 254,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nRestart=always\nRestartSec=2min\nRestartSteps=5\nRestartMaxDelaySec=1min\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nRestart=always\nRestartSec=1s\nRestartSteps=5\nRestartMaxDelaySec=1min\n",
  },
  run(unit, _context, report) {
    const longest = unit.last("Service", "RestartMaxDelaySec");
    const first = unit.last("Service", "RestartSec");
    const [most, least] = [microseconds(longest), microseconds(first)];
    if (longest === undefined || first === undefined || most === undefined || least === undefined || most >= least)
      return;
    report(
      longest,
      `"${longest.entry.node.value.text}" is shorter than "RestartSec=${first.entry.node.value.text}", so systemd reduces that; use a longer time`,
    );
  },
};

export const randomizedDelay: UnitCheck = {
  id: "unit/randomized-delay",
  severity: "warning",
  title: "An infinite random delay",
  why: "RestartRandomizedDelaySec= adds a random delay up to the given length, which must be finite.",
  types: ["service"],
  since: 262,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nRestartRandomizedDelaySec=infinity\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nRestartRandomizedDelaySec=5s\n",
  },
  run(unit, _context, report) {
    const delay = unit.last("Service", "RestartRandomizedDelaySec");
    if (delay?.entry.node.value.text !== "infinity") return;
    report(delay, 'systemd ignores "RestartRandomizedDelaySec=infinity"; use a finite time');
  },
};

export const extraRuntime: UnitCheck = {
  id: "unit/extra-runtime",
  severity: "warning",
  title: "A random addition to a limit that is not set",
  why: "RuntimeRandomizedExtraSec= is added to RuntimeMaxSec= and has no effect without it.",
  types: ["service", "scope"],
  since: 250,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nRuntimeRandomizedExtraSec=1h\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nRuntimeMaxSec=1d\nRuntimeRandomizedExtraSec=1h\n",
  },
  run(unit, _context, report) {
    const section = unit.name.type === "scope" ? "Scope" : "Service";
    const extra = unit.last(section, "RuntimeRandomizedExtraSec");
    if (extra === undefined || microseconds(extra) === 0) return;
    const limit = unit.last(section, "RuntimeMaxSec");
    if (limit !== undefined && limit.entry.node.value.text !== "infinity") return;
    report(extra, '"RuntimeRandomizedExtraSec=" has no effect without "RuntimeMaxSec="; add that too', {
      span: extra.entry.node.key,
    });
  },
};

export const jobTimeout: UnitCheck = {
  id: "unit/job-timeout",
  severity: "warning",
  title: "A limit for the running job that is longer than the limit for the whole job",
  why: "JobTimeoutSec= starts when a job is queued, JobRunningTimeoutSec= when it runs; a longer limit for the latter never applies.",
  example: {
    bad: "[Unit]\nJobTimeoutSec=1min\nJobRunningTimeoutSec=2min\n[Service]\nExecStart=/usr/bin/demo\n",
    good: "[Unit]\nJobTimeoutSec=2min\nJobRunningTimeoutSec=1min\n[Service]\nExecStart=/usr/bin/demo\n",
  },
  run(unit, _context, report) {
    const running = unit.last("Unit", "JobRunningTimeoutSec");
    const whole = unit.last("Unit", "JobTimeoutSec");
    const [most, limit] = [microseconds(running), microseconds(whole)];
    // Nothing stands for no limit.
    if (
      running === undefined ||
      whole === undefined ||
      !most ||
      !limit ||
      most <= limit ||
      most === Number.POSITIVE_INFINITY
    )
      return;
    report(
      running,
      `"${running.entry.node.value.text}" is longer than "JobTimeoutSec=${whole.entry.node.value.text}", which ends the job earlier; use a shorter time`,
    );
  },
};
