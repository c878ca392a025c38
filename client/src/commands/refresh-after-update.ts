// "Refresh Extensions After an Update": the drop-ins with which a host updates by its timer and merges what came.
import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { findSets } from "../updates/find-sets.ts";
import { writeHostFiles } from "../updates/host-files.ts";
import type { UpdateSetFiles } from "../updates/sets-of-files.ts";
import { askFolder } from "./new-transfer.ts";
import { chooseExtension } from "./updated-extension.ts";

interface SetItem extends QuickPickItem {
  readonly found: UpdateSetFiles<Uri>;
}

/** Returns the URI of the service's drop-in; undefined when the user changed their mind. */
export async function refreshAfterUpdate(services: Services, args: readonly unknown[]): Promise<Uri | undefined> {
  const chosen = await chooseExtension(services, args);
  if (chosen === undefined) return undefined;
  const sets = await askSets(chosen.name, await findSets(chosen));
  if (sets === undefined) return undefined;
  const given = folderOf(args[1]);
  const folder = given ?? (await askFolder(l10n.t("Refresh extensions after an update"), chosen));
  if (folder === undefined) return undefined;
  const written = await services.analysis.updates.refreshAfterUpdate({
    ...("tree" in chosen.extension ? { tree: chosen.extension.tree } : {}),
    components: sets.flatMap(({ component }) => (component === undefined ? [] : [component])),
    systemSet: sets.some(({ component }) => component === undefined),
    classes: (["sysext", "confext"] as const).filter((sort) => sets.some(({ classes }) => classes.includes(sort))),
  });
  if ("fault" in written) throw new UserError(l10n.t("Nothing was written: {0}.", written.fault));
  const [dropIn] = (await writeHostFiles(written.files, folder)) ?? [];
  if (dropIn === undefined) return undefined;
  await window.showTextDocument(dropIn);
  return dropIn;
}

function folderOf(value: unknown): Uri | undefined {
  const folder = typeof value === "object" && value !== null ? Reflect.get(value, "folder") : undefined;
  return folder instanceof Uri ? folder : undefined;
}

/** Nobody is asked where there is nothing to choose. */
async function askSets(
  name: string,
  found: readonly UpdateSetFiles<Uri>[],
): Promise<readonly UpdateSetFiles<Uri>[] | undefined> {
  if (found.length < 2) return found;
  const items: SetItem[] = found.map((set) => ({
    found: set,
    label: set.component ?? l10n.t("The system's set"),
    description: set.component === undefined ? "sysupdate.d" : `sysupdate.${set.component}.d`,
    ...(set.files[0] === undefined ? {} : { detail: workspace.asRelativePath(set.files[0]) }),
    picked: set.component === name,
  }));
  const picked = await window.showQuickPick(items, {
    canPickMany: true,
    ignoreFocusOut: true,
    title: l10n.t("Refresh extensions after an update"),
    placeHolder: l10n.t("Which sets of transfers does the host have?"),
  });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ found: set }) => set);
}
