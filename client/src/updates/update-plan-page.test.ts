// The page of an update plan: everything in it can be read as text, and nothing of a file runs in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlanTransfer, UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import { type UpdatePlanChoices, type UpdatePlanWords, updatePlanBody, updatePlanPage } from "./update-plan-page.ts";

const words: UpdatePlanWords = {
  language: "en",
  title: (component) => `Plan of ${component ?? "the system"}`,
  source: "Source",
  target: "Target",
  host: "Host",
  architecture: "Architecture",
  noSource: "no source",
  noTarget: "no target",
  noHost: "no host",
  thisMachine: "this machine",
  assumed: (systemd) => `as if ${systemd}`,
  noArchitecture: "no architecture",
  fetch: "Fetch",
  fetchAgain: "Fetch Again",
  readAgain: "Read Again",
  reading: "Reading",
  trust: "Trust first",
  files: (count) => `${count} files`,
  summary: () => "Summary",
  faults: "Faults",
  notes: "Notes",
  bestBefore: (day) => `until ${day}`,
  disabled: "Disabled",
  pattern: "Pattern",
  path: "Path",
  example: "Example",
  found: "Found",
  downloads: "Downloads",
  decompressed: "Decompressed",
  storesAs: "Stores",
  removes: "Removes",
  symlink: "Symlink",
  misses: (count) => `${count} misses`,
  missNote: "Marked",
  endOfName: "end",
  more: (count) => `${count} more`,
  versions: "Versions",
  version: "Version",
  available: "Available",
  installed: "Installed",
  assessment: "Assessment",
  yes: "yes",
  no: "no",
  marks: {
    candidate: "candidate",
    newest: "newest",
    current: "current",
    incomplete: "incomplete",
    protected: "protected",
    obsolete: "obsolete",
  },
  size: (bytes) => `${bytes} B`,
};

const transfer: PlanTransfer = {
  id: "demo",
  uri: "file:///w/sysupdate.d/demo.transfer",
  sourcePath: "https://example.com/",
  sourcePatterns: ["demo-@v.raw"],
  example: "demo-1.0.raw",
  matching: 0,
  remove: [],
  leftovers: [],
  misses: [],
  moreMisses: 0,
};

const plan: UpdatePlanReport = {
  component: "demo",
  systemd: 257,
  systemdKnown: true,
  hostIsMachine: false,
  architectures: [],
  source: { state: "read", files: 3, doubts: [] },
  target: { state: "none" },
  versions: [],
  moreVersions: 0,
  transfers: [transfer],
  faults: [],
  notes: [],
};

const choices: UpdatePlanChoices = { isAddress: false, mayFetch: true, busy: false };

function body(changed: Partial<UpdatePlanReport>, chosen: Partial<UpdatePlanChoices> = {}): string {
  return updatePlanBody({ ...plan, ...changed }, { ...choices, ...chosen }, words);
}

/** What is left when the marks of the page are taken away. */
function plain(html: string): string {
  return html.replaceAll(/<[^>]*>/g, "");
}

test("what an update would do is there as text", () => {
  const html = body({
    candidate: "2",
    current: "1",
    newest: "2",
    transfers: [
      {
        ...transfer,
        matching: 2,
        download: { version: "2", name: "demo-2.raw.xz", size: 7, storedAs: "/x/demo-2.raw", decompressed: true },
        remove: ["demo-0.raw"],
        symlink: { path: "/y/demo.raw", target: "/x/demo-2.raw" },
      },
    ],
    versions: [
      { version: "2", available: true, installed: false, incomplete: false, protected: false, obsolete: false },
      { version: "1", available: false, installed: true, incomplete: true, protected: true, obsolete: true },
    ],
    moreVersions: 5,
  });
  const text = plain(html);
  for (const part of [
    "demo-2.raw.xz (7 B)",
    "/x/demo-2.raw",
    "Decompressed",
    "demo-0.raw",
    "/y/demo.raw → /x/demo-2.raw",
  ])
    assert.ok(text.includes(part), part);
  const rows = [...html.matchAll(/<tr[^>]*><th scope="row">(.*?)<\/tr>/g)].map(([, row]) => plain(row ?? ""));
  assert.deepEqual(rows, ["2yesnocandidate", "1noyescurrent, incomplete, protected, obsolete"]);
  assert.ok(text.includes("5 more"));
  assert.ok(!text.includes("Example"), "where something matches no example is needed");
});

