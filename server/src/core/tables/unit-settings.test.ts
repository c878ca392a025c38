// Holds the catalogue of settings to itself: replacements exist, classes have grammars, and what is shown of a setting is true.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasGrammar } from "../values/grammars.ts";
import { readValue } from "../values/read-value.ts";
import { findUnitSetting, sectionsOfSetting, unitSections } from "./find-unit-setting.ts";
import { newestSystemd } from "./newest-systemd.ts";
import type { UnitSetting } from "./unit-setting.ts";
import { unitSettings } from "./unit-settings.ts";

/** A section that has the setting. */
function sectionOf(setting: UnitSetting): string {
  return unitSections.find((section) => findUnitSetting(section, setting.name) === setting) ?? "";
}

/** What the readers of values say against a value of a setting. */
function faultsOf(setting: UnitSetting, value: string): string[] {
  const place = { setting, section: sectionOf(setting), systemd: newestSystemd };
  return readValue(value, place).faults.map(({ message }) => message);
}

test("every setting is found in a section, and once", () => {
  assert.deepEqual(
    unitSettings.filter((setting) => sectionOf(setting) === "").map(({ name }) => name),
    [],
  );
  const keys = unitSettings.map(({ group, name }) => `${group} ${name}`);
  assert.equal(new Set(keys).size, keys.length);
});

test("what takes a setting's place is a setting, still in use, of the same section or of the one that is named", () => {
  for (const setting of unitSettings) {
    if (setting.replacement === undefined) continue;
    const [name = "", section = sectionOf(setting)] = setting.replacement.split(".").reverse();
    const target = findUnitSetting(section, name);
    assert.ok(target, `${setting.name} is replaced by ${setting.replacement}, which is none of [${section}]`);
    assert.ok(target.inert === undefined && target.gone === undefined, `${name} is out of use itself`);
    if (setting.renames && setting.inert === undefined) assert.equal(target.grammar, setting.grammar, setting.name);
  }
});

test("every class of values has a grammar", () => {
  assert.deepEqual(
    [...new Set(unitSettings.map(({ grammar }) => grammar))].filter((grammar) => !hasGrammar(grammar)),
    [],
  );
});

test("every setting in use is described in one sentence", () => {
  const wrong = unitSettings.filter(
    ({ gone, inert, description = "" }) =>
      gone === undefined && inert === undefined && !/^[A-Z`"'/].{10,220}\.$/s.test(description),
  );
  assert.deepEqual(
    wrong.map(({ group, name, description }) => `${group} ${name}: ${description}`),
    [],
  );
});

test("every example is a value that the setting takes", () => {
  const wrong = unitSettings.flatMap((setting) =>
    setting.example === undefined ? [] : faultsOf(setting, setting.example).map((fault) => `${setting.name}: ${fault}`),
  );
  assert.deepEqual(wrong, []);
});

test("every setting in use has an example", () => {
  const without = unitSettings.filter(
    ({ gone, inert, replacement, example }) =>
      gone === undefined && inert === undefined && replacement === undefined && example === undefined,
  );
  assert.deepEqual(
    without.map(({ group, name }) => `${group} ${name}`),
    [],
  );
});

test("settings of several sections are found in all of them", () => {
  assert.deepEqual(sectionsOfSetting("PrivateTmp"), ["Service", "Socket", "Mount", "Swap"]);
  assert.deepEqual(sectionsOfSetting("After"), ["Unit"]);
});
