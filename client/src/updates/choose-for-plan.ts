// Asks the user for what an update plan is made with: source, target, host, architecture. Null removes a choice.
import { l10n, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from "vscode";
import { configurationSection } from "../../../shared/src/ids.ts";
import type { UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import type { Analysis } from "../analysis.ts";
import { hostItems } from "../host-items.ts";
import { foldersWithImages } from "./guess-source.ts";
import { isAddress } from "./update-plan-choices.ts";

type Chosen = string | null | undefined;

interface PlaceItem extends QuickPickItem {
  readonly run: () => Promise<Chosen> | Chosen;
}

export async function chooseSource(current: string | undefined, plan: UpdatePlanReport | undefined): Promise<Chosen> {
  const title = l10n.t("Where are the versions published?");
  const known = (await foldersWithImages()).map((folder) => folderItem(folder));
  return await choose(title, [
    ...(known.length === 0 ? [] : [separator(l10n.t("In this workspace")), ...known]),
    separator(l10n.t("Elsewhere")),
    { label: l10n.t("$(folder-opened) Folder…"), run: () => openDialog(title, true) },
    { label: l10n.t("$(file) SHA256SUMS…"), run: () => openDialog(title, false) },
    {
      label: l10n.t("$(globe) Web address…"),
      detail: l10n.t("SHA256SUMS is fetched only when you press Fetch."),
      run: () => askAddress(current, plan),
    },
    ...noneItem(current, l10n.t("Nowhere")),
  ]);
}

export async function chooseTarget(current: string | undefined): Promise<Chosen> {
  const title = l10n.t("Which folder contains the installed versions?");
  const known = (await foldersWithImages()).map((folder) => folderItem(folder));
  return await choose(title, [
    { label: l10n.t("Nothing is installed"), run: () => null },
    ...(known.length === 0 ? [] : [separator(l10n.t("In this workspace")), ...known]),
    separator(l10n.t("Elsewhere")),
    { label: l10n.t("$(folder-opened) Folder…"), run: () => openDialog(title, true) },
    ...(current === undefined ? [] : [{ label: workspace.asRelativePath(Uri.file(current)), run: () => current }]),
  ]);
}

export async function chooseHost(analysis: Pick<Analysis, "listHosts">, current: string | undefined): Promise<Chosen> {
  const chosen = workspace.getConfiguration(configurationSection).get<readonly string[]>("hosts", []);
  const hosts = hostItems(await analysis.listHosts(), [...chosen, ...(current === undefined ? [] : [current])]);
  const items = hosts.map(({ name, picked: _picked, ...item }) => ({ ...item, run: () => name }));
  const own: PlaceItem = { label: l10n.t("The extension's first host, or this machine"), run: () => null };
  return await choose(l10n.t("For which host is the plan?"), [own, ...items]);
}

export async function chooseArchitecture(plan: UpdatePlanReport | undefined): Promise<Chosen> {
  const items = (plan?.architectures ?? []).map((name) => ({ label: name, run: () => name }));
  return await choose(l10n.t("Which architecture does the host have?"), items);
}

async function choose(title: string, items: readonly PlaceItem[]): Promise<Chosen> {
  const picked = await window.showQuickPick(items, { title, matchOnDescription: true });
  return await picked?.run();
}

function separator(label: string): PlaceItem {
  return { label, kind: QuickPickItemKind.Separator, run: () => undefined };
}

function folderItem(folder: string): PlaceItem {
  return { label: `$(folder) ${workspace.asRelativePath(Uri.file(folder))}`, description: folder, run: () => folder };
}

function noneItem(current: string | undefined, label: string): readonly PlaceItem[] {
  return current === undefined ? [] : [{ label, run: () => null }];
}

async function openDialog(title: string, folder: boolean): Promise<Chosen> {
  const picked = await window.showOpenDialog({
    title,
    canSelectFiles: !folder,
    canSelectFolders: folder,
    openLabel: l10n.t("Choose"),
  });
  return picked?.[0]?.fsPath;
}

/** Suggests the address that the transfer names. */
async function askAddress(current: string | undefined, plan: UpdatePlanReport | undefined): Promise<Chosen> {
  const named = [current ?? "", ...(plan?.transfers.map(({ sourcePath }) => sourcePath) ?? [])].find(isAddress);
  const typed = await window.showInputBox({
    title: l10n.t("Web address of the folder with SHA256SUMS"),
    value: named ?? "https://",
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^https?:\/\/[^/?#\s]+\S*$/.test(text.trim())
        ? undefined
        : l10n.t("Enter an address that begins with https:// or http://"),
  });
  return typed?.trim();
}
