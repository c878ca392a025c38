// The item beside the language: for which systemd and which hosts files are judged.
import { type Disposable, languages as editorLanguages, LanguageStatusSeverity, l10n, workspace } from "vscode";
import { commands, configurationSection, languages } from "../../shared/src/ids.ts";

export function createLanguageStatus(): Disposable {
  const selector = [languages.release, languages.unit, languages.transfer, languages.feature].map((language) => ({
    language,
  }));
  const item = editorLanguages.createLanguageStatusItem("sysext.target", selector);
  item.name = l10n.t("Target of extensions");
  item.severity = LanguageStatusSeverity.Information;
  item.command = { command: commands.chooseHosts, title: l10n.t("Choose Hosts") };

  function show(): void {
    const settings = workspace.getConfiguration(configurationSection);
    const systemd = settings.get<number | null>("targetSystemd", null);
    const hosts = settings.get<readonly string[]>("hosts", []);
    item.text = systemd === null ? l10n.t("newest systemd") : `systemd ${systemd}`;
    item.detail = hosts.length === 0 ? l10n.t("no hosts chosen") : hosts.join(", ");
  }

  show();
  const subscription = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(configurationSection)) show();
  });
  return {
    dispose() {
      subscription.dispose();
      item.dispose();
    },
  };
}
