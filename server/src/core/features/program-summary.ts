// What the programs and libraries of a tree are for and what they need: architectures, and libraries that it does not have.
import { libraryNames } from "../checks/tree/elf-files.ts";
import type { TreeFacts } from "../model/tree-facts.ts";

export interface ProgramSummary {
  /** As systemd calls them, most files first. */
  readonly architectures: readonly { readonly name: string; readonly files: number }[];
  /** Libraries that are not in the tree, by name; of who needs one the first in the order of paths. */
  readonly missing: readonly { readonly library: string; readonly neededBy: readonly string[] }[];
}

/** More would be read by nobody; names in ELF files are anybody's. */
const maxLibraries = 500;
const maxNeeding = 20;

/** Sums up the ELF files of a tree. */
export function summarizePrograms(tree: TreeFacts): ProgramSummary {
  const counts = new Map<string, number>();
  const missing = new Map<string, string[]>();
  const inside = libraryNames(tree);
  for (const [path, { architecture = "unknown", needed }] of [...tree.elfs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    counts.set(architecture, (counts.get(architecture) ?? 0) + 1);
    for (const library of new Set(needed)) {
      if (inside.has(library)) continue;
      const known = missing.get(library);
      if (known === undefined) missing.set(library, [path]);
      else if (known.length < maxNeeding) known.push(path);
    }
  }
  return {
    architectures: [...counts]
      .map(([name, files]) => ({ name, files }))
      .sort((a, b) => b.files - a.files || (a.name < b.name ? -1 : 1)),
    missing: [...missing]
      .map(([library, neededBy]) => ({ library, neededBy }))
      .sort((a, b) => (a.library < b.library ? -1 : 1))
      .slice(0, maxLibraries),
  };
}
