// `sysext check`: what is wrong with files, trees and images.

import { findNearest } from "../../../server/src/core/index.ts";
import { checkCount } from "../arguments.ts";
import { type CheckedTarget, checkTarget } from "../check-target.ts";
import { defineCommand } from "../command.ts";
import { exitStatus, Failure } from "../failure.ts";
import { namedHosts } from "../hosts.ts";
import { hostOptions, readSystemd } from "../match-options.ts";
import { countText } from "../report/amounts.ts";
import type { Report, ReportedFinding, Severity } from "../report/finding.ts";
import { githubReport } from "../report/github.ts";
import { jsonReport } from "../report/json.ts";
import { sarifReport } from "../report/sarif.ts";
import { textReport } from "../report/text.ts";
import { programVersion } from "../version.ts";

const positionals = ["PATH…"];
const reports: Readonly<Record<string, Report>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  github: githubReport,
};

export const checkCommand = defineCommand({
  name: "check",
  summary: "check unit files, update definitions, release files, trees and images",
  positionals,
  options: {
    format: { value: "FORMAT", summary: "text, json, sarif or github; default: text" },
    json: { summary: "same as --format json" },
    systemd: { value: "N", summary: "the oldest supported version of systemd; default: sysext.json's" },
    host: hostOptions.host,
    quiet: { summary: "show errors only, and no summary" },
  },
  details: [
    "PATH is a folder (all extension trees, unit files and update definitions in it), a unit file, a transfer, a feature, a drop-in, a release file, a sysext.json or an image.",
    "The exit status is 1 if a finding is an error.",
  ],
  async run({ values, positionals: paths }, { stdout, stderr, signal }) {
    checkCount("check", positionals, paths);
    const format = values.json ? "json" : (values.format ?? "text");
    const report = findReport(format);
    const systemd = readSystemd(values.systemd);
    const options = {
      ...(systemd === undefined ? {} : { systemd }),
      ...(values.host === undefined ? {} : await namedHosts(values.host, ".")),
    };
    const targets: CheckedTarget[] = [];
    for (const path of paths) {
      signal.throwIfAborted();
      targets.push(...(await checkTarget(path, options, { stderr, signal })));
    }
    const findings = targets.flatMap((target) => target.findings);
    const shown = values.quiet ? findings.filter(isError) : findings;
    await stdout.write(report(shown, programVersion()));
    if (format === "text" && !values.quiet) await stderr.write(summary(targets, findings));
    return findings.some(isError) ? exitStatus.no : exitStatus.done;
  },
});

function isError({ severity }: ReportedFinding): boolean {
  return severity === "error";
}

function findReport(format: string): Report {
  const report = Object.hasOwn(reports, format) ? reports[format] : undefined;
  if (report !== undefined) return report;
  const close = findNearest(format, Object.keys(reports));
  const hint = close === undefined ? `choose ${Object.keys(reports).join(", ")}` : `did you mean "${close}"?`;
  throw new Failure(`unknown format "${format}"; ${hint}`);
}

const plurals: readonly (readonly [Severity, string])[] = [
  ["error", "errors"],
  ["warning", "warnings"],
  ["info", "notes"],
  ["hint", "hints"],
];

function summary(targets: readonly CheckedTarget[], findings: readonly ReportedFinding[]): string {
  const counts = plurals.flatMap(([severity, many]) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [countText(count, many.slice(0, -1), many)];
  });
  const checked = Array.from(
    Map.groupBy(targets, ({ kind }) => kind),
    ([kind, alike]) =>
      countText(
        alike.reduce((sum, { count }) => sum + count, 0),
        kind,
      ),
  );
  return `checked ${checked.join(", ")}: ${counts.length === 0 ? "no findings" : counts.join(", ")}\n`;
}
