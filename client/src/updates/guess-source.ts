// Guesses where the versions of a set are published: the folder of the workspace in which most files match.
import path from "node:path";
import { type Uri, workspace } from "vscode";
import type { UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import type { Analysis } from "../analysis.ts";

/** So many folders are tried. */
const maxFolders = 8;
const maxFiles = 200;

/** The folder of the workspace in which most files match, with its plan; undefined when no file matches. */
export async function guessSource(
  analysis: Pick<Analysis, "updates">,
  definition: Uri,
): Promise<{ readonly source: string; readonly plan: UpdatePlanReport } | undefined> {
  let best: { readonly source: string; readonly plan: UpdatePlanReport; readonly matching: number } | undefined;
  for (const source of (await foldersWithImages()).slice(0, maxFolders)) {
    const plan = await analysis.updates.planUpdate({ uri: definition.toString(), source, read: true });
    const matching = plan?.transfers.reduce((sum, transfer) => sum + transfer.matching, 0) ?? 0;
    if (plan !== null && matching > (best?.matching ?? 0)) best = { source, plan, matching };
  }
  return best;
}

/** Local folders of the workspace with images; those with a manifest come first. */
export async function foldersWithImages(): Promise<readonly string[]> {
  const files = [
    ...(await workspace.findFiles("**/SHA256SUMS", undefined, maxFiles)),
    ...(await workspace.findFiles("**/*.raw", undefined, maxFiles)),
  ];
  return [...new Set(files.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => path.dirname(fsPath)))];
}
