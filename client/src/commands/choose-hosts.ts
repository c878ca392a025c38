// "Choose Hosts": the hosts that extensions of the workspace are for, kept in the settings.
import { ConfigurationTarget, l10n, window, workspace } from "vscode";
import { configurationSection } from "../../../shared/src/ids.ts";
import { hostItems } from "../host-items.ts";
import type { Services } from "../services.ts";

export async function chooseHosts({ analysis }: Services): Promise<void> {
  const settings = workspace.getConfiguration(configurationSection);
  const chosen = settings.get<readonly string[]>("hosts", []);
  const items = hostItems(await analysis.listHosts(), chosen);
  const picked = await window.showQuickPick(items, {
    canPickMany: true,
    title: l10n.t("Which hosts are the extensions of this workspace for?"),
    placeHolder: l10n.t("Hosts; the files of others can be named in the settings or in sysext.json"),
  });
  if (picked === undefined) return;
  const target = workspace.workspaceFolders === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await settings.update(
    "hosts",
    picked.map(({ name }) => name),
    target,
  );
}
