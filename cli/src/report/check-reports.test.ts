// The forms in which `sysext check` prints its findings.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReportedFinding, Severity } from "./finding.ts";
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

const [first] = findings;
const levels: readonly (readonly [Severity, sarif: string, github: string])[] = [
  ["error", "error", "error"],
  ["warning", "warning", "warning"],
  ["info", "note", "notice"],
  ["hint", "note", "notice"],
];
for (const [severity, sarif, github] of levels) {
  test(`${severity} is "${sarif}" in SARIF and "${github}" on GitHub`, () => {
    assert.ok(first !== undefined);
    const report = [{ ...first, severity }];
    assert.equal(JSON.parse(sarifReport(report, "1")).runs[0].results[0].level, sarif);
    assert.ok(githubReport(report, "1").startsWith(`::${github} file=`));
    assert.ok(textReport(report, "1").includes(`: ${severity}: `));
    assert.equal(JSON.parse(jsonReport(report, "1"))[0].severity, severity);
  });
}

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

test("GitHub: what separates the parts of a command is escaped in names", () => {
  assert.ok(first !== undefined);
  assert.match(
    githubReport([{ ...first, file: "a:b,c%d\n", message: "x:\r" }], "1"),
    /^::error file=a%3Ab%2Cc%25d%0A,line=3,.*::x:%0D\n$/,
  );
});

test("SARIF: an absolute path is a file URI, columns are UTF-16 units, the schema is named", () => {
  assert.ok(first !== undefined);
  const log = JSON.parse(sarifReport([{ ...first, file: "/tmp/a#b.conf" }], "1"));
  const [{ columnKind, results }] = log.runs;
  assert.equal(log.$schema, "https://json.schemastore.org/sarif-2.1.0.json");
  assert.equal(columnKind, "utf16CodeUnits");
  assert.equal(results[0].locations[0].physicalLocation.artifactLocation.uri, "file:///tmp/a%23b.conf");
  assert.equal(results[0].ruleIndex, 0);
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
