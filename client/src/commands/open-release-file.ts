// "Open Release File": the file that decides on which hosts an extension takes effect.
import { l10n, Uri, window } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { pickTree } from "./pick-tree.ts";

export async function openReleaseFile(services: Services, args: readonly unknown[]): Promise<void> {
  const tree = await pickTree(services, args);
  if (tree === undefined) return;
  const [file] = tree.releaseFiles;
  if (file === undefined) throw new UserError(l10n.t('"{0}" has no release file yet.', tree.name));
  await window.showTextDocument(Uri.parse(file));
}
