// "Go to File in Image…": opens a file by a few letters of its path, among all paths of an image.
import { l10n, type QuickPickItem, type Uri, window } from "vscode";
import type { FileType } from "../../../image/src/index.ts";
import { shownName } from "../images/odd-names.ts";
import { folderOf, nameOf } from "../images/paths.ts";
import { reasonOf } from "../messages.ts";
import { withoutIcons } from "../plain-label.ts";
import { formatCount } from "../quantities.ts";
import { findPaths } from "../search/fuzzy.ts";
import type { Services } from "../services.ts";
import { chosenImage } from "./image-argument.ts";
import { openPath } from "./open-path.ts";

interface PathItem extends QuickPickItem {
  readonly path?: string;
  readonly type?: FileType;
}

/** Paths that are shown; the one that is meant is among the first, or more letters help. */
const maxShown = 100;
/** Milliseconds between two looks at an index that grows. */
const refreshMs = 250;

export async function goToFileInImage(services: Services, args: readonly unknown[]): Promise<void> {
  const image = await chosenImage(services, args, l10n.t("Go to File in Image"));
  const chosen = image && (await choosePath(services, image));
  if (image === undefined || chosen?.path === undefined) return;
  await openPath(services, image, chosen.path, chosen.type ?? "file");
}

async function choosePath({ indexes }: Services, image: Uri): Promise<PathItem | undefined> {
  const pick = window.createQuickPick<PathItem>();
  // Undocumented, and without it VS Code would put the list in an order of its own.
  Object.assign(pick, { sortByLabel: false });
  const name = shownName(nameOf(image.path));
  pick.title = l10n.t("Go to File in {0}", name);
  pick.placeholder = l10n.t("Some letters of a name or path");
  pick.busy = true;
  let control = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const { promise, resolve } = Promise.withResolvers<PathItem | undefined>();
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    if (item?.path === undefined) return;
    resolve(item);
    pick.hide();
  });
  pick.onDidHide(() => {
    control.abort();
    clearInterval(timer);
    pick.dispose();
    resolve(undefined);
  });
  pick.show();
  try {
    const { index, done } = await indexes.get(image);
    const search = async (): Promise<void> => {
      control.abort();
      control = new AbortController();
      const { signal } = control;
      const found = await findPaths(index, pick.value, { limit: maxShown, signal }).catch(() => undefined);
      if (found === undefined || signal.aborted) return;
      pick.items = found.map((at): PathItem => itemOf(index.paths[at] ?? "", index.types[at] ?? "file"));
    };
    const titled = (): void => {
      pick.title = l10n.t("Go to File in {0} ({1} names)", name, formatCount(index.paths.length));
    };
    pick.onDidChangeValue(() => void search());
    timer = setInterval(() => {
      titled();
      if (!control.signal.aborted) void search();
    }, refreshMs);
    void search();
    await Promise.race([done, promise]);
    clearInterval(timer);
    titled();
    pick.busy = false;
    void search();
  } catch (error) {
    pick.busy = false;
    pick.items = [{ label: `$(error) ${l10n.t("The image cannot be read: {0}.", reasonOf(error))}`, alwaysShow: true }];
  }
  return await promise;
}

function itemOf(path: string, type: FileType): PathItem {
  const icon = type === "directory" ? "$(folder) " : type === "symlink" ? "$(file-symlink-file) " : "";
  return {
    label: icon + withoutIcons(shownName(nameOf(path))),
    description: withoutIcons(`/${shownName(folderOf(path))}`),
    path,
    type,
    alwaysShow: true,
  };
}
