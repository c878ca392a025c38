// "Choose Host" of the Merged view: on which host the trees of the workspace are merged there.
import { l10n, window, workspace } from "vscode";
import { configurationSection } from "../../../shared/src/ids.ts";
import { hostItems } from "../host-items.ts";
import type { Services } from "../services.ts";

export async function chooseMergeHost({ analysis, mergedView }: Services): Promise<void> {
  const named = workspace.getConfiguration(configurationSection).get<readonly string[]>("hosts", []);
  const items = hostItems(await analysis.listHosts(), named).map(({ picked: _any, ...item }) => item);
  const title = l10n.t("On which host are the extensions merged?");
  const chosen = await window.showQuickPick(items, { title });
  if (chosen !== undefined) await mergedView.setHost(chosen.name);
}
