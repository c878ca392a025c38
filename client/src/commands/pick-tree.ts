// Which tree a command is about: the one around a file or folder, or one that the user picks.
import { l10n, Uri, window, workspace } from "vscode";
import type { TreeDescription } from "../../../shared/src/requests.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { isExtensionsNode } from "../views/extensions-node.ts";

/**
 * The tree around the command's argument; without one, the tree of the active editor, the workspace's only tree, or the
 * user's choice. Undefined when the user chose none.
 */
export async function pickTree(services: Services, args: readonly unknown[]): Promise<TreeDescription | undefined> {
  const [given] = args;
  const first = isExtensionsNode(given) ? Uri.parse(given.tree) : given;
  if (first instanceof Uri) {
    const tree = await services.analysis.describeTree(first);
    if (tree !== null) return tree;
    throw new UserError(
      l10n.t(
        '"{0}" is not in an extension tree; a tree has a release file in usr/lib/extension-release.d.',
        workspace.asRelativePath(first),
      ),
    );
  }
  const active = window.activeTextEditor?.document.uri;
  const around = active?.scheme === "file" ? await services.analysis.describeTree(active) : null;
  return around ?? (await chooseTree(await services.analysis.listTrees()));
}

async function chooseTree(trees: readonly TreeDescription[]): Promise<TreeDescription | undefined> {
  const [only] = trees;
  if (only === undefined) {
    throw new UserError(
      l10n.t("There is no extension tree here; a tree has a release file in usr/lib/extension-release.d."),
    );
  }
  if (trees.length === 1) return only;
  const items = trees.map((tree) => ({
    label: tree.name,
    description: workspace.asRelativePath(Uri.parse(tree.uri)),
    ...(tree.problem === undefined ? {} : { detail: tree.problem }),
    tree,
  }));
  return (await window.showQuickPick(items, { placeHolder: l10n.t("Which extension?") }))?.tree;
}
