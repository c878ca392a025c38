// Holds findings to `systemd-analyze verify`: single faults of all kinds, reported by us on the lines where it reports them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { checkUnit, type Finding, lineIndex } from "../../server/src/core/index.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { makeBases, makeVariants, type Variant } from "./unit-variants.ts";

/** The version that is asked. */
const asked = 252;
const seeds = [1, 2];

interface Report {
  readonly variant: Variant;
  /** Undefined for what is about the unit as a whole. */
  readonly line?: number;
  readonly message: string;
}

/** What systemd says of units, each of them known by its file name. */
function verify(t: TestContext, variants: readonly Variant[]): Report[] {
  const folder = tempFolder(t);
  const byName = new Map(variants.map((variant) => [variant.name, variant]));
  for (const { name, text } of variants) writeFileSync(path.join(folder, name), text);
  for (const { name } of variants) {
    const [, stem = "", type] = /^(.*)\.(socket|timer|path|automount)$/.exec(name) ?? [];
    if (type === undefined) continue;
    // What a unit starts has to be there, so that nothing but its own fault is reported.
    const [other, text] =
      type === "automount"
        ? [`${stem}.mount`, `[Mount]\nWhat=tmpfs\nType=tmpfs\nWhere=/srv/${stem.slice("srv-".length)}\n`]
        : [`${stem}.service`, "[Service]\nExecStart=/bin/true\n"];
    if (!byName.has(other)) writeFileSync(path.join(folder, other), text);
  }
  const paths = variants.map(({ name }) => path.join(folder, name));
  const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...paths], { encoding: "utf8" });
  const reports = new Map<string, Report>();
  for (const said of stderr.split("\n")) {
    const inFile = /^\/[^:]*\/([^/:]+):(\d+): (.*)$/.exec(said);
    const [, name = "", message = ""] =
      inFile === null ? (/^([^\s:]+): (.*)$/.exec(said) ?? []) : [said, inFile[1], inFile[3]];
    const variant = byName.get(name);
    if (variant === undefined) continue;
    reports.set(said, { variant, message, ...(inFile === null ? {} : { line: Number(inFile[2]) }) });
  }
  return [...reports.values()];
}

function findingsIn({ name, text }: Variant): readonly Finding[] {
  return checkUnit(text, `/t/usr/lib/systemd/system/${name}`, { systemd: asked });
}

function lineOf({ text }: Variant, finding: Finding): number {
  return lineIndex(text).position(finding.span.start).line + 1;
}

for (const seed of seeds) {
  test(`what systemd reports of single faults we report on the same line (seed ${seed})`, (t) => {
    if (!requireTool(t, "systemd-analyze")) return;
    const variants = makeVariants(seed);
    assert.ok(variants.length >= 300);
    const reports = verify(t, variants);
    const missed = reports.filter(({ variant, line }) => {
      const findings = findingsIn(variant);
      return line === undefined
        ? !findings.some(({ severity }) => severity !== "hint")
        : !findings.some((finding) => lineOf(variant, finding) === line);
    });
    t.diagnostic(`${variants.length} variants, ${reports.length} reports, ${missed.length} not on the same line`);
    const listed = missed.map(({ variant, line, message }) => `${variant.kind}, line ${line ?? "-"}: ${message}`);
    assert.deepEqual(listed, []);
  });
}

/** Faults that we report and systemd 252 does not, each with the reason. */
const beyond: readonly (readonly [check: string, reason: string])[] = [
  ["unit/alias", "`systemctl enable` refuses it, loading does not look at it"],
  ["unit/dynamic-user", "a rule of later versions"],
  ["unit/max-connections", "a rule of later versions"],
  [
    "unit/invalid-value",
    "words of capabilities and secure bits that are close to a known one are dropped without a word",
  ],
];

test("where systemd says nothing we say nothing, but for what is listed with its reason", (t) => {
  if (!requireTool(t, "systemd-analyze")) return;
  const variants = makeVariants(1);
  const reported = new Set(verify(t, variants).map(({ variant }) => variant));
  const silent = variants.filter((variant) => !reported.has(variant));
  const ours = silent.flatMap((variant) =>
    findingsIn(variant)
      .filter(({ severity }) => severity === "error" || severity === "warning")
      .map(({ check }) => ({ check, kind: variant.kind })),
  );
  assert.deepEqual(
    ours.filter(({ check }) => !beyond.some(([known]) => known === check)),
    [],
  );
  assert.ok(ours.filter(({ check }) => check === "unit/invalid-value").length <= 2);
});

test("the valid units from which the faults are made have no finding, of ours or of systemd's", (t) => {
  if (!requireTool(t, "systemd-analyze")) return;
  const bases = makeBases();
  assert.deepEqual(
    verify(t, bases).map(({ variant, message }) => `${variant.name}: ${message}`),
    [],
  );
  assert.deepEqual(bases.flatMap(findingsIn), []);
});
