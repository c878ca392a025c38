// Symlinks in folders of units, which give a unit other names; systemd passes over impossible ones.
import type { TreeUnits, UnitLink } from "../../model/tree-units.ts";
import { aliasTypes, isTemplate, parseUnitName, templateTypes } from "../../model/unit-name.ts";
import type { CheckFacts } from "../check.ts";
import type { TreeFinding } from "../finding.ts";
import { startedDemo } from "./in-tree/example-trees.ts";
import { readableMessage } from "./message.ts";

export const linkedName = {
  id: "unit/linked-name",
  severity: "warning",
  title: "A symlink that gives a unit a name it cannot have",
  why: "A symlink from one unit to another is a second name, which has to be of the same type and form. systemd passes over any other, and over those of mounts, swaps, automounts, slices and scopes.",
  example: {
    badTree: {
      ...startedDemo(),
      "usr/lib/systemd/system/other.socket": { target: "demo.service" },
    },
    goodTree: {
      ...startedDemo(),
      "usr/lib/systemd/system/other.service": { target: "demo.service" },
    },
  },
} as const satisfies CheckFacts;

/** Findings about symlinks beside units. */
export function checkUnitLinks({ links }: TreeUnits): TreeFinding[] {
  return links.flatMap((link) => {
    const message = link.owner === undefined ? linkFault(link) : undefined;
    if (message === undefined) return [];
    const { id: check, severity } = linkedName;
    return [
      { check, severity, path: link.path, span: { start: 0, end: 0 }, message: readableMessage(message), fixes: [] },
    ];
  });
}

function linkFault({ path, name, target }: UnitLink): string | undefined {
  const named = target === undefined ? undefined : nameBeside(path, target);
  const link = parseUnitName(name);
  if (named === undefined || named === name || link === undefined) return undefined;
  const unit = parseUnitName(named);
  if (unit === undefined)
    return `"${name}" leads to "${named}", which is no name of a unit, so systemd passes over the link`;
  const passes = `so systemd passes over "${name}"`;
  if (!aliasTypes.includes(link.type)) return `a ${link.type} has no other names, ${passes}; remove the symlink`;
  if (link.instance !== undefined && !templateTypes.includes(link.type)) {
    return `a ${link.type} has no templates, ${passes}; remove the symlink`;
  }
  if (link.type !== unit.type)
    return `"${named}" is of another type, ${passes}; end the link's name in ".${unit.type}"`;
  if (isTemplate(unit) ? link.instance === undefined : isTemplate(link)) {
    return `of "${name}" and "${named}" one is a template and the other is not, ${passes}; write both with "@" or without`;
  }
  if (!isTemplate(unit) && unit.instance !== link.instance) {
    return `"${named}" is another instance, ${passes}; let both have the same`;
  }
  return undefined;
}

/** The name that a link leads to in a folder of units; undefined where it leads elsewhere, as links to /dev/null do. */
function nameBeside(path: string, target: string): string | undefined {
  const slash = target.lastIndexOf("/");
  const folder = target.slice(0, Math.max(slash, 0));
  const own = path.slice(0, path.lastIndexOf("/"));
  const isBeside =
    slash < 0 || folder === "." || folder === `/${own}` || folder === `../${own.slice(own.lastIndexOf("/") + 1)}`;
  return isBeside ? target.slice(slash + 1) : undefined;
}
