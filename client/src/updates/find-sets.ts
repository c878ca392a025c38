// Finds the sets of transfers in the workspace: components, and what counts as the system's own.
import { type Uri, workspace } from "vscode";
import { type SetFile, setsOf, type UpdateSetFiles } from "./sets-of-files.ts";
import type { ChosenExtension } from "./updated-extension.ts";

export interface FoundSet extends UpdateSetFiles<Uri> {
  /** Whether a transfer of it lies in the folder for the host of the chosen extension. */
  readonly near: boolean;
}

/** More than any workspace has. */
const mostTransfers = 1000;

/** The sets in the workspace; that of the extension itself when there is none. */
export async function findSets({ name, class: sort, hostFolder }: ChosenExtension): Promise<readonly FoundSet[]> {
  const uris = await workspace.findFiles("**/sysupdate{,.*}.d/*.{transfer,conf}", undefined, mostTransfers);
  const files = await Promise.all(
    uris.map(async (uri): Promise<SetFile<Uri>> => {
      const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
      return { file: uri, path: uri.path, text };
    }),
  );
  const found = setsOf(files).map((set) => ({
    ...set,
    near: set.files.some((uri) => uri.path.startsWith(`${hostFolder.path}/`)),
  }));
  return found.length > 0 ? found : [{ component: name, files: [], classes: [sort], near: true }];
}
