// Findings as annotations of a GitHub workflow run.
import type { Report, Severity } from "./finding.ts";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
  hint: "notice",
};

export const githubReport: Report = (findings) =>
  findings
    .map(({ file, line, column, endLine, endColumn, severity, code, message }) => {
      const place = `file=${property(file)},line=${line},endLine=${endLine}`;
      // Columns are only understood within one line.
      const columns = line === endLine ? `,col=${column},endColumn=${endColumn}` : "";
      return `::${commands[severity]} ${place}${columns},title=${property(code)}::${data(message)}\n`;
    })
    .join("");

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
