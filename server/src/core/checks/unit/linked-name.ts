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
  title: "A symlink that gives a unit an invalid name",
  why: "A symlink to a unit is an alias, which must have the same type and form. systemd ignores any other, and aliases of mounts, swaps, automounts, slices and scopes.",
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
    return `"${name}" points to "${named}", which is not a valid unit name, so systemd ignores the symlink`;
  const passes = `so systemd ignores "${name}"`;
  if (!aliasTypes.includes(link.type)) return `a ${link.type} has no aliases, ${passes}; remove the symlink`;
  if (link.instance !== undefined && !templateTypes.includes(link.type)) {
    return `a ${link.type} cannot be a template, ${passes}; remove the symlink`;
  }
  if (link.type !== unit.type)
    return `"${named}" has another type, ${passes}; use the suffix ".${unit.type}" for the symlink`;
  if (isTemplate(unit) ? link.instance === undefined : isTemplate(link)) {
    return `of "${name}" and "${named}", only one is a template, ${passes}; use "@" in both or neither`;
  }
  if (!isTemplate(unit) && unit.instance !== link.instance) {
    return `"${named}" is another instance, ${passes}; use the same instance in both`;
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
