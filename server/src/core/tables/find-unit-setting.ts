// Looks settings of unit files and of sysupdate's files up, and the words that they take.
import type { SettingGroup, UnitSetting, UnitWord, UpdateGroup } from "./unit-setting.ts";
import { unitSettings } from "./unit-settings.ts";
import { unitWords } from "./unit-words.ts";
import { updateSettings } from "./update-settings.ts";

/** The groups whose settings a section has. A target and a device have none of their own. */
const groupsOfSection: Readonly<Record<string, readonly SettingGroup[]>> = {
  Unit: ["unit"],
  Install: ["install"],
  Service: ["service", "exec", "kill", "cgroup"],
  Socket: ["socket", "exec", "kill", "cgroup"],
  Mount: ["mount", "exec", "kill", "cgroup"],
  Swap: ["swap", "exec", "kill", "cgroup"],
  Scope: ["scope", "kill", "cgroup"],
  Slice: ["slice", "cgroup"],
  Timer: ["timer"],
  Path: ["path"],
  Automount: ["automount"],
  Target: [],
  Device: [],
};

/** All sections that some unit type knows. */
export const unitSections: readonly string[] = Object.keys(groupsOfSection);

/** The sections of sysupdate's files; no unit has one of the same name. */
const groupOfUpdateSection: Readonly<Record<string, UpdateGroup>> = {
  Transfer: "transfer",
  Source: "source",
  Target: "target",
  Feature: "feature",
  Component: "component",
};

/** All sections that some file of sysupdate knows. */
export const updateSections: readonly string[] = Object.keys(groupOfUpdateSection);

/** Whether a setting's group is one of sysupdate's files. */
export function isUpdateGroup(group: SettingGroup): group is UpdateGroup {
  return Object.values(groupOfUpdateSection).some((known) => known === group);
}

const bySection: ReadonlyMap<string, ReadonlyMap<string, UnitSetting>> = new Map([
  ...unitSections.map((section) => [section, settingsOfGroups(unitSettings, groupsOfSection[section] ?? [])] as const),
  ...Object.entries(groupOfUpdateSection).map(
    ([section, group]) => [section, settingsOfGroups(updateSettings, [group])] as const,
  ),
]);

function settingsOfGroups(
  settings: readonly UnitSetting[],
  groups: readonly SettingGroup[],
): ReadonlyMap<string, UnitSetting> {
  const found = groups.flatMap((group) => settings.filter((setting) => setting.group === group));
  return new Map(found.map((setting) => [setting.name, setting]));
}

export function findUnitSetting(section: string, name: string): UnitSetting | undefined {
  return bySection.get(section)?.get(name);
}

/** The settings of a section, its own before those that it shares; none for a section that is not known. */
export function settingsOfSection(section: string): readonly UnitSetting[] {
  return [...(bySection.get(section)?.values() ?? [])];
}

/** The sections in which a setting is known, of units unless others are given. */
export function sectionsOfSetting(name: string, sections: readonly string[] = unitSections): string[] {
  return sections.filter((section) => bySection.get(section)?.has(name));
}

/** Settings that add to one list, by group, so that an empty value of one takes back what all of them have said before. */
const sharedLists: readonly RegExp[] = [
  /^unit\.Condition/,
  /^unit\.Assert/,
  /^socket\.Listen/,
  /^timer\.On(?:\w+Sec|Calendar)$/,
  /^path\.(?:PathExists|PathChanged|PathModified|DirectoryNotEmpty)/,
  /^exec\.Bind(?:ReadOnly)?Paths$/,
  /^exec\.LoadCredential/,
  /^exec\.SetCredential/,
  /^feature\.SuggestOn/,
  /^component\.SuggestOn/,
];

const bySharedList: ReadonlyMap<UnitSetting, readonly UnitSetting[]> = new Map(
  sharedLists.flatMap((list) => {
    const settings = [...unitSettings, ...updateSettings].filter(({ group, name }) => list.test(`${group}.${name}`));
    return settings.map((setting) => [setting, settings] as const);
  }),
);

/** The settings that add to the same list as one, itself among them; none for a setting with a list or value of its own. */
export function sharingList(setting: UnitSetting): readonly UnitSetting[] {
  return bySharedList.get(setting) ?? [];
}

/** Whether the first assignment counts, where otherwise the last one does: of what a timer or path unit starts. */
export function keepsFirst({ group, name }: UnitSetting): boolean {
  return name === "Unit" && (group === "timer" || group === "path");
}

export type WordList = keyof typeof unitWords;

const wordLists: ReadonlyMap<string, readonly UnitWord[]> = new Map(Object.entries(unitWords));

/** The words of a list, without classes of values such as `<boolean>`. Throws for a list that is not there. */
export function findWords(list: string): readonly UnitWord[] {
  const words = wordLists.get(list);
  if (words === undefined) throw new Error(`there is no list of words "${list}"`);
  return words.filter(({ word }) => !word.startsWith("<"));
}
