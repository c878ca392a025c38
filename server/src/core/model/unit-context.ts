// What is known about the surroundings of a unit file; everything may be unknown.
import { newestSystemd } from "../tables/newest-systemd.ts";
import type { UnitLocation } from "./unit-location.ts";
import { parseUnitName, type UnitName, type UnitType } from "./unit-name.ts";

export interface UnitContext {
  readonly location?: UnitLocation;
  /** Undefined for a file whose name does not tell. */
  readonly type?: UnitType;
  /** The unit's name; undefined for drop-ins of many units, and where another tool makes the name. */
  readonly name?: UnitName;
  readonly manager: "system" | "user";
  /** The lowest version of systemd that has to work. */
  readonly systemd: number;
  /** Whether another tool makes the unit from this file. */
  readonly template: boolean;
  /** Names of the units beside it; undefined when they are not known. */
  readonly neighbors?: UnitNames;
  /** Permission bits of the file; undefined when they are not known. */
  readonly mode?: number;
}

export interface UnitNames {
  has(name: string): boolean;
}

export interface UnitContextOptions {
  readonly systemd?: number;
  readonly neighbors?: UnitNames;
  readonly mode?: number;
}

/** The context of a file at a place; of one without a place when that is undefined. */
export function unitContext(
  location: UnitLocation | undefined,
  { systemd = newestSystemd, neighbors, mode }: UnitContextOptions = {},
): UnitContext {
  const name = location?.template === false ? parseUnitName(location.name) : undefined;
  return {
    ...(location === undefined ? {} : { location, type: location.type }),
    ...(name === undefined || isPrefixOfMany(location, name) ? {} : { name }),
    manager: location?.manager ?? "system",
    systemd,
    template: location?.template ?? false,
    ...(neighbors === undefined ? {} : { neighbors }),
    ...(mode === undefined ? {} : { mode }),
  };
}

/** `foo-.service.d` holds drop-ins of all units whose names begin so. */
function isPrefixOfMany(location: UnitLocation | undefined, { prefix }: UnitName): boolean {
  return location?.kind === "drop-in" && prefix.endsWith("-");
}
