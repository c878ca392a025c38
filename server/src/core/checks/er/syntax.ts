// er/syntax: what systemd reads otherwise than it looks.

import type { ReleaseFile, ReleaseValue } from "../../model/release-file.ts";
import { findReleaseField } from "../../tables/find-release-field.ts";
import type { ReleaseCheck, Report } from "../check.ts";
import { insertAt, replaceWith } from "../fixes.ts";

export const syntax: ReleaseCheck = {
  id: "er/syntax",
  severity: "error",
  title: "A line that systemd reads differently than it looks",
  why: "A byte order mark or the word export becomes part of the key, an unclosed quote includes all following lines, and a line without = is ignored.",
  example: { bad: "export ID=_any\n", good: "ID=_any\n", fixed: ["good"] },
  run(file, _context, report) {
    const nul = file.text.indexOf("\0");
    if (nul >= 0) {
      const span = { start: nul, end: nul + 1 };
      report(span, "the file contains a NUL character, so systemd rejects the whole file; remove the character", {
        fixes: [replaceWith(span, "", "Remove the NUL character")],
      });
    }
    for (const assignment of file.assignments) {
      reportByteOrderMark(assignment, report);
      reportExport(assignment, report);
      reportOpenQuote(file, assignment, report);
      if (assignment.name === "")
        report(
          { start: assignment.equals, end: assignment.equals + 1 },
          'there is no key before "="; use the form KEY=VALUE',
          { severity: "warning" },
        );
    }
    for (const node of file.nodes) {
      if (node.kind !== "noise") continue;
      const line = file.text.slice(node.span.start, node.span.end).trimEnd();
      const start = node.span.start + line.length - line.trimStart().length;
      report(
        { start, end: node.span.start + line.length },
        `systemd ignores "${line.trim()}" because it has no "="; use the form KEY=VALUE, or begin the line with "#"`,
        {
          severity: "warning",
          fixes: [insertAt(start, "# ", "Make it a comment")],
        },
      );
    }
  },
};

function reportByteOrderMark({ key, name }: ReleaseValue, report: Report): void {
  if (!name.startsWith("\ufeff")) return;
  const mark = { start: key.start, end: key.start + 1 };
  report(
    { start: key.start, end: key.end },
    `the file begins with a byte order mark, so systemd does not recognise the key "${name.slice(1)}"; save it as UTF-8 without one`,
    { severity: severityOf(name.slice(1)), fixes: [replaceWith(mark, "", "Remove the byte order mark")] },
  );
}

function reportExport({ key, name }: ReleaseValue, report: Report): void {
  const word = /^export\s+/.exec(name)?.[0];
  if (word === undefined) return;
  const span = { start: key.start, end: key.start + word.length };
  report(
    { start: key.start, end: key.start + 6 },
    `"export" is part of the key, so systemd does not recognise "${name.slice(word.length)}"; remove the word`,
    {
      severity: severityOf(name.slice(word.length)),
      fixes: [replaceWith(span, "", 'Remove "export"')],
    },
  );
}

function reportOpenQuote(file: ReleaseFile, { openQuote, name, value, text }: ReleaseValue, report: Report): void {
  if (openQuote === undefined) return;
  const quote = file.text.charAt(openQuote);
  const lineEnd = openQuote + (/^[^\r\n]*/.exec(file.text.slice(openQuote))?.[0].trimEnd().length ?? 0);
  const [, ...linesBehind] = text.split(/[\r\n]/);
  const swallows = linesBehind.some((line) => /^\s*[^\s#;]/.test(line));
  report(
    { start: openQuote, end: Math.min(lineEnd, value.end) },
    `the quote at the start of the value of "${name}" is never closed, so the value extends to the end of the file; close it with ${quote}`,
    {
      severity: swallows ? "error" : severityOf(name),
      fixes: [insertAt(lineEnd, quote, `Close the quote with ${quote}`)],
    },
  );
}

/** A key that hosts compare must be seen; of the others only a note is lost. */
function severityOf(key: string): "error" | "warning" {
  return findReleaseField(key)?.matching === true ? "error" : "warning";
}
