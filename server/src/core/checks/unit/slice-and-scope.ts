// Slices, which are called by their place in the tree of slices, and scopes, which no file can make.
import { isTemplate } from "../../model/unit-name.ts";
import type { UnitCheck } from "../check.ts";
import { removeLine } from "../fixes.ts";

export const sliceName: UnitCheck = {
  id: "unit/slice-name",
  severity: "error",
  title: "An invalid slice name",
  why: "Each hyphen in the name of a slice separates a slice from one inside it, so a hyphen cannot be doubled, or at the beginning or end; systemd rejects such names.",
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
      `"${name}" is not a valid slice name because each hyphen separates a slice from one inside it; rename the file`,
    );
  },
};

export const sliceParent: UnitCheck = {
  id: "unit/slice-parent",
  severity: "warning",
  title: "Slice= in a slice",
  why: "The parent of a slice follows from its name: a.slice is the parent of a-b.slice. systemd ignores Slice= in a slice.",
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
      report(written, `by its name, "${name}" is in "${parent}", and systemd ignores "Slice="; remove it`, {
        fixes: written.source === unit.main ? [removeLine(written.entry.node)] : [],
      });
    }
  },
};

export const scopeFile: UnitCheck = {
  id: "unit/scope-file",
  severity: "error",
  title: "A scope unit file",
  why: "Programs create scopes at run time for processes that they have started; systemd loads none from files. A drop-in for a scope is fine.",
  types: ["scope"],
  example: {
    bad: "[Scope]\nMemoryMax=1G\n",
    good: "[Slice]\nMemoryMax=1G\n",
    unit: "demo.scope",
    goodUnit: "demo.slice",
  },
  run(unit, _context, report) {
    if (isTemplate(unit.name)) return;
    report(undefined, "systemd does not load scopes from files, only programs create them; use a slice or a service");
  },
};
