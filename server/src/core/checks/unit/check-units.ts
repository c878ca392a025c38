// Checks the units of a tree, and a unit file by itself or among those that it is put together with.

import { type TreeUnits, unitsOf } from "../../model/tree-units.ts";
import type { Unit } from "../../model/unit.ts";
import { type UnitNames, unitContext } from "../../model/unit-context.ts";
import { parseUnitFile, type UnitFile } from "../../model/unit-file.ts";
import { locateUnit, type UnitLocation } from "../../model/unit-location.ts";
import { parseUnitName, templateOf } from "../../model/unit-name.ts";
import type { Finding, TreeFinding } from "../finding.ts";
import { checkFileNames } from "./file-names.ts";
import { checkUnitFile, checkWholeUnit } from "./index.ts";
import { checkUnitLinks } from "./linked-name.ts";

/** What is around a unit file. */
export interface UnitCheckContext {
  /** The lowest version of systemd that has to work; the newest when it is left out. */
  readonly systemd?: number;
  /** The unit that the file is a part of, when its other files are known. */
  readonly unit?: Unit;
  /** Names of the units beside it; undefined when they are not known. */
  readonly neighbors?: UnitNames;
  /** Permission bits of the file; undefined when they are not known. */
  readonly mode?: number;
}

/** Checks the text of a unit file or drop-in; `path` says what it is. Findings come in the order of the text. Pure. */
export function checkUnit(text: string, path: string, around: UnitCheckContext = {}): Finding[] {
  const location = locateUnit(path);
  const file = parseUnitFile(text, location);
  return checkParsedUnit(file, path, location, around);
}

/** The same for a file that is parsed already. */
export function checkParsedUnit(
  file: UnitFile,
  path: string,
  location: UnitLocation | undefined,
  around: UnitCheckContext,
): Finding[] {
  const context = unitContext(location, around);
  const unit = around.unit ?? unitByItself(file, path, location);
  const findings: Finding[] = checkUnitFile(file, context);
  if (unit !== undefined) {
    for (const { path: place, ...finding } of checkWholeUnit(unit, context)) if (place === path) findings.push(finding);
  }
  return findings.sort((a, b) => a.span.start - b.span.start);
}

function unitByItself(file: UnitFile, path: string, location: UnitLocation | undefined): Unit | undefined {
  const name = location?.kind === "unit" ? parseUnitName(location.name) : undefined;
  return name && { name, main: { path, file }, dropIns: [] };
}

/** Checks all units of a tree. */
export function checkTreeUnits(units: TreeUnits, systemd?: number): TreeFinding[] {
  const findings: TreeFinding[] = [];
  const options = systemd === undefined ? {} : { systemd };
  for (const { path, file, location, mode } of units.files) {
    const context = unitContext(location, mode === undefined ? options : { ...options, mode });
    for (const finding of checkUnitFile(file, context)) findings.push({ ...finding, path });
  }
  findings.push(...checkFileNames(units), ...checkUnitLinks(units));
  const neighbors = {
    system: namesOf(units, "system"),
    user: namesOf(units, "user"),
  };
  const seen = new Set<string>();
  for (const unit of unitsOf(units)) {
    const location = locateUnit(unit.main?.path ?? "");
    if (location === undefined) continue;
    const context = unitContext(location, { ...options, neighbors: neighbors[location.manager] });
    for (const finding of checkWholeUnit(unit, context)) {
      // A template is the main file of each of its instances, and says the same for all of them.
      const key = `${finding.path} ${finding.check} ${finding.span.start}`;
      if (seen.has(key)) continue;
      seen.add(key);
      findings.push(finding);
    }
  }
  const order = new Map(units.files.map(({ path }, index) => [path, index]));
  return findings.sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || a.span.start - b.span.start);
}

/** The names of a manager's units in a tree: files, other names by links, and instances by their templates. */
export function namesOf({ files, links }: TreeUnits, manager: "system" | "user"): UnitNames {
  let names: Set<string> | undefined;
  const collect = () =>
    new Set([
      ...files.flatMap(({ location }) =>
        location.kind === "unit" && location.manager === manager ? [location.name] : [],
      ),
      ...links.flatMap((link) => (link.owner === undefined && link.manager === manager ? [link.name] : [])),
    ]);
  return {
    has(name) {
      names ??= collect();
      const parsed = parseUnitName(name);
      const template = parsed && templateOf(parsed);
      return names.has(name) || (template !== undefined && names.has(template));
    },
  };
}
