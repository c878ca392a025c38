// Slices, which are called by their place in the tree of slices, and scopes, which no file can make.
import { isTemplate } from "../../model/unit-name.ts";
import { hasSpecifier } from "../../values/specifiers.ts";
import type { UnitCheck } from "../check.ts";

export const sliceParent: UnitCheck = {
  id: "unit/slice-parent",
  severity: "error",
  title: "A slice whose name or parent cannot be",
  why: "The parent of a slice is in its name, a.slice of a-b.slice, so that no dash may come twice, begin or end it, and Slice= can only say the same; systemd refuses any other.",
  types: ["slice"],
  example: {
    bad: "[Slice]\nSlice=other.slice\n",
    good: "[Slice]\nMemoryMax=1G\n",
    unit: "demo-worker.slice",
  },
  run(unit, _context, report) {
    const { name, prefix } = unit.name;
    if (name === "-.slice") return;
    if (unit.name.instance !== undefined || /^-|-$|--/.test(prefix)) {
      report(
        undefined,
        `"${name}" cannot be the name of a slice, where each dash stands between a slice and one inside of it; rename the file`,
      );
      return;
    }
    const dash = prefix.lastIndexOf("-");
    const parent = dash < 0 ? "-.slice" : `${prefix.slice(0, dash)}.slice`;
    const written = unit.last("Slice", "Slice");
    const text = written?.entry.node.value.text;
    if (written === undefined || text === undefined || written.entry.open || hasSpecifier(text) || text === parent)
      return;
    report(written, `"${name}" is in "${parent}" by its name, and systemd refuses another parent; leave "Slice=" out`);
  },
};

export const scopeFile: UnitCheck = {
  id: "unit/scope-file",
  severity: "error",
  title: "A scope in a file",
  why: "Scopes are made by programs while they run, for processes that they have started; systemd loads none from a file. A drop-in for a scope is fine.",
  types: ["scope"],
  example: {
    bad: "[Scope]\nMemoryMax=1G\n",
    good: "[Slice]\nMemoryMax=1G\n",
    unit: "demo.scope",
    goodUnit: "demo.slice",
  },
  run(unit, _context, report) {
    if (isTemplate(unit.name)) return;
    report(undefined, "systemd loads no scope from a file, only programs make them; write a slice or a service");
  },
};
