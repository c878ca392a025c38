// Verdicts as a table: systemd's comparisons in its order, and only those that somebody made.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TreeVerdict } from "../../../shared/src/requests.ts";
import "../../../test/support/fake-vscode/editor.ts";

const { verdictsView } = await import("./verdicts-view.ts");

const verdicts: readonly TreeVerdict[] = [
  {
    ...{ host: "a", title: "Host A", verdict: "match", rule: "id", reason: "it fits", systemd: 257 },
    steps: [
      { rule: "id", extension: "_any", host: "a", outcome: "match" },
      { rule: "scope", host: "system", outcome: "passed" },
    ],
  },
  {
    ...{ host: "b", title: "Host B", verdict: "error", rule: "version-id", reason: "another", systemd: 252 },
    ...{ architecture: "x86-64", fix: "Write it" },
    steps: [
      { rule: "class", outcome: "passed" },
      { rule: "version-id", extension: "12", host: "12", outcome: "error" },
    ],
  },
];

test("rows are systemd's comparisons in its order, then the verdict and what to do", () => {
  const { title, comparison, hosts, rows } = verdictsView("demo", verdicts);
  assert.deepEqual([title, comparison], ["Which hosts merge demo", "Comparison"]);
  assert.deepEqual(
    hosts.map((host) => [host.title, host.subtitle]),
    [
      ["Host A", "systemd 257"],
      ["Host B", "systemd 252, x86-64"],
    ],
  );
  assert.deepEqual(
    rows.map((row) => [row.title, row.kind, ...row.cells.map(({ outcome, text }) => `${outcome?.word ?? ""}|${text}`)]),
    [
      ["Class of the extension", "comparison", "not compared|", "passed|"],
      ["SYSEXT_SCOPE", "comparison", "passed|extension –, host system", "not compared|"],
      ["ID", "comparison", "merges|extension _any, host a", "not compared|"],
      ["VERSION_ID", "comparison", "not compared|", "stops the merge|12"],
      ["Verdict", "verdict", "merges|it fits", "stops the merge|another"],
      ["What to do", "text", "|", "|Write it"],
    ],
  );
  assert.deepEqual(
    rows.at(-2)?.cells.map(({ outcome }) => outcome?.kind),
    ["match", "error"],
  );
});

test("lines of systemd's log are shown as code", () => {
  const [first] = verdicts;
  assert.ok(first);
  assert.deepEqual(verdictsView("demo", [{ ...first, log: "No match" }]).rows.at(-1), {
    title: "In systemd's log",
    kind: "code",
    cells: [{ text: "No match" }],
  });
});
