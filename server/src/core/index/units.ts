// Units of trees: reading them with their drop-ins, their names and places, and what starts them.
export { type EffectiveUnitText, effectiveUnit } from "../features/unit/effective.ts";
export { type UnitStart, unitStarts } from "../features/unit-starts.ts";
export { modeOf, readTreeUnits, type TreeUnits, unitsOf } from "../model/tree-units.ts";
export type { Unit, UnitSource } from "../model/unit.ts";
export { type UnitContext, unitContext } from "../model/unit-context.ts";
export { parseUnitFile, sectionsOfKind, type UnitFile } from "../model/unit-file.ts";
export { locateUnit, looksLikeUnit, type UnitLocation } from "../model/unit-location.ts";
export { parseUnitName, templateOf, type UnitName, type UnitType, unitTypes } from "../model/unit-name.ts";
export { unitOfFile } from "../model/unit-of-file.ts";
