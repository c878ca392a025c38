// Slices, which are called by their place in the tree of slices, and scopes, which no file can make.
import { isTemplate } from "../../model/unit-name.ts";
import type { UnitCheck } from "../check.ts";
import { removeLine } from "../fixes.ts";

export const sliceName: UnitCheck = {
  id: "unit/slice-name",
  severity: "error",
  title: "A name that no slice can have",
  why: "Each dash in the name of a slice stands between a slice and one inside of it, so that no dash may come twice, begin or end the name; systemd refuses others.",
  types: ["slice"],
  example: {
    bad: "[Slice]\nMemoryMax=1G\n",
    good: "[Slice]\nMemoryMax=1G\n",
    unit: "demo--worker.slice",
    goodUnit: "demo-worker.slice",
  },
  run(unit, _context, report) {
    const { name, prefix, instance } = unit.name;
    if (name === "-.slice" || (instance === undefined && !/^-|-$|--/.test(prefix))) return;
    report(
      undefined,
      `"${name}" cannot be the name of a slice, where each dash stands between a slice and one inside of it; rename the file`,
    );
  },
};

export const sliceParent: UnitCheck = {
  id: "unit/slice-parent",
  severity: "warning",
  title: "A slice that is to be in another by Slice=",
  why: "The slice around a slice is in its name, a.slice around a-b.slice; systemd passes over Slice= in a slice, whatever it says.",
  types: ["slice"],
  example: {
    bad: "[Slice]\nSlice=other.slice\n",
    good: "[Slice]\nMemoryMax=1G\n",
    unit: "demo-worker.slice",
    fixed: [{ text: "[Slice]\n" }],
  },
  run(unit, _context, report) {
    const { name, prefix } = unit.name;
    const dash = prefix.lastIndexOf("-");
    const parent = name === "-.slice" || dash < 1 ? "-.slice" : `${prefix.slice(0, dash)}.slice`;
    for (const written of unit.all("Slice", "Slice")) {
      if (written.entry.open || !written.entry.node.value.text.endsWith(".slice")) continue; // wrong by itself
      report(written, `"${name}" is in "${parent}" by its name, and systemd passes over "Slice="; leave it out`, {
        fixes: written.source === unit.main ? [removeLine(written.entry.node)] : [],
      });
    }
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
