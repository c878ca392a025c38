// "Open Target": goes where a symlink inside an image leads.
import { l10n, Uri } from "vscode";
import { UserError } from "../messages.ts";
import { nodeArgument } from "./image-argument.ts";
import { openPath } from "./open-path.ts";
import type { Parts } from "./parts.ts";

export async function openTarget(parts: Parts, args: readonly unknown[]): Promise<void> {
  const node = nodeArgument(parts, args);
  if (node?.kind !== "entry" || node.type !== "symlink") {
    throw new UserError(l10n.t("No symlink is selected in the Images view."));
  }
  await openPath(parts, Uri.parse(node.image), node.path, node.type);
}
