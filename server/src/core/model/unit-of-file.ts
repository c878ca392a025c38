// Finds the unit that a file is a part of, among the units of its tree.
import type { TreeUnitFile, TreeUnits } from "./tree-units.ts";
import { dropInsOf } from "./tree-units.ts";
import type { Unit } from "./unit.ts";
import type { UnitLocation } from "./unit-location.ts";
import { parseUnitName, templateOf } from "./unit-name.ts";

/** The unit of a file or drop-in with all its files; undefined for drop-ins that are for many units. */
export function unitOfFile({ files }: TreeUnits, location: UnitLocation): Unit | undefined {
  const name = parseUnitName(location.name);
  if (name === undefined || location.template || (location.kind === "drop-in" && name.prefix.endsWith("-"))) {
    return undefined;
  }
  const ours = files.filter((file) => file.location.manager === location.manager && !file.location.template);
  const named = (wanted: string | undefined): TreeUnitFile | undefined =>
    ours.find((file) => file.location.kind === "unit" && file.location.name === wanted);
  const main = named(name.name) ?? named(templateOf(name));
  const byFolder = Map.groupBy(
    ours.filter((file) => file.location.kind === "drop-in"),
    (file) => `${file.location.name}.d`,
  );
  const dropIns = dropInsOf(name, byFolder);
  return main === undefined ? { name, dropIns } : { name, main, dropIns };
}
