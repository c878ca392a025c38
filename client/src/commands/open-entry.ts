// "Open" and "Open to the Side": files inside images in editors.
import { commands, l10n, ViewColumn } from "vscode";
import { findFile } from "../images/find-file.ts";
import { imageUri } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { UserError } from "../messages.ts";
import { type ImageFile, requiredFiles } from "./image-files.ts";
import type { Parts } from "./parts.ts";

export async function openEntry(parts: Parts, args: readonly unknown[]): Promise<void> {
  const files = requiredFiles(parts, args);
  for (const file of files) await openFile(parts, file, { preview: files.length === 1 });
}

export async function openToSide(parts: Parts, args: readonly unknown[]): Promise<void> {
  const [first, ...others] = requiredFiles(parts, args);
  await openFile(parts, first, { preview: false, viewColumn: ViewColumn.Beside });
  for (const file of others) await openFile(parts, file, { preview: false });
}

async function openFile(
  { store }: Parts,
  { image, path }: ImageFile,
  options: { readonly preview: boolean; readonly viewColumn?: ViewColumn },
): Promise<void> {
  const found = await store.use(image, ({ tree }) => findFile(tree, path));
  if (found.stat?.type !== "file") {
    throw new UserError(l10n.t('"/{0}" leads to no file in this image, so there is nothing to open.', shownName(path)));
  }
  await commands.executeCommand("vscode.open", imageUri(image, found.path), options);
}
