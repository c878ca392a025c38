import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlannedVersion, ResourcePlan, TransferPlan, UpdatePlan } from "../../../server/src/core/index.ts";
import { updatePlanText } from "./update-plan.ts";

const version = (name: string, states: Partial<PlannedVersion> = {}): PlannedVersion => ({
  ...{ version: name, available: false, installed: false, incomplete: false, protected: false, obsolete: false },
  ...states,
});
const resource: ResourcePlan = { type: "regular-file", path: "/p", patterns: ["a_@v"], instances: [], misses: [] };
const transfer: TransferPlan = {
  ...{ id: "a", path: "a.transfer", enabled: true, source: resource, target: { ...resource, relativeTo: "esp" } },
  remove: [],
};
const instance = (name: string) => ({ version: "1", name, fields: {}, pattern: 0 });
const plan = (changes: Partial<UpdatePlan> = {}): UpdatePlan => ({
  versions: [],
  transfers: [],
  faults: [],
  ...changes,
});
const transferText = (changes: Partial<TransferPlan>) =>
  updatePlanText(plan({ transfers: [{ ...transfer, ...changes }] }));

test("versions have their marks, and the older ones are counted", () => {
  const text = updatePlanText(
    plan({
      ...{ newest: "3", candidate: "3", current: "2" },
      versions: [
        version("3", { available: true }),
        version("2", { installed: true, incomplete: true, protected: true, obsolete: true }),
      ],
    }),
  );
  assert.equal(
    text,
    "VERSION  STATE\n3        newest, candidate, available\n" +
      "2        current, installed, incomplete, protected, obsolete\n\n" +
      "An update would install 3 and replace 2.\n",
  );
  const many = (count: number) =>
    updatePlanText(plan({ versions: Array.from({ length: count }, (_, index) => version(`${index}`)) }));
  assert.doesNotMatch(many(50), /^and /m);
  assert.match(many(51), /^49 .*\nand 1 older version\n/m);
});

test("one sentence says what an update would do", () => {
  const versions = [version("1")];
  const sentence = (changes: Partial<UpdatePlan>) => updatePlanText(plan({ versions, ...changes })).split("\n")[3];
  assert.equal(sentence({}), "An update would do nothing.");
  assert.equal(sentence({ candidate: "1" }), "An update would install 1.");
  assert.equal(sentence({ candidate: "1", current: "1" }), "An update would complete the installation of 1.");
  const faults = [{ path: "", message: "" }];
  assert.equal(sentence({ candidate: "1", faults }), "systemd-sysupdate would stop with an error.");
  assert.match(updatePlanText(plan()), /^No version is available or installed\.\n/);
});

test("a transfer shows from where to where, and what is fetched, removed and linked", () => {
  const text = transferText({
    source: { ...resource, instances: [instance("a_1")] },
    download: { version: "1", name: "a_1", size: 2000, storedAs: "/p/a", storedName: "a", decompressed: true },
    remove: [instance("old")],
    leftovers: [".part"],
    symlink: { path: "/p/cur", target: "a" },
  });
  assert.match(
    text,
    /^a\n {2}from {4}regular-file \/p: 1 instance of a_@v\n {2}to {6}regular-file \/p on esp: 0 instances /m,
  );
  assert.match(
    text,
    /^ {2}fetch {3}a_1 \(2 kB\)\n {2}store {3}\/p\/a, decompressed\n {2}remove {2}old\n {2}remove {2}\.part \(left by an earlier update\)$/m,
  );
  assert.match(text, /^ {2}link {4}\/p\/cur -> a$/m);
  const partition = transferText({ download: { version: "1", name: "a_1", storedName: "b" } });
  assert.match(partition, /^ {2}fetch {3}a_1\n {2}store {3}a partition labelled "b"$/m);
});

test("a long list of removals is cut, and the rest is counted", () => {
  const removals = (count: number) =>
    transferText({ remove: Array.from({ length: count }, (_, index) => instance(`${index}`)) });
  assert.doesNotMatch(removals(50), / more$/m);
  assert.match(removals(52), /^ {2}remove {2}49\n {2}and 2 more$/m);
});

test("a transfer that is off says why, and one that systemd refuses says no more", () => {
  const misses = [{ name: "b", pattern: 0, at: 0, reason: "other" }];
  const off = transferText({ enabled: false, disabledReason: "feature", source: { ...resource, misses } });
  assert.match(off, /^ {2}off {5}feature$/m);
  assert.doesNotMatch(off, /no match/);
  assert.ok(transferText({ source: { ...resource, type: "" } }).endsWith("\na\n  refused\n"));
});

test("a name that matches nothing shows where its pattern gives up", () => {
  const miss = (name: string, at: number, patterns: readonly string[] = ["a"]) =>
    transferText({ target: { ...resource, patterns, misses: [{ name, pattern: 0, at, reason: "why" }] } });
  assert.match(miss("b\n", 2), /^ {2}no match at the target:\n {4}b\\n\n {7}\^ why$/m);
  assert.match(miss("b", 0, ["a", "c"]), /^ {4}b\n {4}\^ a: why$/m);
  const long = `${"x".repeat(150)}Y${"z".repeat(99)}`;
  assert.match(miss(long, 150), new RegExp(`^    …${"x".repeat(50)}Y${"z".repeat(49)}…\\n {55}\\^ why$`, "m"));
  const misses = Array.from({ length: 11 }, (_, index) => ({ name: `n${index}`, pattern: 0, at: 0, reason: "r" }));
  const cut = transferText({ source: { ...resource, misses } });
  assert.match(cut, /no match at the source:\n.*n0\n/);
  assert.match(cut, /n9\n.*\n {4}and 1 more$/m);
  assert.match(
    transferText({ target: { ...resource, misses: [{ name: "b", pattern: 0, at: 0, reason: "r".repeat(301) }] } }),
    /\^ r{300}…$/m,
  );
});
