// Whether what a file of a tree names by its path will be there: in the tree, beside it, or on the host.
import { isGenerated } from "../../model/project.ts";
import type { TreeContext } from "../../model/tree-context.ts";
import type { TreeFacts } from "../../model/tree-facts.ts";
import { folderOf } from "../../model/tree-files.ts";

/** Where a path of the host lies below `usr`, as /bin and its like lead there. */
export function mergedPath(path: string): string {
  return path.replace(/^\/+/, "").replace(/^(?=(?:s?bin|lib(?:32|64)?)\/)/, "usr/");
}

/** Whether something makes a path of the tree later, or a file below it. */
export function isMadeLater({ extension: { project } }: TreeFacts, path: string): boolean {
  return isGenerated(project, path) || project.generated.some((made) => made.startsWith(`${path}/`));
}

/** Whether an absolute path that a file of the tree names leads somewhere, as far as anybody knows. */
export function mayBeFound(
  facts: TreeFacts,
  { base, others }: Pick<TreeContext, "base" | "others">,
  path: string,
  from: string,
): boolean {
  const merged = mergedPath(path);
  return (
    facts.files.resolve(merged).kind === "file" ||
    isMadeLater(facts, merged) ||
    others.some(({ files }) => files.get(merged) !== undefined) ||
    base?.typeOf(merged) !== undefined ||
    base?.typeOf(path.replace(/^\/+/, "")) !== undefined ||
    isInOwnRoot(facts, path, from)
  );
}

/** Whether a file lies in a root of its own below a folder of the tree, as of a container, that has an absolute path. */
export function isInOwnRoot({ files }: TreeFacts, path: string, from: string): boolean {
  const plain = path.replace(/^\/+/, "");
  const merged = mergedPath(path);
  for (let folder = folderOf(from); folder !== ""; folder = folderOf(folder)) {
    if (files.get(`${folder}/${plain}`) !== undefined || files.get(`${folder}/${merged}`) !== undefined) return true;
  }
  return false;
}
