// Which folder of images a command is about: the one that is named, or one that the user picks.
import { FileType, l10n, Uri, window, workspace } from "vscode";
import { UserError } from "../messages.ts";

/** The folder of the first argument, or one that is asked for; undefined when the user chose none. */
export async function imageFolder(args: readonly unknown[], title: string): Promise<Uri | undefined> {
  if (!workspace.isTrusted) {
    throw new UserError(l10n.t("Programs are started only in a trusted workspace; trust this one first."));
  }
  const [given] = args;
  const folder = given instanceof Uri ? given : await askFolder(title);
  if (folder === undefined) return undefined;
  if (folder.scheme !== "file") {
    throw new UserError(l10n.t("Only folders on this machine's disks can be published and served."));
  }
  const found = await workspace.fs.stat(folder);
  if ((found.type & FileType.Directory) === 0) {
    throw new UserError(l10n.t('"{0}" is a file; name the folder of the images.', workspace.asRelativePath(folder)));
  }
  return folder;
}

async function askFolder(title: string): Promise<Uri | undefined> {
  const start = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri;
  const picked = await window.showOpenDialog({
    title,
    canSelectFolders: true,
    canSelectFiles: false,
    ...(start === undefined ? {} : { defaultUri: start }),
  });
  return picked?.[0];
}
