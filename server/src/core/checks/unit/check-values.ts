// Values that do not fit their setting: what the grammars of the value classes find.

import type { Severity } from "../../model/severity.ts";
import type { Entry } from "../../model/unit-file.ts";
import type { Fault } from "../../model/value-reading.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import { readingOf } from "../../values/read-entry.ts";
import type { Report, SettingsFileContext } from "../check.ts";
import type { Fix } from "../finding.ts";
import { replaceWith } from "../fixes.ts";
import { inlineCommentAt } from "./inline-comment.ts";
import { valueChecks } from "./value-checks.ts";

const severities: ReadonlyMap<string, Severity> = new Map(valueChecks.map(({ id, severity }) => [id, severity]));

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
