// The repair of a setting in the wrong section.
import type { Entry, UnitFile } from "../../model/unit-file.ts";
import type { Fix } from "../finding.ts";

/** Takes an assignment out of its section and puts it below the header of another one, under another name if given. */
export function moveToSection(file: UnitFile, { node }: Entry, section: string, name = node.name): Fix {
  const header = file.sections.find((candidate) => candidate.name === section)?.header;
  const { start, end } = node.span;
  const line = file.text.slice(start, node.key.start) + name + file.text.slice(node.key.end, end);
  const newline = file.text.includes("\r\n") ? "\r\n" : "\n";
  const whole = /[\r\n]$/.test(line) ? line : `${line}${newline}`;
  const target = header?.span.end ?? 0;
  const text = header === undefined ? `[${section}]${newline}${whole}${newline}` : whole;
  return {
    title: `Move it to "[${section}]"`,
    changes: [
      { kind: "edit", span: node.span, text: "" },
      { kind: "edit", span: { start: target, end: target }, text },
    ],
  };
}
