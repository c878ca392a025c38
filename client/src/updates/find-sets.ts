// Finds the sets of transfers in the workspace: those of components, and the system's own.
import { type Uri, workspace } from "vscode";
import { type SetFile, setsOf, type UpdateSetFiles } from "./sets-of-files.ts";

/** So many transfers are looked at. */
const maxTransfers = 1000;

/** The extension whose sets are looked for. */
export interface SetsOwner {
  readonly name: string;
  readonly class: "sysext" | "confext";
  /** Where its files for the host are. */
  readonly hostFolder: Uri;
}

/**
 * The sets in the extension's folder for the host; when it has none, those of the whole workspace; when there are none at
 * all, a set for the extension itself.
 */
export async function findSets({
  name,
  class: extensionClass,
  hostFolder,
}: SetsOwner): Promise<readonly UpdateSetFiles<Uri>[]> {
  const all = await workspace.findFiles("**/sysupdate{,.*}.d/*.{transfer,conf}", undefined, maxTransfers);
  const near = all.filter((uri) => uri.path.startsWith(`${hostFolder.path}/`));
  const files = await Promise.all(
    (near.length > 0 ? near : all).map(async (uri): Promise<SetFile<Uri>> => {
      const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
      return { file: uri, path: uri.path, text };
    }),
  );
  return files.length > 0 ? setsOf(files) : [{ component: name, files: [], classes: [extensionClass] }];
}
