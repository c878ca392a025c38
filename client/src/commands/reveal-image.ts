// "Reveal Image": shows the image's file where the operating system, or the Explorer, shows files.
import { commands, env, l10n, type Uri, workspace } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { requiredImage } from "./image-argument.ts";

export async function revealImage(services: Services, args: readonly unknown[]): Promise<void> {
  await revealFile(requiredImage(services, args).with({ fragment: "" }));
}

/** The system's file manager shows only files of the machine that has the window; for others the Explorer has to do. */
export async function revealFile(uri: Uri): Promise<void> {
  if (uri.scheme === "file" && env.remoteName === undefined && env.appHost === "desktop") {
    await commands.executeCommand("revealFileInOS", uri);
  } else if (workspace.getWorkspaceFolder(uri) !== undefined) {
    await commands.executeCommand("revealInExplorer", uri);
  } else {
    throw new UserError(l10n.t('"{0}" is outside the folders of this window, so it cannot be shown here.', uri.fsPath));
  }
}
