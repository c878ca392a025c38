// A unit with its drop-ins as systemd puts them together, each value traceable to the file that has it.
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

/** All files of a unit, in the order in which systemd reads them. */
export function sourcesOf({ main, dropIns }: Unit): readonly UnitSource[] {
  return main === undefined ? dropIns : [main, ...dropIns];
}

/** Reads what a unit's settings come to. */
export interface UnitReader {
  /** The assignment that counts of a setting that replaces; undefined where none does, or its value was taken back. */
  last(section: string, name: string): Occurrence | undefined;
  /** The assignments that add up, those before an empty one left out. */
  all(section: string, name: string): readonly Occurrence[];
  /** Whether the unit has an assignment of the setting at all, an empty one included. */
  mentions(section: string, name: string): boolean;
  /** Text of the value that counts, such as `oneshot`; undefined where none does. */
  text(section: string, name: string): string | undefined;
}

/** Collects the assignments of a unit, so that many questions can be asked of it. */
export function readUnit(unit: Unit): UnitReader {
  const bySetting = new Map<string, Occurrence[]>();
  for (const source of sourcesOf(unit)) {
    for (const entry of source.file.entries) {
      if (entry.setting === undefined) continue;
      const key = `${entry.section.name}.${entry.node.name}`;
      const known = bySetting.get(key);
      if (known === undefined) bySetting.set(key, [{ source, entry }]);
      else known.push({ source, entry });
    }
  }

  function all(section: string, name: string): readonly Occurrence[] {
    const found = bySetting.get(`${section}.${name}`) ?? [];
    // An empty value takes nothing back of dependencies.
    const reset = found.findLastIndex(
      ({ entry: { node, setting } }) => node.value.text === "" && (setting?.resets || !setting?.list),
    );
    return found.slice(reset + 1);
  }

  return {
    all,
    last: (section, name) => all(section, name).at(-1),
    mentions: (section, name) => bySetting.has(`${section}.${name}`),
    text: (section, name) => all(section, name).at(-1)?.entry.node.value.text,
  };
}
