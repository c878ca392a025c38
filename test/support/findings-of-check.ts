// What one check finds in a tree that a test writes down.
import { optionsOfExample, treeOfExample } from "../../scripts/generate/example-tree.ts";
import type { TreeExample } from "../../server/src/core/checks/check.ts";
import { checkTree, type ExampleTree, type TreeFinding } from "../../server/src/core/index.ts";

export type Around = Omit<TreeExample, "badTree" | "goodTree">;

/** The findings of a check in a tree with the files, to which a release file is added when there is none. */
export async function findingsOfCheck(check: string, files: ExampleTree, around: Around = {}): Promise<TreeFinding[]> {
  const facts = {
    id: check,
    severity: "info",
    title: "",
    why: "",
    example: { badTree: files, goodTree: {}, ...around },
  };
  const options = await optionsOfExample({ ...facts, severity: "info" });
  const findings = await checkTree(treeOfExample(files), { folder: around.name ?? "demo" }, options);
  return findings.filter((finding) => finding.check === check);
}

/** Where a check finds something: the last names of the paths. */
export async function placesOfCheck(check: string, files: ExampleTree, around: Around = {}): Promise<string[]> {
  const findings = await findingsOfCheck(check, files, around);
  return findings.map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
}
