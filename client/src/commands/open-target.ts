// "Open Target": goes where a symlink inside an image leads.
import { commands, l10n, Uri } from "vscode";
import { imageUri } from "../images/image-uri.ts";
import { escapeOddName } from "../images/odd-names.ts";
import { type Resolution, resolvePath } from "../images/resolve-path.ts";
import { UserError } from "../messages.ts";
import { type EntryNode, nameOf } from "../views/images-node.ts";
import { imageNode } from "../views/images-view.ts";
import { nodeArgument } from "./image-argument.ts";
import type { Parts } from "./parts.ts";

export async function openTarget(parts: Parts, args: readonly unknown[]): Promise<void> {
  const node = nodeArgument(parts, args);
  if (node?.kind !== "entry" || node.type !== "symlink") {
    throw new UserError(l10n.t("No symlink is selected in the Images view."));
  }
  const image = Uri.parse(node.image);
  const place = await parts.store.use(image, ({ tree }) => resolvePath(tree, node.path));
  if (place.kind !== "found") throw new UserError(whyNowhere(node, place));
  if (place.stat.type === "file") {
    await commands.executeCommand("vscode.open", imageUri(image, place.path));
    return;
  }
  const target: EntryNode = { kind: "entry", image: node.image, path: place.path, type: place.stat.type };
  await parts.treeView.reveal(place.path === "" ? imageNode(node.image) : target, {
    select: true,
    focus: true,
    expand: true,
  });
}

function whyNowhere(node: EntryNode, place: Exclude<Resolution, { kind: "found" }>): string {
  const name = escapeOddName(nameOf(node.path));
  if (place.kind === "loop") return l10n.t('The symlink "{0}" leads in a circle, so it has no target.', name);
  return l10n.t(
    'The symlink "{0}" leads to "/{1}", which is not in this image; on a host it may come from elsewhere.',
    name,
    escapeOddName(place.path),
  );
}
