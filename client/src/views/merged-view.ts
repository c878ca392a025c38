// The Merged view: the files that a host sees when all trees of the workspace are merged, and where each comes from.
import {
  type Disposable,
  type Event,
  EventEmitter,
  l10n,
  type Memento,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from "vscode";
import type { MergedFolder, MergedFolderEntry } from "../../../shared/src/requests.ts";
import type { Analysis } from "../analysis.ts";

/** A file or folder of the merge, or a line about an extension that is not in it. */
export type MergedNode =
  | { readonly kind: "entry"; readonly entry: MergedFolderEntry }
  | { readonly kind: "leftOut"; readonly name: string; readonly reason: string };

export interface MergedView extends TreeDataProvider<MergedNode>, Disposable {
  getTreeItem(node: MergedNode): TreeItem;
  getChildren(node?: MergedNode): Promise<MergedNode[]>;
  getParent(node: MergedNode): Promise<MergedNode | undefined>;
  /** The node of a path without a slash in front; undefined when nothing in the merge has it. */
  find(path: string): Promise<MergedNode | undefined>;
  refresh(): void;
  /** Shows the merge of another host. */
  setHost(name: string): Promise<void>;
  /** Title of the host whose merge is shown, as soon as it is known. */
  readonly onDidChangeHost: Event<string>;
}

const hostKey = "sysext.mergeHost";
const firstHost = "flatcar-stable";

export function createMergedView(analysis: Analysis, state: Memento): MergedView {
  const changes = new EventEmitter<undefined>();
  const hosts = new EventEmitter<string>();

  const host = (): string => state.get<string>(hostKey, firstHost);

  /** What configuration extensions bring is in `etc`, and the rest is the others'. */
  async function list(folder: string): Promise<MergedFolder> {
    const ask = (of: "sysext" | "confext") => analysis.listMerged({ class: of, host: host(), folder });
    if (folder !== "") return await ask(folder.split("/")[0] === "etc" ? "confext" : "sysext");
    const [first, second] = [await ask("sysext"), await ask("confext")];
    return {
      ...first,
      entries: [...second.entries, ...first.entries],
      layers: [...first.layers, ...second.layers],
      leftOut: [...first.leftOut, ...second.leftOut],
    };
  }

  async function find(path: string): Promise<MergedNode | undefined> {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const entry = (await list(folder)).entries.find((one) => one.path === path);
    return entry && { kind: "entry", entry };
  }

  const refresh = (): void => changes.fire(undefined);
  const subscriptions = [analysis.onDidChangeTrees(refresh), analysis.onDidReadTrees(refresh)];

  return {
    onDidChangeTreeData: changes.event,
    onDidChangeHost: hosts.event,
    refresh,
    find,
    async getParent(node) {
      const slash = node.kind === "entry" ? node.entry.path.lastIndexOf("/") : -1;
      return slash < 0 || node.kind !== "entry" ? undefined : await find(node.entry.path.slice(0, slash));
    },
    async setHost(name) {
      await state.update(hostKey, name);
      refresh();
    },
    async getChildren(node) {
      if (node?.kind === "leftOut") return [];
      const { entries, leftOut, layers, hostTitle, problem } = await list(node?.entry.path ?? "");
      if (node === undefined) hosts.fire(hostTitle ?? host());
      if (problem !== undefined) return [{ kind: "leftOut", name: host(), reason: problem }];
      const nodes = entries.map((entry): MergedNode => ({ kind: "entry", entry }));
      if (node !== undefined || (layers.length === 0 && leftOut.length === 0)) return nodes;
      return [...nodes, ...leftOut.map((extension): MergedNode => ({ kind: "leftOut", ...extension }))];
    },
    getTreeItem: (node) => (node.kind === "entry" ? entryItem(node.entry) : leftOutItem(node.name, node.reason)),
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      changes.dispose();
      hosts.dispose();
    },
  };
}

function entryItem({ name, path, type, uri, layer, hides }: MergedFolderEntry): TreeItem {
  const isFolder = type === "directory";
  const item = new TreeItem(name, isFolder ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const source = isFolder ? "" : l10n.t("from {0}", layer);
  const hidden = hides.length === 0 ? "" : l10n.t("hides that of {0}", hides.join(", "));
  item.id = path;
  item.description = [source, hidden].filter((words) => words !== "").join(", ");
  item.tooltip = `/${path}`;
  item.resourceUri = Uri.parse(uri);
  item.iconPath = isFolder ? ThemeIcon.Folder : hides.length > 0 ? new ThemeIcon("layers") : ThemeIcon.File;
  item.contextValue = isFolder ? "merged.folder" : "merged.file";
  item.accessibilityInformation = { label: [name, item.description].filter((words) => words !== "").join(", ") };
  if (!isFolder) item.command = { command: "vscode.open", title: l10n.t("Open"), arguments: [Uri.parse(uri)] };
  return item;
}

function leftOutItem(name: string, reason: string): TreeItem {
  const item = new TreeItem(l10n.t("{0} is not merged", name));
  item.id = `\n${name}`;
  item.description = reason;
  item.tooltip = reason;
  item.iconPath = new ThemeIcon("circle-slash");
  item.contextValue = "merged.leftOut";
  return item;
}
