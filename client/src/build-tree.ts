// Builds the image of a tree inside the extension host, in the background of worker threads.
import { Uri, workspace } from "vscode";
import type { BuildCounts } from "../../image/src/index.ts";
import { type BuildControl, buildImageFile, type ImageFileRequest } from "../../image/src/node/index.ts";
import type { TreeDescription } from "../../shared/src/requests.ts";
import { outputFile, planOfTree } from "./build-settings.ts";

export interface BuiltImage {
  readonly uri: Uri;
  readonly counts: BuildCounts;
  readonly milliseconds: number;
}

/**
 * Builds with the user's settings, without asking or showing anything.
 * Throws an ImageError, or the signal's reason when it is aborted; then no file is left or changed.
 */
export async function buildTree(tree: TreeDescription, control: BuildControl): Promise<BuiltImage> {
  const started = performance.now();
  const output = outputFile(tree);
  const request: ImageFileRequest = {
    folder: Uri.parse(tree.uri).fsPath,
    output,
    plan: planOfTree(tree),
    mayRunPrograms: workspace.isTrusted,
  };
  const counts = await buildImageFile(request, control);
  return { uri: Uri.file(output), counts, milliseconds: performance.now() - started };
}
