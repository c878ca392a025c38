// "New Unit": an empty unit file in a tree, with what completion offers for its type.
import { commands as editorCommands, l10n, Uri, window, workspace } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { pickTree } from "./pick-tree.ts";

/** As systemd has them, without the ending. */
const unitName =
  /^[A-Za-z0-9:_.\\-]+(?:@[A-Za-z0-9:_.\\-]*)?\.(?:service|socket|timer|path|target|mount|automount|swap|slice)$/;

export async function newUnit(services: Services, args: readonly unknown[]): Promise<Uri | undefined> {
  const tree = await pickTree(services, args);
  if (tree === undefined) return undefined;
  const name = await window.showInputBox({
    title: l10n.t("New unit in {0}", tree.name),
    prompt: l10n.t("The unit's file name, such as {0}", "demo.service"),
    value: `${tree.name}.service`,
    valueSelection: [0, tree.name.length],
    validateInput: (text) =>
      unitName.test(text)
        ? undefined
        : l10n.t("A unit's name has letters, digits and the signs :-_.@, and ends in its type, such as .service."),
  });
  if (name === undefined) return undefined;
  const file = Uri.joinPath(Uri.parse(tree.uri), "usr/lib/systemd/system", name);
  if (await isThere(file)) throw new UserError(l10n.t('"{0}" already exists.', name));
  await workspace.fs.writeFile(file, new Uint8Array());
  await window.showTextDocument(file);
  await editorCommands.executeCommand("editor.action.triggerSuggest");
  return file;
}

async function isThere(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
