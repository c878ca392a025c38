// "Reveal Image": shows the image's file where the operating system, or the Explorer, shows files.
import { commands, env, l10n, type Uri, workspace } from "vscode";
import { UserError } from "../messages.ts";
import { requiredImage } from "./image-argument.ts";
import type { Parts } from "./parts.ts";

export async function revealImage(parts: Parts, args: readonly unknown[]): Promise<void> {
  await revealFile(requiredImage(parts, args).with({ fragment: "" }));
}

/** The system's file manager shows only files of the machine that has the window; for others the Explorer has to do. */
export async function revealFile(uri: Uri): Promise<void> {
  if (uri.scheme === "file" && env.remoteName === undefined && env.appHost === "desktop") {
    await commands.executeCommand("revealFileInOS", uri);
  } else if (workspace.getWorkspaceFolder(uri) !== undefined) {
    await commands.executeCommand("revealInExplorer", uri);
  } else {
    throw new UserError(
      l10n.t('"{0}" lies outside of this window\'s folders, so it cannot be shown here.', uri.fsPath),
    );
  }
}
