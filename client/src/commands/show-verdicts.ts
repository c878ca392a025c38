// "Show Verdicts": which hosts merge an extension, comparison by comparison.
import { l10n, Uri } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { isExtensionsNode } from "../views/extensions-node.ts";
import { pickTree } from "./pick-tree.ts";

/** The first argument is a tree's URI, as a lens gives it, or a node of the Extensions view. */
export async function showVerdicts(services: Services, args: readonly unknown[]): Promise<void> {
  const [first] = args;
  const given = typeof first === "string" ? first : isExtensionsNode(first) ? first.tree : undefined;
  const tree = given ?? (await pickTree(services, args))?.uri;
  if (tree === undefined) return;
  if (await services.verdictPanels.show(Uri.parse(tree))) return;
  throw new UserError(l10n.t('"{0}" is no longer an extension tree.', Uri.parse(tree).fsPath));
}
