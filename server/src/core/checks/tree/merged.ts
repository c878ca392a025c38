// The files of a tree that hosts merge, put together once for all checks.
import type { TreeFacts } from "../../model/tree-facts.ts";
import type { TreeFile, TreeFiles } from "../../model/tree-files.ts";

const known = new WeakMap<TreeFiles, Merged>();

interface Merged {
  readonly hierarchies: string;
  readonly all: readonly TreeFile[];
  readonly content: readonly TreeFile[];
}

/** All that goes into the image, but for the hierarchies themselves, whose mode and owner are the host's. */
export function merged(facts: TreeFacts): readonly TreeFile[] {
  return mergedOf(facts).all;
}

/** The same without folders. */
export function mergedContent(facts: TreeFacts): readonly TreeFile[] {
  return mergedOf(facts).content;
}

function mergedOf({ files, extension }: TreeFacts): Merged {
  const hierarchies = extension.hierarchies.join("/");
  const found = known.get(files);
  if (found?.hierarchies === hierarchies) return found;
  const all = extension.hierarchies.flatMap((folder) => files.below(folder));
  const result = { hierarchies, all, content: all.filter(({ type }) => type !== "directory") };
  known.set(files, result);
  return result;
}
