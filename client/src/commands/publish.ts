// "Publish Folder": the manifest that hosts look for, signed when the user wants it, as a task.
import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { Services } from "../services.ts";
import { imageFolder } from "./image-folder.ts";

/** A key binding may bring `{ sign: boolean }` as the second argument. Ends when the task has begun. */
export async function publish(services: Services, args: readonly unknown[]): Promise<void> {
  const title = l10n.t("Publish a folder of images");
  const folder = await imageFolder(args, title);
  if (folder === undefined) return;
  const options = signOption(args[1]) ?? (await askSignature(title, folder));
  if (options === undefined) return;
  await services.tasks.runOnFolder("publish", folder, options);
}

function signOption(value: unknown): readonly string[] | undefined {
  const sign = typeof value === "object" && value !== null ? Reflect.get(value, "sign") : undefined;
  return typeof sign === "boolean" ? (sign ? ["--sign"] : []) : undefined;
}

async function askSignature(title: string, folder: Uri): Promise<readonly string[] | undefined> {
  const sign: QuickPickItem = {
    label: l10n.t("Sign with gpg"),
    detail: l10n.t("Writes SHA256SUMS.gpg with your default key; hosts that have the public key check it."),
  };
  const plain: QuickPickItem = (await hasSignature(folder))
    ? {
        label: l10n.t("Do not sign"),
        description: l10n.t("removes SHA256SUMS.gpg"),
        detail: l10n.t("The existing signature does not match the new list."),
      }
    : { label: l10n.t("Do not sign"), detail: l10n.t("Hosts take the images only with Verify=no.") };
  const choice = await window.showQuickPick([sign, plain], { title, placeHolder: l10n.t("Is the list signed?") });
  if (choice === undefined) return undefined;
  if (choice === sign) return ["--sign"];
  return plain.description === undefined ? [] : ["--unsigned"];
}

async function hasSignature(folder: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(Uri.joinPath(folder, "SHA256SUMS.gpg"));
    return true;
  } catch {
    return false;
  }
}
