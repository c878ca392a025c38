// Findings as SARIF 2.1.0, which code hosts and editors read.
import type { Report, ReportedFinding, Severity } from "./finding.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note", hint: "note" };

export const sarifReport: Report = (findings, version) => {
  const rules = new Map(findings.map(({ code, url }) => [code, { id: code, helpUri: url }]));
  const ruleIds = [...rules.keys()];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "sysext", version, rules: [...rules.values()] } },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => sarifResult(finding, ruleIds.indexOf(finding.code))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function sarifResult(finding: ReportedFinding, ruleIndex: number) {
  const { file, line, column, endLine, endColumn, severity, code, message } = finding;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: fileUri(file) }, region } }],
  };
}

/** A relative path stays relative, so that a code host finds the file in its repository. */
function fileUri(file: string): string {
  const path = file.toWellFormed().split("/").map(encodeURIComponent).join("/");
  return file.startsWith("/") ? `file://${path}` : path;
}
