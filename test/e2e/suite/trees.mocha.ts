// Trees as wholes in the editor: views, verdicts, findings at files without a text, and new units.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands } from "../../../shared/src/ids.ts";
import { eventually } from "../../support/eventually.ts";
import { exists, extensionApi, inWorkspace } from "./editor.ts";

async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = inWorkspace(path);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return uri;
}

/** Codes of the problems at a file. */
function codesAt(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .map(({ code }) => (typeof code === "object" ? String(code.value) : String(code)));
}

suite("trees", () => {
  test("the Extensions view has the trees with hosts, findings, size and image", async () => {
    const { extensionsView } = await extensionApi();
    const hello = await eventually("hello in the view", async () => {
      const nodes = await extensionsView.getChildren();
      return nodes.find(({ tree }) => tree.endsWith("/hello"));
    });
    const item = await extensionsView.getTreeItem(hello);
    assert.equal(item.label, "hello");
    assert.match(String(item.description), /^sysext · merges on all 5 hosts/);
    const children = await extensionsView.getChildren(hello);
    const labels = await Promise.all(
      children.map(async (node) => String((await extensionsView.getTreeItem(node)).label)),
    );
    assert.ok(labels.includes("Debian 13"), labels.join());
    assert.ok(labels.includes("Release file"), labels.join());
    for (const node of children) assert.deepEqual(extensionsView.getParent(node), hello);
  });

  test("a finding at a file without a text is a problem of its own, and of the release file", async () => {
    await write("stray/usr/lib/extension-release.d/extension-release.stray", "ID=_any\n");
    await write("stray/usr/share/stray", "");
    await write("stray/data/x", "");
    const folder = inWorkspace("stray/data");
    await eventually("a problem at the folder", () =>
      codesAt(folder).includes("tree/outside-hierarchy") ? true : undefined,
    );
    const release = inWorkspace("stray/usr/lib/extension-release.d/extension-release.stray");
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(release));
    await eventually("a problem in the release file", () =>
      codesAt(release).includes("tree/outside-hierarchy") ? true : undefined,
    );
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await eventually("no problem any more", () => (codesAt(folder).length === 0 ? true : undefined));
  });

  test("the verdicts open in a panel", async () => {
    await vscode.commands.executeCommand(commands.showVerdicts, inWorkspace("hello").toString());
    await eventually("the panel's tab", () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === "hello: hosts"))
        ? true
        : undefined,
    );
  });

  test("the Merged view shows where files come from", async () => {
    const { mergedView } = await extensionApi();
    await mergedView.setHost("debian-13");
    const usr = (await mergedView.getChildren()).find((node) => node.kind === "entry" && node.entry.name === "usr");
    assert.ok(usr);
    const bin = (await mergedView.getChildren(usr)).find((node) => node.kind === "entry" && node.entry.name === "bin");
    assert.ok(bin);
    const hello = (await mergedView.getChildren(bin)).find(
      (node) => node.kind === "entry" && node.entry.name === "hello",
    );
    assert.ok(hello?.kind === "entry");
    assert.equal(hello.entry.layer, "hello");
    assert.equal(mergedView.getTreeItem(hello).description, "from hello");
    assert.ok(await exists(vscode.Uri.parse(hello.entry.uri)));
  });
});
