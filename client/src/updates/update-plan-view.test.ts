// An update plan as texts: what is downloaded, stored and removed, what matches no pattern, and which versions there are.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlanTransfer, UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import { plainWords } from "../say.ts";
import type { PageLine, PagePlan } from "./page/messages.ts";
import { type ShownChoices, updatePlanView } from "./update-plan-view.ts";

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

const report: UpdatePlanReport = {
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

const choices: ShownChoices = { isAddress: false, mayFetch: true, isBusy: false };

function view(changed: Partial<UpdatePlanReport> = {}, chosen: Partial<ShownChoices> = {}): PagePlan {
  return updatePlanView({ ...report, ...changed }, { ...choices, ...chosen }, plainWords);
}

/** A line as text, with code in quotes and notes in brackets. */
function textOf({ kind, parts }: PageLine): string {
  const text = parts.map((part) => (part.isCode ? `"${part.text}"` : part.text)).join("");
  return kind === "note" ? `(${text})` : text;
}

/** The facts of the first transfer. */
function facts(changed: Partial<PlanTransfer>, plan: Partial<UpdatePlanReport> = {}): string[] {
  const [shown] = view({ ...plan, transfers: [{ ...transfer, ...changed }] }).transfers;
  return (shown?.facts ?? []).map(({ title, lines }) => [title, ...lines.map(textOf)].join(" | "));
}

test("what is downloaded, stored, removed and linked is told for each transfer", () => {
  assert.deepEqual(
    facts({
      sourcePatterns: ["demo-@v.raw.xz", "demo-@v.raw"],
      matching: 2,
      download: { version: "2", name: "demo-2.raw.xz", size: 7, storedAs: "/x/demo-2.raw.xz", decompressed: true },
      remove: ["demo-0.raw"],
      leftovers: [".#demo"],
      symlink: { path: "/y/demo.raw", target: "/x/demo-2.raw" },
    }),
    [
      'Looks for | "demo-@v.raw.xz" | "demo-@v.raw"',
      'In | "https://example.com/"',
      "Matches | 2 files",
      'Downloads | "demo-2.raw.xz" (7 bytes)',
      'Stores it as | "/x/demo-2.raw.xz" | (It is decompressed during the download, although the name keeps its suffix.)',
      'Removes | "demo-0.raw" | ".#demo"',
      'Symlink | "/y/demo.raw" → "/x/demo-2.raw"',
    ],
  );
});

test("without a match it says what would match, and without a source nothing of matches", () => {
  assert.deepEqual(facts({}).slice(2), ["Matches | 0 files", 'Would match | "demo-1.0.raw"']);
  assert.deepEqual(facts({ disabled: "its feature is off" }, { source: { state: "none" } }), [
    "Disabled | its feature is off",
    'Looks for | "demo-@v.raw"',
    'In | "https://example.com/"',
    'Would match | "demo-1.0.raw"',
  ]);
});

test("the first character that the pattern does not match is marked", () => {
  const misses = [
    { name: "demos-1.raw", pattern: "demo-@v.raw", at: 4, reason: "it is s" },
    { name: "demo", pattern: "demo-@v.raw", at: 4, reason: "it ends" },
    { name: "a\u{1f600}b", pattern: "demo-@v.raw", at: 1, reason: "odd" },
  ];
  const shown = view({ transfers: [{ ...transfer, misses, moreMisses: 4 }] }).transfers[0]?.misses;
  assert.deepEqual(
    shown?.items.map(({ before, mark, after }) => [before, mark, after]),
    [
      ["demo", "s", "-1.raw"],
      ["demo", "", ""],
      ["a", "\u{1f600}", "b"],
    ],
  );
  assert.deepEqual([shown?.title, shown?.more, shown?.isOpen], ["7 files match no pattern", "and 4 more", true]);
});

test("many files that match no pattern are shown on demand", () => {
  const misses = Array.from({ length: 6 }, (_, at) => ({ name: `x${at}`, pattern: "y", at: 0, reason: "" }));
  const isOpen = (count: number): boolean | undefined =>
    view({ transfers: [{ ...transfer, misses: misses.slice(0, count) }] }).transfers[0]?.misses?.isOpen;
  assert.deepEqual([isOpen(0), isOpen(5), isOpen(6)], [undefined, true, false]);
  const [one] = view({ transfers: [{ ...transfer, misses: misses.slice(0, 1) }] }).transfers;
  assert.deepEqual([one?.misses?.title, one?.misses?.more], ["1 file matches no pattern", ""]);
});

test("versions are told with what an update makes of them", () => {
  const none = { available: false, installed: false, incomplete: false, protected: false, obsolete: false };
  const { versions } = view({
    ...{ candidate: "3", current: "1", newest: "4", moreVersions: 5 },
    versions: [
      { ...none, version: "4", available: true, obsolete: true },
      { ...none, version: "3", available: true },
      { ...none, version: "1", installed: true, incomplete: true, protected: true },
    ],
  });
  assert.deepEqual(versions?.columns, ["Version", "Published", "Installed", "Assessment"]);
  assert.deepEqual(
    versions?.rows.map(({ version, isCandidate, cells }) => [version, isCandidate, ...cells]),
    [
      ["4", false, "yes", "–", "newest, obsolete"],
      ["3", true, "yes", "–", "would be installed"],
      ["1", false, "–", "yes", "in use, incomplete, protected"],
    ],
  );
  assert.equal(versions?.more, "and 5 more");
  assert.equal(view().versions, undefined);
});

test("an address is fetched by a button only, and not without trust", () => {
  const unread = { source: { state: "unread" } as const };
  const address = { source: "https://example.com/", isAddress: true };
  const button = (changed: Partial<UpdatePlanReport>, chosen: Partial<ShownChoices>): unknown[] => {
    const { label, isPrimary, isDisabled, note = "" } = view(changed, chosen).reading ?? {};
    return [label, isPrimary, isDisabled, note];
  };
  const trust = "Web addresses are fetched only in a trusted workspace.";
  assert.deepEqual(button(unread, address), ["Fetch", true, false, ""]);
  assert.deepEqual(button(unread, { ...address, mayFetch: false }), ["Fetch", true, true, trust]);
  assert.deepEqual(button({}, address), ["Fetch Again", false, false, ""]);
  assert.deepEqual(button({}, { source: "/srv", mayFetch: false }), ["Read Again", false, false, ""]);
  assert.deepEqual(button({}, { target: "/srv", isBusy: true }), ["Reading…", false, true, ""]);
  assert.equal(view({ source: { state: "none" } }).reading, undefined);
});

test("what was read of a source is told, with a manifest's last day and its oddities", () => {
  const { choices: shown, doubts } = view({
    source: { state: "read", files: 1, bestBefore: "2027-01-31", doubts: ["line 2: odd"] },
    target: { state: "failed", reason: "it is gone" },
  });
  const notes = Object.fromEntries(shown.map(({ what, note }) => [what, note]));
  assert.deepEqual([notes["source"], notes["target"]], ["1 file, refused from 2027-01-31 on", "it is gone"]);
  assert.deepEqual(doubts, ["line 2: odd"]);
});

test("it says for which host a plan is made, and what is only assumed", () => {
  const host = (changed: Partial<UpdatePlanReport>): string => {
    const shown = view(changed).choices.find(({ what }) => what === "host");
    return `${shown?.value} | ${shown?.note}`;
  };
  assert.equal(host({ hostTitle: "Debian" }), "Debian | systemd 257");
  assert.equal(
    host({ hostTitle: "Debian", hostIsMachine: true, systemdKnown: false }),
    "This machine | Debian, assuming systemd 257",
  );
  assert.equal(host({ systemdKnown: false }), "Any host | assuming systemd 257");
});

test("faults and notes name the file that they are about", () => {
  const { remarks } = view({
    faults: [{ uri: "file:///w/a%20b.transfer", message: "it stops" }],
    notes: [{ uri: "file:///w/100%.transfer", message: "take care" }],
  });
  assert.deepEqual(
    remarks.map(({ kind, items }) => [kind, ...items.map(({ file, text }) => `${file.name}: ${text}`)]),
    [
      ["faults", "a b.transfer: it stops"],
      ["notes", "100%.transfer: take care"],
    ],
  );
  assert.deepEqual(view().remarks, []);
});

test("the summary says in a sentence what an update comes to", () => {
  const summary = (changed: Partial<UpdatePlanReport>): string => view(changed).summary;
  const matching = [{ ...transfer, matching: 1, remove: ["a"] }];
  assert.equal(summary({ faults: [{ uri: "x", message: "" }] }), "systemd-sysupdate would stop with an error.");
  assert.match(summary({ target: { state: "failed", reason: "no" } }), /^The installed versions could not .*: no\.$/);
  assert.match(summary({ source: { state: "failed", reason: "no" } }), /^The published versions could not .*: no\.$/);
  assert.match(summary({ source: { state: "none" } }), /^Choose where/);
  assert.match(summary({ source: { state: "unread" } }), /^Fetch the address/);
  assert.equal(summary({ candidate: "2" }), "An update would install 2.");
  assert.equal(
    summary({ candidate: "2", current: "1", transfers: matching }),
    "An update would install 2 and point to it in place of 1. It would remove 1 older file.",
  );
  assert.match(summary({ candidate: "2", transfers: [...matching, ...matching] }), /would remove 2 older files\.$/);
  assert.match(summary({ current: "2", newest: "2" }), /^Nothing to do: 2 is installed/);
  assert.match(summary({ transfers: [{ ...transfer, disabled: "off" }] }), /^All transfers are disabled/);
  assert.match(summary({}), /^No published file matches/);
  assert.match(summary({ transfers: matching }), /^No version has a file for every transfer/);
});
