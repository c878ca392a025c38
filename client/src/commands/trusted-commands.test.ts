// In a workspace that is not trusted nothing is built, published or served, no program is started and nothing is fetched.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, type TestContext, test } from "node:test";
import type { UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import { openWindow, treeAnswers, treeDescription } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { languageClients } from "../../../test/support/fake-vscode/language-client.ts";
import { tempFolder } from "../../../test/support/tools.ts";

const { Uri, workspace } = await import("vscode");

beforeEach(() => editor.reset());

/** A tree on the disk, and what a language server says of it. */
function makeTree(t: TestContext) {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "demo/usr"), { recursive: true });
  writeFileSync(path.join(folder, "demo/usr/file"), "content");
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file(folder) });
  return { folder, tree: treeDescription("demo", { uri: Uri.file(path.join(folder, "demo")).toString() }) };
}

test("images are built only in a trusted workspace", async (t) => {
  const { tree } = makeTree(t);
  const { run } = await openWindow(t, treeAnswers(tree));
  editor.isTrusted = false;
  assert.equal(await run("sysext.buildImage", Uri.parse(tree.uri)), undefined);
  assert.deepEqual(editor.messages(), ["Images are built only in a trusted workspace; trust this one to build."]);
  assert.equal(editor.progress.length, 0);
  editor.isTrusted = true;
  const built = await run("sysext.buildImage", Uri.parse(tree.uri));
  assert.match(String(built), /demo\.raw$/, editor.log.map(({ text }) => text).join("\n"));
});

test("an image to be laid out is not built either", async (t) => {
  const { tree } = makeTree(t);
  const { run } = await openWindow(t, {
    ...treeAnswers(tree),
    "sysext/versionedLayout": { image: "var/demo_1.raw", symlink: "var/demo.raw", target: "demo_1.raw" },
  });
  editor.isTrusted = false;
  assert.equal(await run("sysext.layOutVersion", Uri.parse(tree.uri), { version: "1" }), undefined);
  assert.match(editor.messages("error")[0] ?? "", /only in a trusted workspace/);
});

test("folders are published and served only in a trusted workspace", async (t) => {
  const { run } = await openWindow(t);
  const folder = Uri.file("/w/images");
  editor.write("file:///w/images/a.raw", "");
  editor.isTrusted = false;
  await run("sysext.publish", folder, { sign: true });
  await run("sysext.serve", folder, { port: 8080 });
  assert.deepEqual([editor.messages("error").length, editor.tasks.length, editor.shown.length], [2, 0, 2]);
  for (const message of editor.messages("error")) assert.match(message, /only in a trusted workspace/);
  editor.isTrusted = true;
  await run("sysext.publish", folder, { sign: true });
  await run("sysext.serve", folder, { port: 8080 });
  assert.equal(editor.tasks.length, 2);
});

test("a web address is read only in a trusted workspace, and a folder always", async (t) => {
  const uri = Uri.file("/w/sysupdate.d/demo.transfer");
  const report: UpdatePlanReport = {
    ...{ systemd: 257, systemdKnown: false, hostIsMachine: true, architectures: [] },
    ...{ source: { state: "none" }, target: { state: "none" }, versions: [], moreVersions: 0 },
    ...{ transfers: [], faults: [], notes: [] },
  };
  const { api } = await openWindow(t, { ...treeAnswers(), "sysext/planUpdate": report }, {});
  assert.ok(await api.updatePlanPanels.show(uri));
  const readOf = async (source: string): Promise<unknown> => {
    await api.updatePlanPanels.choose(uri, { source });
    await api.updatePlanPanels.receive(uri, { kind: "read" });
    const asked = languageClients.made.at(-1)?.requests.filter(({ method }) => method === "sysext/planUpdate") ?? [];
    return Reflect.get(Object(asked.at(-1)?.params), "read");
  };
  editor.isTrusted = false;
  assert.equal(await readOf("https://example.com/demo/"), undefined);
  assert.equal(await readOf("/w/published"), true);
  editor.isTrusted = true;
  assert.equal(await readOf("https://example.com/demo/"), true);
});
