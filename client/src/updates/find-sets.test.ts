// The sets of an extension: those in its folder for the host, else those of the workspace, else one of its own.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { editor } from "../../../test/support/fake-vscode/editor.ts";

const { Uri, workspace } = await import("vscode");
const { findSets } = await import("./find-sets.ts");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

async function components(): Promise<(string | undefined)[]> {
  const owner = { name: "demo", class: "confext", hostFolder: Uri.file("/w/demo/host") } as const;
  return (await findSets(owner)).map(({ component }) => component);
}

test("the sets nearest to the extension count", async () => {
  assert.deepEqual(await components(), ["demo"]);
  editor.write("file:///w/other/etc/sysupdate.far.d/x.transfer", "");
  assert.deepEqual(await components(), ["far"]);
  editor.write("file:///w/demo/host/etc/sysupdate.near.d/x.transfer", "");
  assert.deepEqual(await components(), ["near"]);
});
