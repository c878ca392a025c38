// unit/inline-comment: a comment that became a part of the value.
import type { Severity } from "../../model/severity.ts";
import type { Entry } from "../../model/unit-file.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import { readingOf } from "../../values/read-entry.ts";
import type { ValuePlace } from "../../values/read-value.ts";
import { readValueOnce } from "../../values/value-cache.ts";
import type { Report, SettingsFileCheck } from "../check.ts";
import type { Fix } from "../finding.ts";

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
  title: "A comment that is part of the value",
  why: "A comment needs a line of its own; after a value it is part of the value and makes it invalid.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nPrivateDevices=yes # no hardware\n",
    good: "[Service]\nExecStart=/usr/bin/demo\n# no hardware\nPrivateDevices=yes\n",
    fixed: ["good"],
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
    `"${comment}" is part of the value because a comment cannot follow a value; move it to a line of its own`,
    {
      fixes: node.value.runs === undefined ? [move] : [],
      ...(severity === undefined ? {} : { severity }),
    },
  );
}
