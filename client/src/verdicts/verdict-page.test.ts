// The page of verdicts: a table that a reader of the screen can follow, and nothing in it that runs.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TreeVerdict } from "../../../shared/src/requests.ts";
import { type PageWords, verdictPage } from "./verdict-page.ts";

const words: PageWords = {
  language: "en",
  title: "Hosts",
  comparison: "Comparison",
  verdict: "Verdict",
  repair: "Repair",
  log: "Log",
  outcomes: {
    passed: "passed",
    match: "merges",
    reject: "ignored",
    error: "stops",
    ignored: "not looked at",
    none: "not compared",
  },
  rules: { id: "ID", scope: "Scope", "version-id": "VERSION_ID" },
  values: (extension, host) => [extension ?? "nothing", host ?? "nothing"].join(" and "),
  subtitle: ({ systemd }) => `systemd ${systemd}`,
};

const verdicts: readonly TreeVerdict[] = [
  {
    host: "a",
    title: "Host A",
    verdict: "match",
    rule: "id",
    reason: "it fits",
    systemd: 257,
    steps: [
      { rule: "id", extension: "_any", host: "a", outcome: "match" },
      { rule: "scope", host: "system", outcome: "passed" },
    ],
  },
  {
    host: "b",
    title: "<script>alert(1)</script>",
    verdict: "reject",
    rule: "version-id",
    reason: '"VERSION_ID=<b>" is another',
    fix: "Write & see",
    systemd: 252,
    steps: [{ rule: "version-id", extension: "<b>", host: "12", outcome: "reject" }],
  },
];

test("rows are systemd's comparisons in its order, columns the hosts", () => {
  const page = verdictPage(verdicts, words, "n0nce");
  const rows = [...page.matchAll(/<th scope="row">([^<]*)</g)].map(([, name]) => name);
  assert.deepEqual(rows, ["Scope", "ID", "VERSION_ID", "Verdict", "Repair"]);
  assert.equal([...page.matchAll(/<th scope="col">/g)].length, 3);
});

test("values of files are text, whatever is in them", () => {
  const page = verdictPage(verdicts, words, "n0nce");
  assert.ok(!page.includes("<script"));
  assert.ok(page.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
  assert.ok(page.includes("Write &amp; see"));
});

test("nothing may be loaded or run", () => {
  const page = verdictPage(verdicts, words, "n0nce");
  assert.match(page, /content="default-src 'none'; style-src 'nonce-n0nce'"/);
  assert.doesNotMatch(page, /<script|javascript:|https?:/);
});
