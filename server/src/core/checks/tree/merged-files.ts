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

/** Those of them whose path is told so by `holds`, which is asked once as long as only contents of files change. */
export function mergedNamed({ files, extension }: TreeFacts, holds: (path: string) => boolean): readonly TreeFile[] {
  return files.named(holds).filter(({ path }) => extension.hierarchies.some((folder) => path.startsWith(`${folder}/`)));
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
