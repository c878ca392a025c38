// The Merged view shows what a host sees of all trees, from which each file comes, and what is left out.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openWindow, treeAnswers } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { languageClients } from "../../../test/support/fake-vscode/language-client.ts";
import type { MergedNode } from "./merged-view.ts";

const { ThemeIcon, TreeItemCollapsibleState, Uri, workspace } = await import("vscode");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

const entry = (path: string, type = "file", hides: readonly string[] = []) => ({
  ...{ name: path.slice(path.lastIndexOf("/") + 1), path, type, uri: `file:///w/demo/${path}`, layer: "demo", hides },
});
const folders: Readonly<Record<string, readonly ReturnType<typeof entry>[]>> = {
  "sysext ": [entry("usr", "directory")],
  "confext ": [entry("etc", "directory")],
  "sysext usr": [entry("usr/bin", "directory"), entry("usr/file", "file", ["base", "old"])],
  "sysext usr/bin": [entry("usr/bin/run")],
  "confext etc": [entry("etc/conf")],
};

interface Asked {
  readonly class: "sysext" | "confext";
  readonly host: string;
  readonly folder: string;
}

function listMerged({ class: of, host, folder }: Asked) {
  return {
    hostTitle: `Title of ${host}`,
    entries: folders[`${of} ${folder}`] ?? [],
    layers: ["demo"],
    leftOut: of === "sysext" ? [{ name: "other", reason: "ID differs" }] : [],
  };
}

async function start(t: Parameters<typeof openWindow>[0], remembered = {}) {
  const window = await openWindow(t, { ...treeAnswers(), "sysext/listMerged": listMerged }, remembered);
  const view = window.api.mergedView;
  const labels = async (node?: MergedNode): Promise<unknown[]> =>
    (await view.getChildren(node)).map((child) => view.getTreeItem(child).label);
  return { ...window, view, labels };
}

test("the root has both hierarchies, and what is not merged with the reason", async (t) => {
  const { view, labels, mergedTree } = await start(t);
  assert.deepEqual(await labels(), ["etc", "usr", "other is not merged"]);
  assert.equal(mergedTree.description, "on Title of flatcar-stable");
  const out = (await view.getChildren()).at(-1);
  assert.ok(out);
  const item = view.getTreeItem(out);
  assert.deepEqual([item.description, item.contextValue], ["ID differs", "merged.leftOut"]);
  assert.deepEqual([await view.getChildren(out), await view.getParent(out)], [[], undefined]);
});

test("files say from which extension they come and what they hide", async (t) => {
  const { view, labels } = await start(t);
  const [etc, usr] = await view.getChildren();
  assert.ok(etc && usr);
  assert.deepEqual([await labels(etc), await labels(usr)], [["conf"], ["bin", "file"]]);
  const [bin, file] = (await view.getChildren(usr)).map((node) => view.getTreeItem(node));
  assert.deepEqual([bin?.description, bin?.collapsibleState], ["", TreeItemCollapsibleState.Collapsed]);
  assert.deepEqual(file?.description, "from demo, hides that of base, old");
  assert.deepEqual(
    [file?.tooltip, file?.contextValue, file?.command?.command],
    ["/usr/file", "merged.file", "vscode.open"],
  );
  assert.ok(file?.iconPath instanceof ThemeIcon && file.iconPath.id === "layers");
  assert.equal(file?.resourceUri?.toString(), "file:///w/demo/usr/file");
});

test("a path is found with its parents", async (t) => {
  const { view } = await start(t);
  const node = await view.find("usr/bin/run");
  assert.ok(node);
  assert.deepEqual(await view.getParent(node), { kind: "entry", entry: entry("usr/bin", "directory") });
  const top = await view.find("etc");
  assert.ok(top);
  assert.equal(await view.getParent(top), undefined);
  assert.equal(await view.find("usr/none"), undefined);
});

test("another host is remembered and shown, and changed trees are read again", async (t) => {
  const { view, labels, mergedTree, memory, treesRead, run } = await start(t, { "sysext.mergeHost": "debian-13" });
  await labels();
  assert.equal(mergedTree.description, "on Title of debian-13");
  let changes = 0;
  view.onDidChangeTreeData?.(() => changes++);
  await view.setHost("arch");
  await labels();
  assert.deepEqual([memory.get("sysext.mergeHost"), mergedTree.description, changes], ["arch", "on Title of arch", 1]);
  treesRead();
  await run("sysext.refreshMerged");
  assert.equal(changes, 3);
  const asked = languageClients.made.at(-1)?.requests.filter(({ method }) => method === "sysext/listMerged") ?? [];
  assert.ok(asked.length > 0);
});

test("an empty workspace has no lines about what is left out", async (t) => {
  const empty = { entries: [], layers: [], leftOut: [] };
  const { api, mergedTree } = await openWindow(t, { ...treeAnswers(), "sysext/listMerged": empty });
  assert.deepEqual(await api.mergedView.getChildren(), []);
  assert.equal(mergedTree.description, "on flatcar-stable");
});
