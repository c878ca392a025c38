// "Migrate Transfers": renames the transfers of a set from `.conf` to `.transfer`, as one change that can be undone.
import { l10n, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";

/** The first argument is a folder of transfers or a file in one; else the active editor counts, or the user's choice. */
export async function migrateTransfers(services: Services, args: readonly unknown[]): Promise<number | undefined> {
  const [first] = args;
  const place = first instanceof Uri ? first : await choosePlace();
  if (place === undefined) return undefined;
  const plan = await services.analysis.updates.planMigration(place);
  if (plan === null) {
    throw new UserError(
      l10n.t(
        '"{0}" is not in a folder of transfers; such a folder is named sysupdate.d or sysupdate.NAME.d.',
        workspace.asRelativePath(place),
      ),
    );
  }
  if (plan.fault !== undefined) throw new UserError(sentence(plan.fault));
  if (plan.renames.length === 0) {
    void window.showInformationMessage(l10n.t("There is no transfer that ends in .conf here; nothing was renamed."));
    return 0;
  }
  if (plan.warnings.length > 0 && !(await goesOn(plan.warnings))) return undefined;
  const edit = new WorkspaceEdit();
  for (const { from, to } of plan.renames) edit.renameFile(Uri.parse(from), Uri.parse(to), { overwrite: false });
  if (!(await workspace.applyEdit(edit))) throw new UserError(l10n.t("The transfers could not be renamed."));
  const count = plan.renames.length;
  void window.showInformationMessage(
    count === 1 ? l10n.t("Renamed one transfer to .transfer.") : l10n.t("Renamed {0} transfers to .transfer.", count),
  );
  return count;
}

async function goesOn(warnings: readonly string[]): Promise<boolean> {
  const rename = l10n.t("Rename");
  const detail = warnings.map(sentence).join("\n");
  const question = l10n.t("Rename the transfers all the same?");
  return (await window.showWarningMessage(question, { modal: true, detail }, rename)) === rename;
}

/** The file of the active editor when it is in such a folder, else one of the workspace's folders with old names. */
async function choosePlace(): Promise<Uri | undefined> {
  const active = window.activeTextEditor?.document.uri;
  if (active !== undefined && /\/sysupdate(?:\.[^/]+)?\.d\//.test(active.path)) return active;
  const files = await workspace.findFiles("**/sysupdate{,.*}.d/*.conf");
  const folders = new Map(files.map((file) => [Uri.joinPath(file, "..").toString(), Uri.joinPath(file, "..")]));
  const [only] = folders.values();
  if (only === undefined) {
    throw new UserError(l10n.t("No folder sysupdate.d or sysupdate.NAME.d here has transfers that end in .conf."));
  }
  if (folders.size === 1) return only;
  const items = [...folders.values()].map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  const placeHolder = l10n.t("Which transfers? All folders of their set below the same root are renamed");
  return (await window.showQuickPick(items, { placeHolder }))?.uri;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
