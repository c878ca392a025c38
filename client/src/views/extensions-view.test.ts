// The Extensions view tells of each tree what hosts make of it, its findings, and whether it is built.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  openWindow,
  treeAnswers,
  treeDescription,
  treeState,
  treeVerdict,
} from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { languageClients } from "../../../test/support/fake-vscode/language-client.ts";
import type { ExtensionsNode } from "./extensions-node.ts";

const { MarkdownString, ThemeIcon, Uri, workspace } = await import("vscode");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

const demo = treeDescription("demo");
const state = treeState("demo", {
  findings: { error: 1, warning: 2, info: 3, hint: 0 },
  verdicts: [
    treeVerdict("a"),
    treeVerdict("b", { verdict: "reject", reason: "ID differs", fix: "change it", log: "debug: no" }),
  ],
});
const answers = { ...treeAnswers(demo), "sysext/treeState": state };

async function start(t: Parameters<typeof openWindow>[0], from: Parameters<typeof openWindow>[1] = answers) {
  const window = await openWindow(t, from);
  const view = window.api.extensionsView;
  return {
    ...window,
    view,
    items: async (node?: ExtensionsNode) =>
      await Promise.all((await view.getChildren(node)).map((child) => view.getTreeItem(child))),
  };
}

const iconOf = (icon: unknown): string => (icon instanceof ThemeIcon ? icon.id : "");

test("a tree is a line with its class, its verdicts, and what is wrong with it", async (t) => {
  const { items, view } = await start(t);
  const [item] = await items();
  assert.deepEqual([item?.label, item?.description], ["demo", "sysext · merges on 1 of 2 hosts · 1 error, 2 warnings"]);
  assert.deepEqual([item?.contextValue, iconOf(item?.iconPath)], ["tree", "extensions"]);
  assert.ok(item?.iconPath instanceof ThemeIcon && item.iconPath.color?.id === "list.errorForeground");
  editor.write("file:///w/demo.raw", "image");
  assert.equal((await items())[0]?.contextValue, "tree.built");
  assert.equal(view.getParent({ kind: "tree", tree: demo.uri }), undefined);
  assert.deepEqual(view.getParent({ kind: "host", tree: demo.uri, host: "a" }), { kind: "tree", tree: demo.uri });
});

test("below it are its hosts and facts", async (t) => {
  const { items, view } = await start(t);
  const [tree] = await view.getChildren();
  const below = await items(tree);
  assert.deepEqual(
    below.map(({ label, description, contextValue }) => [label, description, contextValue]),
    [
      ["Host a", "merges", "host"],
      ["Host b", "ignored: ID differs", "host"],
      ["Release file", "extension-release.demo", "fact.release"],
      ["1 error, 2 warnings, 3 notes", undefined, "fact.findings"],
      ["2.0 kB in 3 files", undefined, "fact.size"],
      ["Not built yet", undefined, "fact.image"],
    ],
  );
  assert.deepEqual(
    below.map(({ command }) => command?.command),
    [
      ...["sysext.showVerdicts", "sysext.showVerdicts", "sysext.openReleaseFile", "workbench.actions.view.problems"],
      ...[undefined, undefined],
    ],
  );
  assert.deepEqual(
    below.map(({ iconPath }) => iconOf(iconPath)),
    ["pass", "error", "go-to-file", "error", "files", "package"],
  );
  const { tooltip } = below[1] ?? {};
  assert.ok(tooltip instanceof MarkdownString);
  for (const words of ["systemd 257", "ID differs", "change it", "In systemd's log: debug: no"]) {
    assert.ok(tooltip.value.includes(words), words);
  }
  editor.write("file:///w/demo.raw", "12345", 1_700_000_000_000);
  const built = (await items(tree)).at(-1);
  assert.match(String(built?.label), /^Built 2023-11-14/);
  assert.equal(built?.description, "5 bytes");
  assert.equal(new Set(below.map(({ id }) => id)).size, below.length);
});

test("without findings and a release file there are no lines for them", async (t) => {
  const bare = treeDescription("bare", { releaseFiles: [], problem: "it has no release file" });
  const { items, view } = await start(t, { ...treeAnswers(bare), "sysext/treeState": treeState("bare") });
  const [item] = await items();
  assert.equal(item?.contextValue, "tree.problem");
  const [tree] = await view.getChildren();
  assert.deepEqual(
    (await items(tree)).map(({ contextValue }) => contextValue),
    ["fact.size", "fact.image"],
  );
});

test("states are asked for once until trees are read anew or the view is refreshed", async (t) => {
  const { items, view, treesRead } = await start(t);
  const asked = (): number =>
    languageClients.made.at(-1)?.requests.filter(({ method }) => method === "sysext/treeState").length ?? 0;
  let changes = 0;
  view.onDidChangeTreeData?.(() => changes++);
  const [tree] = await view.getChildren();
  await items();
  await items(tree);
  assert.equal(asked(), 1);
  const before = changes;
  treesRead();
  assert.equal(changes, before + 1);
  await items();
  assert.equal(asked(), 2);
  view.refresh();
  await items();
  assert.equal(asked(), 3);
});

test("a tree that is gone is an empty line and has nothing below", async (t) => {
  const { items, view } = await start(t, { ...treeAnswers(demo), "sysext/treeState": null });
  const [tree] = await view.getChildren();
  assert.deepEqual([(await items())[0]?.label, await items(tree)], ["", []]);
});
