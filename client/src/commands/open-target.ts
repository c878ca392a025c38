// "Open Target": goes where a symlink inside an image leads.
import { l10n, Uri } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { nodeArgument } from "./image-argument.ts";
import { openPath } from "./open-path.ts";

export async function openTarget(services: Services, args: readonly unknown[]): Promise<void> {
  const node = nodeArgument(services, args);
  if (node?.kind !== "entry" || node.type !== "symlink") {
    throw new UserError(l10n.t("No symlink is selected in the Images view."));
  }
  await openPath(services, Uri.parse(node.image), node.path, node.type);
}
