// "Open" and "Open to the Side": files inside images in editors.
import { commands, l10n, ViewColumn } from "vscode";
import { findFile } from "../images/find-file.ts";
import { imageUri } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { type ImageFile, requiredFiles } from "./image-files.ts";

export async function openEntry(services: Services, args: readonly unknown[]): Promise<void> {
  const files = requiredFiles(services, args);
  for (const file of files) await openFile(services, file, { preview: files.length === 1 });
}

export async function openToSide(services: Services, args: readonly unknown[]): Promise<void> {
  const [first, ...others] = requiredFiles(services, args);
  await openFile(services, first, { preview: false, viewColumn: ViewColumn.Beside });
  for (const file of others) await openFile(services, file, { preview: false });
}

async function openFile(
  { store }: Services,
  { image, path }: ImageFile,
  options: { readonly preview: boolean; readonly viewColumn?: ViewColumn },
): Promise<void> {
  const found = await store.use(image, ({ tree }) => findFile(tree, path));
  if (found.stat?.type !== "file") {
    throw new UserError(l10n.t('"/{0}" is not a file in this image, so it cannot be opened.', shownName(path)));
  }
  await commands.executeCommand("vscode.open", imageUri(image, found.path), options);
}
