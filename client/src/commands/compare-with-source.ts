// "Compare with Source": a file inside an image beside the same file of the tree that the image was built from.
import path from "node:path";
import { commands, FileType, l10n, Uri, window, workspace } from "vscode";
import type { TreeDescription } from "../../../shared/src/requests.ts";
import { imageUri } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { nameOf } from "../images/paths.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { type ImageFile, requiredFiles } from "./image-files.ts";

const releaseFolders = ["usr/lib/extension-release.d", "etc/extension-release.d"];
const releasePrefix = "extension-release.";

export async function compareWithSource(services: Services, args: readonly unknown[]): Promise<void> {
  const [file] = requiredFiles(services, args);
  const tree = await sourceTree(services, file);
  if (tree === undefined) return;
  const source = Uri.joinPath(Uri.parse(tree.uri), file.path);
  const found = await workspace.fs.stat(source).then(
    ({ type }) => (type & FileType.Directory) === 0,
    () => false,
  );
  if (!found) {
    throw new UserError(
      l10n.t('The tree "{0}" has no file "/{1}", so there is nothing to compare.', tree.name, shownName(file.path)),
    );
  }
  const name = shownName(nameOf(file.path));
  const title = l10n.t("{0} (tree {1} ↔ {2})", name, tree.name, path.posix.basename(file.image.path));
  await commands.executeCommand("vscode.diff", source, imageUri(file.image, file.path), title);
}

/** The tree of the extension that is in the image; asks when several could be it, or none is known to be. */
async function sourceTree({ analysis, store }: Services, { image }: ImageFile): Promise<TreeDescription | undefined> {
  const trees = await analysis.listTrees();
  if (trees.length === 0) {
    throw new UserError(l10n.t("There is no extension tree in this workspace to compare with."));
  }
  const names = new Set([nameOf(image.path).replace(/\.raw(\.\w+)?$/, "")]);
  await store.use(image, async ({ tree }) => {
    for (const folder of releaseFolders) {
      for (const { name } of await tree.list(folder).catch(() => [])) {
        if (name.startsWith(releasePrefix)) names.add(name.slice(releasePrefix.length));
      }
    }
  });
  const own = trees.filter(({ name }) => names.has(name));
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  const items = (own.length === 0 ? trees : own).map((tree) => ({
    label: tree.name,
    description: workspace.asRelativePath(Uri.parse(tree.uri)),
    tree,
  }));
  const placeHolder = l10n.t("With the file of which tree?");
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.tree;
}
