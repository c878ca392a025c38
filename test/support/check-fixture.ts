// Holds findings and fixes to what a fixture says: neither one more nor one less.
import assert from "node:assert/strict";
import { memoryTree } from "../../image/src/tree/memory-tree.ts";
import {
  type Change,
  checkTree,
  type Fix,
  type TreeCheckOptions,
  type TreeFinding,
} from "../../server/src/core/index.ts";
import { type FixtureFile, type Mark, parseFixture, renderFixture } from "./fixture.ts";

export interface FixtureOptions extends TreeCheckOptions {
  /** Name of the tree's folder; `demo` when it is left out. */
  readonly folder?: string;
}

/** Fails unless the findings in the fixture's tree are exactly those that it marks. */
export async function checkFixture(fixture: string, options: FixtureOptions = {}): Promise<void> {
  const expected = parseFixture(fixture);
  const findings = await findingsIn(expected, options);
  const found = expected.map((file) => ({ ...file, marks: marksOf(file, findings) }));
  const paths = new Set(expected.map(({ path }) => path));
  const elsewhere = [...new Set(findings.map(({ path }) => path))].filter((path) => !paths.has(path));
  for (const path of elsewhere) {
    const file = { path, there: false, text: "", marks: [] };
    found.push({ ...file, marks: marksOf(file, findings) });
  }
  assert.equal(renderFixture(found), renderFixture(expected));
}

async function findingsIn(
  files: readonly FixtureFile[],
  { folder = "demo", ...options }: FixtureOptions,
): Promise<TreeFinding[]> {
  const there = files.filter((file) => file.there);
  // A tree that brings nothing would have a finding of its own.
  const tree = memoryTree({
    "usr/share/about": "",
    ...Object.fromEntries(there.map(({ path, text }) => [path, text])),
  });
  return await checkTree(tree, { folder }, options);
}

/** The findings in a file, without a message where the fixture leaves that open. */
function marksOf(file: FixtureFile, findings: readonly TreeFinding[]): Mark[] {
  return findings
    .filter(({ path }) => path === file.path)
    .map(({ span, severity, check, message }) => {
      const expected = file.marks.find((mark) => mark.check === check && mark.span.start === span.start);
      const open = expected !== undefined && expected.message === undefined;
      return { span, severity, check, ...(open ? {} : { message }) };
    });
}

export interface FixOptions extends FixtureOptions {
  /** Which fix, by its title; the first one when it is left out. */
  readonly title?: string;
}

/** Fails unless the fix of the first finding of a check turns the one tree into the other. Marks do not count. */
export async function assertFix(
  before: string,
  check: string,
  after: string,
  { title, ...options }: FixOptions = {},
): Promise<void> {
  const files = parseFixture(before);
  const findings = await findingsIn(files, options);
  const finding = findings.find((found) => found.check === check);
  assert.ok(finding, `there is no finding ${check} among ${findings.map((found) => found.check).join(", ") || "none"}`);
  const fix = title === undefined ? finding.fixes[0] : finding.fixes.find((known) => known.title === title);
  const titles = finding.fixes.map((known) => `"${known.title}"`).join(", ") || "none";
  assert.ok(fix, `${check} does not have this fix; it has ${titles}`);
  const repaired = applyFix(textsOf(files), finding.path, fix);
  assert.equal(renderTexts(repaired), renderTexts(textsOf(parseFixture(after))));
}

/** Fails unless the first finding of a check is there and has no fix. */
export async function assertNoFix(fixture: string, check: string, options: FixtureOptions = {}): Promise<void> {
  const findings = await findingsIn(parseFixture(fixture), options);
  const finding = findings.find((found) => found.check === check);
  assert.ok(finding, `there is no finding ${check}`);
  assert.deepEqual(finding.fixes, []);
}

/** Texts of a tree by path. */
export type Texts = ReadonlyMap<string, string>;

function textsOf(files: readonly FixtureFile[]): Texts {
  return new Map(files.filter(({ there }) => there).map(({ path, text }) => [path, text]));
}

function renderTexts(texts: Texts): string {
  const paths = [...texts.keys()].sort();
  return paths.map((path) => `#- ${path}\n${texts.get(path)}`).join("");
}

/** The texts after a fix of a finding in the file at `path`. */
export function applyFix(texts: Texts, path: string, { changes }: Fix): Texts {
  const result = new Map(texts);
  const edits: (Change & { kind: "edit" })[] = [];
  for (const change of changes) if (change.kind === "edit") edits.push(change);
  // From the last to the first, so that the offsets before stay what they are.
  for (const { span, text } of edits.sort((a, b) => b.span.start - a.span.start)) {
    const old = result.get(path);
    assert.ok(old !== undefined && span.end <= old.length, `an edit goes beyond "${path}"`);
    result.set(path, old.slice(0, span.start) + text + old.slice(span.end));
  }
  for (const change of changes) {
    if (change.kind === "write") result.set(change.path, change.text);
    if (change.kind === "remove") {
      for (const at of [...result.keys()]) {
        if (at === change.path || at.startsWith(`${change.path}/`)) result.delete(at);
      }
    }
    if (change.kind !== "rename") continue;
    const moved = [...result.keys()].filter((at) => at === change.from || at.startsWith(`${change.from}/`));
    assert.ok(moved.length > 0, `"${change.from}" is to be renamed, but it is not there`);
    for (const at of moved) {
      const to = change.to + at.slice(change.from.length);
      assert.ok(!result.has(to), `"${to}" would be replaced`);
      result.set(to, result.get(at) ?? "");
      result.delete(at);
    }
  }
  return result;
}
