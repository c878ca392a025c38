// "Compare with Build": what the next build of a tree would change in the image that was built of it last.
import { FileType, l10n, Uri, workspace } from "vscode";
import { outputFile } from "../build-settings.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { pickTree } from "./pick-tree.ts";

export async function compareWithBuild(services: Services, args: readonly unknown[]): Promise<void> {
  const tree = await pickTree(services, args);
  if (tree === undefined) return;
  const image = Uri.file(outputFile(tree));
  const found = await workspace.fs.stat(image).then(
    ({ type }) => (type & FileType.File) !== 0,
    () => false,
  );
  if (!found) throw new UserError(l10n.t('"{0}" is not built yet; build its image first.', tree.name));
  await services.comparePanels.show({ kind: "image", uri: image }, { kind: "tree", uri: Uri.parse(tree.uri) });
}
