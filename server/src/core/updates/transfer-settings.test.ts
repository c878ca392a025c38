// What single settings of transfers come to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUnitFile } from "../model/unit-file.ts";
import { specifierValues } from "./specifier-values.ts";
import type { TransferDraft } from "./transfer-draft.ts";
import { readSetting } from "./transfer-settings.ts";

const specifiers = specifierValues({ release: "ID=demo\nVERSION_ID=12\n", architecture: "x86-64" });

function read(text: string, systemd = 262) {
  const draft: TransferDraft = {
    source: { relativeTo: "root", patterns: [] },
    target: { relativeTo: "root", patterns: [] },
    features: [],
    requisiteFeatures: [],
    protectedVersions: [],
    instancesMax: 0n,
    removeTemporary: true,
    given: {},
  };
  const notes: string[] = [];
  const faults = parseUnitFile(text, { type: "transfer" }).entries.flatMap(
    (entry) => readSetting(draft, entry, { systemd, specifiers, note: (message) => void notes.push(message) }) ?? [],
  );
  const patterns = draft.source.patterns.map((pattern) => pattern.text);
  return { draft, notes, faults, patterns };
}

test("patterns are words, in which quotes are characters like others", () => {
  assert.deepEqual(read(`[Source]\nMatchPattern='a @v'\n`).faults.length, 1, "the first word has no version");
  assert.deepEqual(read(`[Source]\nMatchPattern='a_@v' b_@v\n`).patterns, ["'a_@v'", "b_@v"]);
  assert.deepEqual(read("[Source]\nMatchPattern=a_@v\nMatchPattern=b_@v a_@v\n").patterns, ["a_@v", "b_@v"]);
  assert.deepEqual(read("[Source]\nMatchPattern=a_@v\nMatchPattern=\n").patterns, []);
});

test("a pattern may have 255 bytes", () => {
  const long = `${"a".repeat(253)}@v`;
  assert.deepEqual(read(`[Source]\nMatchPattern=${long}\n`).patterns, [long]);
  const { patterns, notes } = read(`[Source]\nMatchPattern=b_@v a${long} c_@v\n`);
  assert.deepEqual(patterns, ["b_@v"]);
  assert.deepEqual(notes, [`"${"a".repeat(40)}…" is too long for a file name, so systemd ignores it`]);
});

test("a type or place that is not known leaves what was there", () => {
  assert.equal(read("[Source]\nType=tar\nType=zip\n").draft.source.type, "tar");
  assert.equal(read("[Target]\nPathRelativeTo=esp\nPathRelativeTo=moon\n").draft.target.relativeTo, "esp");
  assert.equal(read("[Target]\nPathRelativeTo=esp\nPathRelativeTo=\n").draft.target.relativeTo, "root");
});

test("paths have their specifiers replaced", () => {
  assert.equal(read("[Source]\nPath=/srv/%o\n").draft.source.path, "/srv/demo");
  assert.equal(read("[Target]\nPath=/srv/%w\n").draft.target.path, "/srv/12");
});

test("features are words in quotes, added up until an empty value", () => {
  assert.deepEqual(read("[Transfer]\nFeatures=a 'b c'\nFeatures=d\n").draft.features, ["a", "b c", "d"]);
  assert.deepEqual(read("[Transfer]\nFeatures=a\nFeatures=\n").draft.features, []);
  assert.deepEqual(read("[Transfer]\nRequisiteFeatures=a 'b\n").draft.requisiteFeatures, ["a"]);
});

test("versions have to be versions", () => {
  const { draft, notes } = read("[Transfer]\nMinVersion=1\nMinVersion=a b\nProtectVersion=%w\nProtectVersion=2\n");
  assert.equal(draft.minVersion, "1");
  assert.deepEqual(notes, ['"MinVersion=a b" is not a valid version, so systemd ignores it']);
  assert.deepEqual(draft.protectedVersions, ["12", "2"]);
});
