// Specifiers: `%` and a letter that systemd replaces before it looks at a value.

import { isUpdateGroup } from "../tables/find-unit-setting.ts";
import { type Specifier, specifiers } from "../tables/specifiers.ts";
import type { UnitSetting } from "../tables/unit-setting.ts";

export type SpecifierContext = "unit-full" | "unit-name" | "install" | "sysupdate";

/** Which specifiers a setting knows; undefined for a setting in whose values `%` is a character like others. */
export function specifierContext(setting: UnitSetting): SpecifierContext | undefined {
  if (setting.specifiers === undefined) return undefined;
  if (setting.group === "install") return "install";
  if (isUpdateGroup(setting.group)) return "sysupdate";
  return /^units?( |$)/.test(setting.grammar) ? "unit-name" : "unit-full";
}

const byContext: ReadonlyMap<SpecifierContext, ReadonlyMap<string, Specifier>> = new Map(
  (["unit-full", "unit-name", "install", "sysupdate"] as const).map((context) => [
    context,
    new Map(specifiers.filter(({ contexts }) => contexts.includes(context)).map((found) => [found.letter, found])),
  ]),
);

/** The specifiers that a context knows. */
export function specifiersIn(context: SpecifierContext): readonly Specifier[] {
  return [...(byContext.get(context)?.values() ?? [])];
}

export function findSpecifier(context: SpecifierContext, letter: string): Specifier | undefined {
  return byContext.get(context)?.get(letter);
}

/** Whether a text has something that systemd replaces; `%%` counts, since it becomes one sign. */
export function hasSpecifier(text: string): boolean {
  return /%[%a-zA-Z0-9]/.test(text);
}