test("the first character at which a pattern gives up is marked", () => {
  const misses = [
    { name: "demos-1.raw", pattern: "demo-@v.raw", at: 4, reason: "it is s" },
    { name: "demo", pattern: "demo-@v.raw", at: 4, reason: "it ends" },
    { name: "a\u{1f600}b", pattern: "demo-@v.raw", at: 1, reason: "odd" },
  ];
  const html = body({ transfers: [{ ...transfer, misses, moreMisses: 4 }] });
  assert.ok(html.includes("demo<mark>s</mark>-1.raw"));
  assert.ok(html.includes('demo<mark class="end"><span class="heard">end</span></mark>'));
  assert.ok(html.includes("a<mark>\u{1f600}</mark>b"));
  assert.ok(plain(html).includes("7 misses") && plain(html).includes("4 more"));
});

test("values of files are text, whatever is in them", () => {
  const evil = '"><script>alert(1)</script>\u202e\u0007';
  const html = body(
    {
      component: evil,
      hostTitle: evil,
      faults: [{ uri: `file:///${encodeURIComponent(evil)}`, message: evil }],
      transfers: [
        {
          ...transfer,
          uri: `file:///${encodeURIComponent(evil)}`,
          sourcePath: evil,
          misses: [{ name: evil, pattern: evil, at: 2, reason: evil }],
          download: { version: evil, name: evil, storedAs: evil, decompressed: false },
          remove: [evil],
        },
      ],
      versions: [
        { version: evil, available: true, installed: true, incomplete: false, protected: false, obsolete: false },
      ],
      source: { state: "failed", reason: evil },
    },
    { source: evil, target: evil },
  );
  assert.doesNotMatch(html, /<script|="[^"]*"(?=[^\s>/])/);
  for (const sign of ["\u202e", "\u0007"]) assert.ok(!html.includes(sign));
});

test("an address is fetched by a button only, and not without trust", () => {
  const unread = { source: { state: "unread" } as const };
  const address = { source: "https://example.com/", isAddress: true };
  assert.match(body(unread, address), /<button id="read" class="read primary" data-action="read">Fetch</);
  assert.match(body(unread, { ...address, mayFetch: false }), /data-action="read" disabled>Fetch<.*Trust first/);
  assert.match(body({}, address), />Fetch Again</);
  assert.match(body({}, { source: "/srv" }), />Read Again</);
  assert.match(body({}, { source: "/srv", busy: true }), /disabled>Reading</);
  assert.doesNotMatch(body({ source: { state: "none" } }), /id="read"/);
});

test("a manifest's last day and its oddities are told", () => {
  const text = plain(body({ source: { state: "read", files: 1, bestBefore: "2027-01-31", doubts: ["line 2: odd"] } }));
  assert.ok(text.includes("1 files, until 2027-01-31") && text.includes("line 2: odd"));
});

test("it says for which host a plan is made, and what is only assumed", () => {
  assert.ok(plain(body({ hostTitle: "Debian" })).includes("Debiansystemd 257"));
  const own = body({ hostTitle: "Debian", hostIsMachine: true, systemdKnown: false });
  assert.ok(plain(own).includes("this machineDebian, as if 257"));
  assert.ok(plain(body({ systemdKnown: false })).includes("no hostas if 257"));
});

test("without a source it says what would match", () => {
  const text = plain(body({ source: { state: "none" } }));
  assert.ok(text.includes("Patterndemo-@v.rawPathhttps://example.com/"));
  assert.ok(text.includes("Exampledemo-1.0.raw"));
});

test("nothing but the page's own script and style may run or load", () => {
  const page = updatePlanPage(words, "Title <b>", "n0nce");
  assert.match(page, /content="default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'"/);
  assert.equal([...page.matchAll(/<script/g)].length, 1);
  assert.doesNotMatch(page, /https?:|<b>|eval|import\(/);
});
