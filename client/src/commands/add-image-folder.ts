// "Add Image to Workspace": an image as a read-only folder of the workspace, which is checked as others are.
import { l10n, workspace } from "vscode";
import { imageUri, partitionOf } from "../images/image-uri.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { requiredImage } from "./image-argument.ts";

export async function addImageFolder(services: Services, args: readonly unknown[]): Promise<void> {
  const image = requiredImage(services, args);
  // What cannot be opened is no folder: whoever asks is told why at once.
  await services.store.use(image, async ({ format, facts }) => {
    if (format === "disk") throw new UserError(l10n.t("The image has no folder to add: {0}.", facts.warning ?? ""));
  });
  await services.images.open(image.with({ fragment: "" }));
  const uri = imageUri(image, "");
  const folders = workspace.workspaceFolders ?? [];
  if (folders.some((folder) => folder.uri.toString() === uri.toString())) return;
  const fileName = image.path.slice(image.path.lastIndexOf("/") + 1);
  const partition = partitionOf(image);
  const name = partition === undefined ? fileName : l10n.t("{0}, partition {1}", fileName, partition);
  if (!workspace.updateWorkspaceFolders(folders.length, 0, { uri, name })) {
    throw new UserError(l10n.t('"{0}" cannot be added to this workspace.', fileName));
  }
}
