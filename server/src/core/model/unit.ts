// A unit with its drop-ins as systemd puts them together, each value traceable to the file that has it.

import { findUnitSetting, sharingList } from "../tables/find-unit-setting.ts";
import type { UnitSetting } from "../tables/unit-setting.ts";
import type { Entry, UnitFile } from "./unit-file.ts";
import type { UnitName } from "./unit-name.ts";

/** A file that a unit is made of. */
export interface UnitSource {
  /** Path in the tree; any name that tells it from others. */
  readonly path: string;
  readonly file: UnitFile;
}

export interface Unit {
  readonly name: UnitName;
  /** Undefined when only drop-ins are known: the unit itself is the host's. */
  readonly main?: UnitSource;
  /** In the order in which systemd reads them. */
  readonly dropIns: readonly UnitSource[];
}

/** An assignment with the file that it stands in. */
export interface Occurrence {
  readonly source: UnitSource;
  readonly entry: Entry;
}

/** The files of a unit, or of a definition of systemd-sysupdate. */
export type UnitSources = Pick<Unit, "main" | "dropIns"> & Partial<Pick<Unit, "name">>;

/** All files of a unit, in the order in which systemd reads them. */
export function sourcesOf({ main, dropIns }: UnitSources): readonly UnitSource[] {
  return main === undefined ? dropIns : [main, ...dropIns];
}

/** Reads what a unit's settings come to. */
export interface UnitReader {
  /** The assignment that counts of a setting that replaces; undefined where none does, or its value was taken back. */
  last(section: string, name: string): Occurrence | undefined;
  /** The assignments that add up, those before an empty one left out; it may be of another setting of the same list. */
  all(section: string, name: string): readonly Occurrence[];
  /** All assignments of a setting, empty ones and those that they take back included. */
  written(section: string, name: string): readonly Occurrence[];
  /** Whether the unit has an assignment of the setting at all, an empty one included. */
  mentions(section: string, name: string): boolean;
  /** Text of the value that counts, such as `oneshot`; undefined where none does. */
  text(section: string, name: string): string | undefined;
}

/** Collects the assignments of a unit, so that many questions can be asked of it. */
export function readUnit(unit: UnitSources): UnitReader {
  const sources = sourcesOf(unit).map((source) => ({ source, bySetting: entriesBySetting(source.file) }));

  function written(setting: UnitSetting | undefined): Occurrence[] {
    if (setting === undefined) return [];
    return sources.flatMap(({ source, bySetting }) =>
      (bySetting.get(setting) ?? []).map((entry) => ({ source, entry })),
    );
  }

  function all(section: string, name: string): readonly Occurrence[] {
    const setting = findUnitSetting(section, name);
    const found = written(setting);
    // An empty value takes nothing back of dependencies.
    if (setting?.list === true && setting.resets !== true) return found;
    const shared = setting === undefined ? [] : sharingList(setting);
    if (shared.length === 0) {
      return found.slice(found.findLastIndex(({ entry }) => entry.node.value.text === "") + 1);
    }
    const resets = shared.flatMap((other) => lastReset(written(other)) ?? []);
    return found.filter((at) => at.entry.node.value.text !== "" && resets.every((other) => isBefore(other, at)));
  }

  function isBefore(a: Occurrence, b: Occurrence): boolean {
    if (a.source === b.source) return a.entry.node.span.start < b.entry.node.span.start;
    return (
      sources.findIndex(({ source }) => source === a.source) < sources.findIndex(({ source }) => source === b.source)
    );
  }

  return {
    all,
    last: (section, name) => all(section, name).at(-1),
    written: (section, name) => written(findUnitSetting(section, name)),
    mentions: (section, name) => written(findUnitSetting(section, name)).length > 0,
    text: (section, name) => all(section, name).at(-1)?.entry.node.value.text,
  };
}

function lastReset(found: readonly Occurrence[]): Occurrence | undefined {
  return found.findLast(({ entry }) => entry.node.value.text === "");
}

/** The assignments of each setting of a file. A setting that several sections have stands in one of them only. */
function entriesBySetting(file: UnitFile): ReadonlyMap<UnitSetting, readonly Entry[]> {
  const bySetting = new Map<UnitSetting, Entry[]>();
  for (const entry of file.entries) {
    if (entry.setting === undefined) continue;
    const known = bySetting.get(entry.setting);
    if (known === undefined) bySetting.set(entry.setting, [entry]);
    else known.push(entry);
  }
  return bySetting;
}
