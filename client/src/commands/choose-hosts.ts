// "Choose Hosts": the hosts that extensions of the workspace are for, kept in the settings.
import { ConfigurationTarget, l10n, type QuickPickItem, window, workspace } from "vscode";
import { configurationSection, thisMachine } from "../../../shared/src/ids.ts";
import type { KnownHost } from "../../../shared/src/requests.ts";
import type { Parts } from "./parts.ts";

interface HostItem extends QuickPickItem {
  readonly name: string;
}

export async function chooseHosts({ analysis }: Parts): Promise<void> {
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

/** The known hosts and the machine itself, and paths that the user has named. */
export function hostItems(known: readonly KnownHost[], chosen: readonly string[]): HostItem[] {
  const items = known.map(({ name, title, systemd, known: day }) => ({
    name,
    label: title,
    description: systemd === undefined ? name : `${name}, systemd ${systemd}`,
    ...(day === undefined ? {} : { detail: l10n.t("as it was known on {0}", day) }),
    picked: chosen.includes(name),
  }));
  const own = { name: thisMachine, label: l10n.t("This machine"), description: thisMachine };
  const others = chosen.filter((name) => name !== thisMachine && !known.some((host) => host.name === name));
  return [
    { ...own, picked: chosen.includes(thisMachine) },
    ...items,
    ...others.map((name) => ({ name, label: name, picked: true })),
  ];
}
