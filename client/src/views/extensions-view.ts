// The Extensions view: the trees of the workspace, what hosts make of each, and how it is with it.
import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  workspace,
} from "vscode";
import { commands } from "../../../shared/src/ids.ts";
import type { TreeDescription, TreeState, TreeVerdict } from "../../../shared/src/requests.ts";
import type { Analysis } from "../analysis.ts";
import { outputFile } from "../build-settings.ts";
import { formatBytes, formatCount, formatTime } from "../quantities.ts";
import { findingCount, verdictCount, verdictWord } from "./extension-words.ts";
import {
  type ExtensionsNode,
  extensionsNodeId,
  type FactNode,
  type HostNode,
  type TreeNode,
} from "./extensions-node.ts";
import { plainMarkdown } from "./plain-markdown.ts";

export interface ExtensionsView extends TreeDataProvider<ExtensionsNode>, Disposable {
  getTreeItem(node: ExtensionsNode): Promise<TreeItem>;
  getChildren(node?: ExtensionsNode): Promise<ExtensionsNode[]>;
  getParent(node: ExtensionsNode): ExtensionsNode | undefined;
  refresh(): void;
}

export function createExtensionsView(analysis: Analysis): ExtensionsView {
  const changes = new EventEmitter<undefined>();
  const states = new Map<string, Promise<TreeState | null>>();
  const described = new Map<string, TreeDescription>();

  function refresh(): void {
    states.clear();
    changes.fire(undefined);
  }

  function stateOf(tree: string): Promise<TreeState | null> {
    const known = states.get(tree) ?? analysis.treeState(Uri.parse(tree));
    states.set(tree, known);
    return known;
  }

  async function listTrees(): Promise<TreeNode[]> {
    const trees = await analysis.listTrees();
    described.clear();
    for (const tree of trees) described.set(tree.uri, tree);
    return trees.map(({ uri }) => ({ kind: "tree", tree: uri }));
  }

  async function listFacts(tree: string): Promise<ExtensionsNode[]> {
    const state = await stateOf(tree);
    const description = described.get(tree);
    if (state === null || description === undefined) return [];
    const facts: FactNode["fact"][] = [
      ...(description.releaseFiles.length === 0 ? [] : (["release"] as const)),
      ...(findingCount(state) === undefined ? [] : (["findings"] as const)),
      "size",
      "image",
    ];
    return [
      ...state.verdicts.map(({ host }): HostNode => ({ kind: "host", tree, host })),
      ...facts.map((fact): FactNode => ({ kind: "fact", tree, fact })),
    ];
  }

  const subscriptions = [analysis.onDidChangeTrees(refresh), analysis.onDidReadTrees(refresh)];

  return {
    onDidChangeTreeData: changes.event,
    refresh,
    getParent: (node) => (node.kind === "tree" ? undefined : { kind: "tree", tree: node.tree }),
    async getChildren(node) {
      if (node === undefined) return await listTrees();
      return node.kind === "tree" ? await listFacts(node.tree) : [];
    },
    async getTreeItem(node) {
      const item = new TreeItem("");
      item.id = extensionsNodeId(node);
      const state = await stateOf(node.tree);
      const description = described.get(node.tree);
      if (state === null || description === undefined) return item;
      if (node.kind === "tree") await describeTree(item, description, state);
      else if (node.kind === "host") {
        const verdict = state.verdicts.find(({ host }) => host === node.host);
        if (verdict !== undefined) describeHost(item, node, verdict);
      } else await describeFact(item, node, description, state);
      return item;
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      changes.dispose();
    },
  };
}

async function describeTree(item: TreeItem, tree: TreeDescription, state: TreeState): Promise<void> {
  const { uri, problem } = tree;
  const count = findingCount({ findings: { ...state.findings, info: 0, hint: 0 } });
  const words = [state.class, verdictCount(state.verdicts), ...(count === undefined ? [] : [count])];
  item.label = state.name;
  item.description = words.join(" · ");
  item.tooltip = plainMarkdown([workspace.asRelativePath(Uri.parse(uri)), ...(problem === undefined ? [] : [problem])]);
  item.iconPath =
    state.findings.error > 0 || problem !== undefined
      ? new ThemeIcon("extensions", new ThemeColor("list.errorForeground"))
      : new ThemeIcon("extensions");
  item.collapsibleState = TreeItemCollapsibleState.Collapsed;
  const isBuilt = (await statOf(Uri.file(outputFile(tree)))) !== undefined;
  item.contextValue = problem === undefined ? (isBuilt ? "tree.built" : "tree") : "tree.problem";
  item.accessibilityInformation = { label: l10n.t("extension {0}, {1}", state.name, words.join(", ")) };
}

function describeHost(item: TreeItem, node: HostNode, verdict: TreeVerdict): void {
  const isMatch = verdict.verdict === "match";
  item.label = verdict.title;
  item.description = isMatch ? verdictWord(verdict) : `${verdictWord(verdict)}: ${verdict.reason}`;
  item.iconPath = isMatch
    ? new ThemeIcon("pass", new ThemeColor("testing.iconPassed"))
    : new ThemeIcon("error", new ThemeColor("testing.iconFailed"));
  item.tooltip = plainMarkdown([
    l10n.t("{0}, systemd {1}", verdict.title, verdict.systemd),
    verdict.reason,
    ...(verdict.fix === undefined ? [] : [verdict.fix]),
    ...(verdict.log === undefined ? [] : [l10n.t("In systemd's log: {0}", verdict.log)]),
  ]);
  item.contextValue = "host";
  item.command = { command: commands.showVerdicts, title: l10n.t("Show Verdicts"), arguments: [node.tree] };
  item.accessibilityInformation = { label: `${verdict.title}: ${verdictWord(verdict)}, ${verdict.reason}` };
}

async function describeFact(item: TreeItem, node: FactNode, tree: TreeDescription, state: TreeState): Promise<void> {
  item.contextValue = `fact.${node.fact}`;
  switch (node.fact) {
    case "findings":
      item.label = findingCount(state) ?? "";
      item.iconPath = new ThemeIcon(state.findings.error > 0 ? "error" : "warning");
      item.command = { command: "workbench.actions.view.problems", title: l10n.t("Show Problems") };
      return;
    case "release":
      item.label = l10n.t("Release file");
      item.description = nameOfUri(tree.releaseFiles[0] ?? "");
      item.iconPath = new ThemeIcon("go-to-file");
      item.command = { command: commands.openReleaseFile, title: l10n.t("Open Release File"), arguments: [node] };
      return;
    case "size":
      item.label = l10n.t("{0} in {1} files", formatBytes(state.bytes), formatCount(state.files));
      item.iconPath = new ThemeIcon("files");
      return;
    case "image": {
      const built = await statOf(Uri.file(outputFile(tree)));
      item.iconPath = new ThemeIcon("package");
      item.label = built === undefined ? l10n.t("Not built yet") : l10n.t("Built {0}", formatTime(built.mtime / 1000));
      if (built !== undefined) item.description = formatBytes(built.size);
    }
  }
}

async function statOf(uri: Uri): Promise<{ readonly mtime: number; readonly size: number } | undefined> {
  try {
    const { mtime, size } = await workspace.fs.stat(uri);
    return { mtime: Math.floor(mtime / 1000) * 1000, size };
  } catch {
    return undefined; // there is no image yet
  }
}

function nameOfUri(uri: string): string {
  const { path } = Uri.parse(uri);
  return path.slice(path.lastIndexOf("/") + 1);
}
