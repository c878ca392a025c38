// project/syntax and project/value: what cannot be read in `sysext.json`.
import { type ProjectFault, parseProject } from "../../model/project.ts";
import type { Span } from "../../text/span.ts";
import type { Finding } from "../finding.ts";

export const projectChecks = {
  syntax: {
    id: "project/syntax",
    severity: "error",
    title: "The project file is not a JSON object",
    why: "A project file that cannot be parsed is treated as empty, so all its settings are lost.",
    example: { bad: '{ "name": "demo", }\n', good: '{ "name": "demo" }\n' },
  },
  value: {
    id: "project/value",
    severity: "error",
    title: "An invalid value in the project file",
    why: "Such a setting is ignored.",
    example: { bad: '{ "class": "extension" }\n', good: '{ "class": "sysext" }\n' },
  },
} as const;

/** Findings about the text of a project file. */
export function checkProject(text: string): Finding[] {
  return parseProject(text).faults.map((fault) => {
    const check = fault.key === undefined ? projectChecks.syntax : projectChecks.value;
    return { check: check.id, severity: check.severity, span: spanOf(text, fault), message: fault.message, fixes: [] };
  });
}

/** The key of a fault; the first line for a fault of the whole file. */
function spanOf(text: string, { key }: ProjectFault): Span {
  const quoted = JSON.stringify(key ?? "");
  const start = key === undefined ? -1 : text.indexOf(quoted);
  return start < 0 ? { start: 0, end: /^[^\r\n]*/.exec(text)?.[0].length ?? 0 } : { start, end: start + quoted.length };
}
