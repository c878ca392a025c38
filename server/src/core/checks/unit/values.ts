// Values that do not fit their setting: what the grammars of the value classes find, and comments that became values.

import type { Severity } from "../../model/severity.ts";
import type { Entry } from "../../model/unit-file.ts";
import type { Fault, Reading } from "../../model/value-reading.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import type { ValuePlace } from "../../values/read-value.ts";
import { readValueOnce } from "../../values/value-cache.ts";
import type { Report, SettingsFileCheck, SettingsFileContext } from "../check.ts";
import type { Fix } from "../finding.ts";
import { replaceWith } from "../fixes.ts";
import { valueChecks } from "./value-checks.ts";

const severities: ReadonlyMap<string, Severity> = new Map(valueChecks.map(({ id, severity }) => [id, severity]));

/** The reading of an entry's value; undefined where nothing can be said of it. */
export function readingOf({ node, section, setting, open, kept }: Entry, systemd: number): Reading | undefined {
  if (setting === undefined || open) return undefined;
  if (kept.systemd === systemd) return kept.reading;
  const place: ValuePlace = { setting, section: section.name, systemd };
  // An empty value takes back what was assigned, and dependencies pass over it.
  if (node.value.text === "" && (setting.resets || setting.list)) return undefined;
  const reading = readValueOnce(node.value.text, place);
  kept.systemd = systemd;
  kept.reading = reading;
  return reading;
}

/** The check that a fault belongs to, how grave it is there, and repairs beside those that the grammar knows. */
export type Ranking = (
  fault: Fault,
  entry: Entry,
) => { readonly check: string; readonly severity: Severity; readonly fixes?: readonly Fix[] };

/** Runs the grammars over all values of a file. Each fault has the id of its own check unless `rank` says otherwise. */
export function checkValues(
  entries: readonly Entry[],
  { systemd }: SettingsFileContext,
  report: (check: string, severity: Severity, ...args: Parameters<Report>) => void,
  rank: Ranking = rankInUnit,
): void {
  for (const entry of entries) {
    const reading = readingOf(entry, systemd);
    if (reading === undefined || reading.faults.length === 0) continue;
    if (inlineCommentAt(entry, systemd) !== undefined) continue; // a finding of its own
    for (const fault of reading.faults) {
      const { check, severity, fixes = [] } = rank(fault, entry);
      const span = spanOfFault(fault, entry);
      report(check, fault.severity ?? severity, span, fault.message, {
        fixes: [...fixesOf(fault, entry), ...fixes],
      });
    }
  }
}

function rankInUnit(fault: Fault, entry: Entry): ReturnType<Ranking> {
  return { check: fault.check, severity: severityOf(fault, entry) };
}

/** systemd refuses the unit for a bad value of some settings. */
function severityOf({ check }: Fault, { setting, node }: Entry): Severity {
  const refused =
    setting?.fatal === "always" || (setting?.fatal === "unless-dash" && !/^[@:+!|]*-/.test(node.value.text));
  const severity = severities.get(check) ?? "warning";
  return refused && severity === "warning" && check !== "unit/too-new" ? "error" : severity;
}

function spanOfFault({ start, end }: Fault, { node }: Entry) {
  const span = spanInValue(node.value, start, end);
  // Nothing can be underlined in an empty value.
  return node.value.text === "" ? node.key : span;
}

function fixesOf({ start, end, replacements = [] }: Fault, { node }: Entry) {
  return replacements.map((text) =>
    replaceWith(spanInValue(node.value, start, end), text, text === "" ? "Remove it" : `Change to "${text}"`),
  );
}

/** Position in the value of what was meant to be a comment: the value would be right without it. */
export function inlineCommentAt(entry: Entry, systemd: number): number | undefined {
  const { node, section, setting } = entry;
  const match = /[ \t][#;](?=[ \t]|[A-Za-z])/.exec(node.value.text);
  const meant = node.value.text.slice(0, match?.index ?? 0).trimEnd();
  if (match === null || setting === undefined || meant === "") return undefined;
  const place: ValuePlace = { setting, section: section.name, systemd };
  const without = readValueOnce(meant, place);
  return without.faults.length === 0 ? match.index + 1 : undefined;
}

export const inlineComment: SettingsFileCheck = {
  id: "unit/inline-comment",
  severity: "error",
  title: "A comment that became a part of the value",
  why: "systemd knows comments on lines of their own only; behind a value they belong to it, and make it a wrong one.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nPrivateDevices=yes # no hardware\n",
    good: "[Service]\nExecStart=/usr/bin/demo\n# no hardware\nPrivateDevices=yes\n",
  },
  run({ entries }, { systemd }, report) {
    for (const entry of entries) {
      const reading = readingOf(entry, systemd);
      if (reading === undefined || reading.faults.length === 0) continue;
      const at = inlineCommentAt(entry, systemd);
      if (at !== undefined) reportInlineComment(entry, at, report);
    }
  },
};

/** Reports a comment that begins at a position of a value. */
export function reportInlineComment({ node }: Entry, at: number, report: Report, severity?: Severity): void {
  const span = spanInValue(node.value, at, node.value.text.length);
  const comment = node.value.text.slice(at);
  const valueEnd = spanInValue(node.value, 0, node.value.text.slice(0, at).trimEnd().length).end;
  const lineStart = node.span.start;
  const move: Fix = {
    title: "Move the comment to a line of its own",
    changes: [
      { kind: "edit", span: { start: lineStart, end: lineStart }, text: `${comment}\n` },
      { kind: "edit", span: { start: valueEnd, end: span.end }, text: "" },
    ],
  };
  report(
    span,
    `"${comment}" is a part of the value, since systemd has no comments behind values; put it on a line of its own`,
    {
      fixes: node.value.runs === undefined ? [move] : [],
      ...(severity === undefined ? {} : { severity }),
    },
  );
}
