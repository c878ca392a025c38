// The percentage of a build, how often it is told, and the quantities in its messages.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BuildProgress } from "../../../image/src/index.ts";
import type { TreeVerdict } from "../../../shared/src/requests.ts";
import "../../../test/support/fake-vscode/editor.ts";

const { buildSummary, percentOf, progressReporter, progressText } = await import("./build-words.ts");

const scan: BuildProgress = { phase: "scan", files: 1200, totalFiles: 0, bytes: 5, totalBytes: 10 };
const written = (bytes: number): BuildProgress => ({
  ...{ phase: "write", files: 3, totalFiles: 1200, totalBytes: 4_000_000 },
  bytes,
});

test("the percentage is the share of bytes that are written", () => {
  assert.deepEqual([0, 1_000_000, 3_000_000, 4_000_000].map(written).map(percentOf), [0, 25, 75, 100]);
});

test("while the tree is read, and in a tree without bytes, the percentage is 0", () => {
  assert.equal(percentOf(scan), 0);
  assert.equal(percentOf({ ...written(0), totalBytes: 0 }), 0);
});

/** The reports of states that come at these milliseconds. */
function reportsOf(states: readonly (readonly [number, BuildProgress])[]) {
  const reports: { message: string; increment: number }[] = [];
  let time = 0;
  const show = progressReporter(
    (report) => reports.push(report),
    () => time,
  );
  for (const [at, state] of states) {
    time = at;
    show(state);
  }
  return reports;
}

test("the bar grows by what was written since the last report, up to 100", () => {
  const reports = reportsOf([
    [0, scan],
    [100, written(1_000_000)],
    [200, written(3_000_000)],
    [300, written(4_000_000)],
  ]);
  assert.deepEqual(
    reports.map(({ increment }) => increment),
    [0, 25, 50, 25],
  );
});

test("a report less than a tenth of a second after the last is left out, and the next one catches up", () => {
  const reports = reportsOf([
    [0, written(0)],
    [99, written(1_000_000)],
    [100, written(2_000_000)],
    [199, written(3_000_000)],
  ]);
  assert.deepEqual(
    reports.map(({ increment }) => increment),
    [0, 50],
  );
});

test("the message says how many files, and how many bytes of how many", () => {
  assert.equal(progressText(scan), "1\u202f200 files found");
  assert.equal(progressText(written(1_500_000)), "3 of 1\u202f200 files, 1.5 MB of 4.0 MB");
});

const counts = {
  ...{ bytes: 27_400_000, files: 1200, directories: 7, symlinks: 8, sourceBytes: 90_000_000, reusedBytes: 0 },
  xattrsKnown: true,
};
const tree = { name: "demo", leftOut: [] };
const verdict = (title: string, word: TreeVerdict["verdict"]): TreeVerdict => ({
  ...{ host: title, title, verdict: word, reason: "", systemd: 257, steps: [] },
});

test("the summary tells the image's size, its files and the time", () => {
  assert.equal(
    buildSummary(tree, { counts, milliseconds: 12_300 }, []),
    "Built demo.raw: 27 MB from 1\u202f200 files in 12 s.",
  );
});

test("the summary tells hosts, what was left out, and that attributes are missing, where there is something to tell", () => {
  const built = { counts: { ...counts, xattrsKnown: false }, milliseconds: 340 };
  const verdicts = [verdict("Debian 13", "match"), verdict("Fedora 40", "reject")];
  assert.equal(
    buildSummary({ ...tree, leftOut: ["src", "doc"] }, built, verdicts),
    "Built demo.raw: 27 MB from 1\u202f200 files in 0.3 s. Merges on 1 of 2 hosts (Debian 13). Left out: src, doc. " +
      'Extended attributes were not included; install "attr" (getfattr) and trust the workspace to include them.',
  );
});

test("where the image merges on all hosts, or on none, the summary names none of several", () => {
  const built = { counts, milliseconds: 12_300 };
  const end = (verdicts: TreeVerdict[]) => buildSummary(tree, built, verdicts).replace(/^.* s\. /, "");
  assert.equal(end([verdict("Debian 13", "match")]), "Merges on Debian 13.");
  assert.equal(end([verdict("Debian 13", "match"), verdict("Fedora 40", "match")]), "Merges on all 2 hosts.");
  assert.equal(end([verdict("Debian 13", "reject"), verdict("Fedora 40", "error")]), "Merges on 0 of 2 hosts.");
});
