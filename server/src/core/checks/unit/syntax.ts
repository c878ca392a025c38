// Lines that systemd does not read as their author meant: headers, assignments and continuations gone wrong.
import { type Entry, hasPlaceholder, type UnitFile } from "../../model/unit-file.ts";
import type { Filler } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import type { Report, SettingsFileCheck, SettingsFileContext } from "../check.ts";
import { insertAt, replaceWith } from "../fixes.ts";

/** Units of a line, or of what backslashes join to one, that systemd reads. */
const maxLineLength = 1 << 20;

export const lineTooLong: SettingsFileCheck = {
  id: "unit/line-too-long",
  severity: "error",
  title: "A line longer than 1 MiB",
  why: "systemd rejects a file with a line of more than 1 MiB, including lines that are joined by backslashes.",
  example: {
    bad: `[Service]\nExecStart=/usr/bin/demo ${"x".repeat(maxLineLength)}\n`,
    good: "[Service]\nExecStart=/usr/bin/demo\n",
  },
  run(file, _context, report) {
    for (const { span } of file.syntax.nodes) {
      if (span.end - span.start <= maxLineLength) continue;
      report(
        { start: span.start, end: span.start + 1 },
        "this line is longer than 1 MiB, so systemd rejects the whole file; move its content to a separate file",
      );
    }
  },
};

export const sectionHeader: SettingsFileCheck = {
  id: "unit/section-header",
  severity: "error",
  title: "An invalid section header",
  why: "A line that begins with a bracket must end with one and contain no control characters; otherwise systemd rejects the whole file.",
  example: {
    bad: "[Service\nExecStart=/usr/bin/demo\n",
    good: "[Service]\nExecStart=/usr/bin/demo\n",
    fixed: ["good"],
  },
  run(file, _context, report) {
    for (const node of file.syntax.nodes) {
      if (node.kind !== "header" || node.valid) continue;
      const { start, end } = node.nameSpan;
      const span = { start: start - 1, end };
      const name = /^\s*([A-Za-z][A-Za-z-]*)\s*$/.exec(node.name)?.[1];
      const written = file.text.slice(span.start, span.end);
      report(
        span,
        `"${written}" is not a valid section header, so systemd rejects the whole file; use "[${name ?? "Section"}]"`,
        name === undefined ? {} : { fixes: [replaceWith(span, `[${name}]`)] },
      );
    }
  },
};

export const outsideSection: SettingsFileCheck = {
  id: "unit/outside-section",
  severity: "warning",
  title: "A setting before the first section",
  why: "systemd ignores assignments before the first section header.",
  example: {
    bad: "ExecStart=/usr/bin/demo\n[Service]\nType=oneshot\nExecStop=/usr/bin/demo stop\nRemainAfterExit=yes\n",
    good: "[Service]\nExecStart=/usr/bin/demo\n",
  },
  run(file, _context, report) {
    reportOutside(file, () => "Service", report);
  },
};

/** Reports the assignments before the first header; `sectionOf` names a section for each setting. */
export function reportOutside(file: UnitFile, sectionOf: (name: string) => string, report: Report): void {
  for (const { header, entries } of file.sections) {
    if (header !== undefined) continue;
    for (const { node } of entries) {
      report(
        node.key.start < node.key.end ? node.key : node.span,
        `"${node.name}=" is before the first section, so systemd ignores it; move it below a header such as "[${sectionOf(node.name)}]"`,
      );
    }
  }
}

export const missingEquals: SettingsFileCheck = {
  id: "unit/missing-equals",
  severity: "warning",
  title: "A line that is neither a section header nor an assignment",
  why: "Every line is a comment, a [Section] or KEY=VALUE; systemd ignores other lines. Often a backslash is missing at the end of the previous line.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\n  --verbose\n",
    good: "[Service]\nExecStart=/usr/bin/demo \\\n  --verbose\n",
    fixed: ["good"],
  },
  run(file, context, report) {
    for (const line of linesWithoutEquals(file, context)) reportWithoutEquals(file, line, report);
  },
};

