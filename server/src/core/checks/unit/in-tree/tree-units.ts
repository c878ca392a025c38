// The units of a tree with their drop-ins and readers, put together once for all checks of it.
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { type TreeUnits, unitsOf } from "../../../model/tree-units.ts";
import { type Occurrence, readUnit, sourcesOf } from "../../../model/unit.ts";
import { isTemplate, sectionOfType } from "../../../model/unit-name.ts";
import { spanInValue } from "../../../syntax/unit-syntax.ts";
import type { Span } from "../../../text/span.ts";
import { hasSpecifier } from "../../../values/specifiers.ts";
import { keptWords, splitWords } from "../../../values/words.ts";
import type { TreeReportOptions, UnitFacts } from "../../check.ts";

export interface TreeUnit extends UnitFacts {
  readonly manager: "system" | "user";
  /** Section of its type, such as `Service`. */
  readonly section: string;
}

const known = new WeakMap<TreeUnits, readonly TreeUnit[]>();

/** All units of a tree, also those of which it has only drop-ins. Masks, which are empty files, are left out. */
export function treeUnits({ units }: Pick<TreeFacts, "units">): readonly TreeUnit[] {
  const found = known.get(units) ?? readUnits(units);
  known.set(units, found);
  return found;
}

function readUnits(units: TreeUnits): TreeUnit[] {
  const managers = new Map(units.files.map(({ path, location }) => [path, location.manager]));
  return unitsOf(units).flatMap((unit) => {
    if (unit.main?.file.text.trim() === "") return [];
    const [first] = sourcesOf(unit);
    const manager = managers.get(first?.path ?? "") ?? "system";
    return [{ ...unit, ...readUnit(unit), manager, section: sectionOfType(unit.name.type) }];
  });
}

const shipped = new WeakMap<TreeUnits, ReadonlySet<string>>();

/** Names of the units of the system manager that the tree has files of. */
export function shippedUnits({ units }: Pick<TreeFacts, "units">): ReadonlySet<string> {
  const found =
    shipped.get(units) ??
    new Set(
      units.files.flatMap(({ location: { kind, manager, name } }) =>
        kind === "unit" && manager === "system" ? [name] : [],
      ),
    );
  shipped.set(units, found);
  return found;
}

/** Whether the unit's main file is that of its template, which is a unit of its own in the tree. */
export function hasOwnFile({ name, main }: TreeUnit): boolean {
  const file = main?.path.slice(main.path.lastIndexOf("/") + 1);
  return file !== undefined && (file === name.name || isTemplate(name));
}

export interface WordAt {
  readonly text: string;
  readonly at: Occurrence;
  readonly span: Span;
}

/** The words of the assignments of a setting that count, without those that only the host can tell. */
export function wordsOf(unit: TreeUnit, section: string, name: string): WordAt[] {
  return unit.all(section, name).flatMap((at) => {
    const { value } = at.entry.node;
    if (at.entry.open) return [];
    return splitWords(value.text, keptWords).flatMap(({ text, start, end }) =>
      hasSpecifier(text) ? [] : [{ text, at, span: spanInValue(value, start, end) }],
    );
  });
}

/** Where a finding about an assignment's whole value is shown. */
export function placeOf({ source, entry }: Occurrence): [path: string, options: TreeReportOptions] {
  return [source.path, { span: entry.node.value.text === "" ? entry.node.key : entry.node.value.span }];
}
