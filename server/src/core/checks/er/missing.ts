// er/missing: a tree without a release file is no extension.
import type { ExtensionTree } from "../../model/extension-tree.ts";
import { releasePath } from "../../model/release-location.ts";
import type { TreeFinding } from "../finding.ts";

export const missing = {
  id: "er/missing",
  severity: "error",
  title: "The tree has no release file",
  why: "A host recognises an extension by its release file, and ignores a folder or image without one.",
  example: { bad: "", good: "ID=_any\n", fixed: ["good"] },
} as const;

/** The finding about a tree without a release file; `path` is where the file should be. */
export function checkMissing(extension: ExtensionTree): TreeFinding[] {
  if (extension.problem === undefined || extension.releaseFiles.length > 0) return [];
  // Where another tool writes the file, it is not missed.
  if (extension.maker !== undefined && extension.hierarchies.length > 0) return [];
  const path = releasePath(extension.class, extension.name);
  return [
    {
      check: missing.id,
      severity: missing.severity,
      path,
      span: { start: 0, end: 0 },
      message: extension.problem,
      fixes: [{ title: `Create "${path}"`, changes: [{ kind: "write", path, text: "ID=_any\n" }] }],
    },
  ];
}
