// Findings as lines for people, and for the editor's problem matcher.
import type { Report } from "./finding.ts";
import { printable } from "./printable.ts";

/** `file:line:column: severity: message [check]`, a line each. */
export const textReport: Report = (findings) =>
  findings
    .map(({ file, line, column, severity, message, code }) =>
      printable(`${file}:${line}:${column}: ${severity}: ${message} [${code}]`),
    )
    .map((line) => `${line}\n`)
    .join("");
