// "Open Target": goes where a symlink inside an image leads.
import { commands, l10n, Uri } from "vscode";
import { findFile } from "../images/find-file.ts";
import { imageUri } from "../images/image-uri.ts";
import { escapeOddName } from "../images/odd-names.ts";
import { nameOf } from "../images/paths.ts";
import { UserError } from "../messages.ts";
import type { EntryNode } from "../views/images-node.ts";
import { imageNode } from "../views/images-view.ts";
import { nodeArgument } from "./image-argument.ts";
import type { Parts } from "./parts.ts";

export async function openTarget(parts: Parts, args: readonly unknown[]): Promise<void> {
  const node = nodeArgument(parts, args);
  if (node?.kind !== "entry" || node.type !== "symlink") {
    throw new UserError(l10n.t("No symlink is selected in the Images view."));
  }
  const image = Uri.parse(node.image);
  const { path, stat } = await parts.store.use(image, ({ tree }) => findFile(tree, node.path));
  if (stat === undefined) {
    throw new UserError(
      l10n.t(
        'The symlink "{0}" leads to "/{1}", which is not in this image; on a host it may come from elsewhere.',
        escapeOddName(nameOf(node.path)),
        escapeOddName(path),
      ),
    );
  }
  if (stat.type === "file") {
    await commands.executeCommand("vscode.open", imageUri(image, path));
    return;
  }
  const target: EntryNode = { kind: "entry", image: node.image, path, type: stat.type };
  await parts.treeView.reveal(path === "" ? imageNode(node.image) : target, {
    select: true,
    focus: true,
    expand: true,
  });
}
