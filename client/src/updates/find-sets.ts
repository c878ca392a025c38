// Finds the sets of transfers in the workspace: components, and what counts as the system's own.
import { type Uri, workspace } from "vscode";
import { type SetFile, setsOf, type UpdateSetFiles } from "./sets-of-files.ts";
import type { ChosenExtension } from "./updated-extension.ts";

/** More than any workspace has. */
const mostTransfers = 1000;

/**
 * The sets in the folder for the host of the chosen extension; without one there, those of the whole workspace; without any
 * that of the extension itself.
 */
export async function findSets({
  name,
  class: sort,
  hostFolder,
}: ChosenExtension): Promise<readonly UpdateSetFiles<Uri>[]> {
  const all = await workspace.findFiles("**/sysupdate{,.*}.d/*.{transfer,conf}", undefined, mostTransfers);
  const near = all.filter((uri) => uri.path.startsWith(`${hostFolder.path}/`));
  const files = await Promise.all(
    (near.length > 0 ? near : all).map(async (uri): Promise<SetFile<Uri>> => {
      const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
      return { file: uri, path: uri.path, text };
    }),
  );
  return files.length > 0 ? setsOf(files) : [{ component: name, files: [], classes: [sort] }];
}
