// Holds the catalogue of sysupdate's settings to itself: classes have grammars, and what is shown of a setting is true.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasGrammar } from "../values/grammars.ts";
import { readValue } from "../values/read-value.ts";
import { findUnitSetting, settingsOfSection, updateSections } from "./find-unit-setting.ts";
import { newestSystemd } from "./newest-systemd.ts";
import type { UnitSetting } from "./unit-setting.ts";
import { updateSettings } from "./update-settings.ts";

const settings: readonly UnitSetting[] = updateSettings;

/** The section that has the setting. */
function sectionOf(setting: UnitSetting): string {
  return updateSections.find((section) => findUnitSetting(section, setting.name) === setting) ?? "";
}

const nameOf = ({ group, name }: UnitSetting) => `${group} ${name}`;

test("every setting is found in a section, and once", () => {
  assert.deepEqual(settings.filter((setting) => sectionOf(setting) === "").map(nameOf), []);
  assert.equal(new Set(settings.map(nameOf)).size, settings.length);
  assert.deepEqual(
    updateSections.map((section) => settingsOfSection(section).length > 0),
    updateSections.map(() => true),
  );
});

test("every class of values has a grammar", () => {
  assert.deepEqual(settings.filter(({ grammar }) => !hasGrammar(grammar)).map(nameOf), []);
});

test("every setting is described in one sentence, and has an example", () => {
  assert.deepEqual(
    settings.filter(({ description = "" }) => !/^[A-Z`"'/].{10,220}\.$/s.test(description)).map(nameOf),
    [],
  );
  assert.deepEqual(settings.filter(({ example }) => example === undefined).map(nameOf), []);
});

test("every example is a value that the setting takes, from the first systemd that knows it", () => {
  const wrong = settings.flatMap((setting) =>
    [setting.since, newestSystemd].flatMap((systemd) =>
      readValue(setting.example ?? "", { setting, section: sectionOf(setting), systemd }).faults.map(
        ({ message }) => `${nameOf(setting)}: ${message}`,
      ),
    ),
  );
  assert.deepEqual(wrong, []);
});

test("settings of a page of the manual name it", () => {
  for (const setting of settings) {
    const page = { feature: "sysupdate.features", component: "sysupdate.components" }[setting.group as string];
    assert.equal(setting.page, page ?? "sysupdate.d", nameOf(setting));
  }
});