/** A line that is neither a comment, nor a header, nor an assignment. */
export interface StrayLine {
  /** Without blanks around it. */
  readonly span: Span;
  /** The assignment that an indented line was meant to go on with, and where the line before ends. */
  readonly continues?: { readonly entry: Entry; readonly lineEnd: number };
}

/** All such lines of the sections that systemd reads. */
export function linesWithoutEquals(file: UnitFile, context: SettingsFileContext): StrayLine[] {
  const lines: StrayLine[] = [];
  const entries = new Map<unknown, Entry>(file.entries.map((entry) => [entry.node, entry]));
  let isForeign = false;
  let entry: Entry | undefined;
  file.syntax.nodes.forEach((node, index) => {
    // What stands in a section that systemd does not read is nobody's business.
    if (node.kind === "header") isForeign = node.name.startsWith("X-");
    if (node.kind !== "noise") entry = entries.get(node);
    if (node.kind !== "noise" || isForeign || hasPlaceholder(textOf(file, node), context.template)) return;
    const span = trimmedSpan(file, node);
    const before = file.syntax.nodes[index - 1];
    const continues =
      span.start > node.span.start && entry !== undefined && before !== undefined
        ? { entry, lineEnd: trimmedSpan(file, before).end }
        : undefined;
    lines.push(continues === undefined ? { span } : { span, continues });
  });
  return lines;
}

export function reportWithoutEquals(file: UnitFile, { span, continues }: StrayLine, report: Report): void {
  report(
    span,
    `"${file.text.slice(span.start, span.end)}" has no "=", so systemd ignores the line; make it an assignment or a comment, or end the previous line with a backslash`,
    continues === undefined
      ? {}
      : { fixes: [insertAt(continues.lineEnd, " \\", "End the previous line with a backslash")] },
  );
}

export const emptyKey: SettingsFileCheck = {
  id: "unit/empty-key",
  severity: "warning",
  title: "An assignment without a name",
  why: "systemd ignores a line that begins with an equals sign.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\n=yes\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nRemainAfterExit=yes\n",
  },
  run(file, _context, report) {
    for (const { node, section } of file.entries) {
      if (node.name !== "" || section.header === undefined || section.name.startsWith("X-")) continue;
      report(
        { start: node.equals, end: node.equals + 1 },
        'there is no name before "=", so systemd ignores the line; add the name of a setting',
      );
    }
  },
};

export const blankAfterBackslash: SettingsFileCheck = {
  id: "unit/blank-after-backslash",
  severity: "warning",
  title: "Whitespace after a backslash at the end of a line",
  why: "A line continues only if the backslash is its last character; with whitespace after it, the next line is separate.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo \\ \nRestart=no\n",
    good: "[Service]\nExecStart=/usr/bin/demo \\\n  --verbose\n",
    fixed: [{ text: "[Service]\nExecStart=/usr/bin/demo \\\nRestart=no\n" }],
  },
  run(file, context, report) {
    if (!file.text.includes("\\ ") && !file.text.includes("\\\t")) return;
    for (const { node, open } of file.entries) {
      if (open || context.template) continue;
      const line = file.text.slice(node.span.start, node.span.end);
      const match = /(\\+)([ \t]+)[\r\n\0]*$/.exec(line);
      const [, slashes = "", blanks = ""] = match ?? [];
      if (match === null || slashes.length % 2 === 0) continue;
      const start = node.span.start + match.index + slashes.length;
      const span = { start, end: start + blanks.length };
      report(
        { start: span.start - 1, end: span.end },
        "whitespace follows the backslash, so the value ends here and the next line is separate; remove the whitespace",
        { fixes: [replaceWith(span, "", "Remove the whitespace after the backslash")] },
      );
    }
  },
};

/** A line without its blanks and its end. */
function trimmedSpan(file: UnitFile, { span }: { readonly span: { readonly start: number; readonly end: number } }) {
  const line = file.text.slice(span.start, span.end);
  const start = span.start + (/^\s*/.exec(line)?.[0].length ?? 0);
  return { start, end: Math.max(start, span.start + line.trimEnd().length) };
}

function textOf(file: UnitFile, { span }: Filler): string {
  return file.text.slice(span.start, span.end);
}
