// The forms in which `sysext check` prints its findings.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReportedFinding } from "./finding.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { sarifReport } from "./sarif.ts";
import { textReport } from "./text.ts";

const file = "my tree/usr/lib/extension-release.d/extension-release.demo";
const place = { file, line: 3, column: 14, endLine: 3, endColumn: 19 };
const findings: ReportedFinding[] = [
  {
    ...place,
    severity: "error",
    code: "er/a",
    message: 'systemd calls it "x-86"',
    url: "https://example.org/a",
    fix: "Fix",
  },
  {
    ...place,
    endLine: 4,
    severity: "hint",
    code: "er/b",
    message: "50% of,\n it:\x1b[1m",
    url: "https://example.org/b",
  },
];

test("text: a line each, without anything that acts on a terminal", () => {
  assert.equal(
    textReport(findings, "1"),
    `${file}:3:14: error: systemd calls it "x-86" [er/a]\n${file}:3:14: hint: 50% of,\\n it:\\x1b[1m [er/b]\n`,
  );
});

test("JSON: the findings as they are", () => {
  assert.deepEqual(JSON.parse(jsonReport(findings, "1")), findings);
  assert.deepEqual(JSON.parse(jsonReport([], "1")), []);
});

test("GitHub: annotations with escaped texts", () => {
  assert.equal(
    githubReport(findings, "1"),
    `::error file=${file},line=3,endLine=3,col=14,endColumn=19,title=er/a::systemd calls it "x-86"\n` +
      `::notice file=${file},line=3,endLine=4,title=er/b::50%25 of,%0A it:\x1b[1m\n`,
  );
});

test("SARIF: rules once, results with relative addresses", () => {
  const log = JSON.parse(sarifReport([...findings, ...findings], "1.2.3"));
  const [run] = log.runs;
  assert.equal(log.version, "2.1.0");
  assert.deepEqual(run.tool.driver, {
    name: "sysext",
    version: "1.2.3",
    rules: [
      { id: "er/a", helpUri: "https://example.org/a" },
      { id: "er/b", helpUri: "https://example.org/b" },
    ],
  });
  assert.deepEqual(run.results[1], {
    ruleId: "er/b",
    ruleIndex: 1,
    level: "note",
    message: { text: "50% of,\n it:\x1b[1m" },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "my%20tree/usr/lib/extension-release.d/extension-release.demo" },
          region: { startLine: 3, startColumn: 14, endLine: 4, endColumn: 19 },
        },
      },
    ],
  });
});
