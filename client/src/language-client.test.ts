// The language server is started with what it needs, restarted when it crashes, and given up when it crashes too often.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import { eventually, openWindow, treeAnswers } from "../../test/support/client-window.ts";
import { editor } from "../../test/support/fake-vscode/editor.ts";
import { CloseAction, type LanguageClient, languageClients } from "../../test/support/fake-vscode/language-client.ts";
import { textDocument, touch } from "../../test/support/fake-vscode/workspace.ts";

const { Uri, workspace } = await import("vscode");

beforeEach(() => {
  editor.reset();
  languageClients.made.length = 0;
  languageClients.startError = undefined;
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

async function start(t: TestContext, answers = treeAnswers()) {
  const window = await openWindow(t, answers);
  const client = await eventually(() => languageClients.made[0]);
  return { ...window, client };
}

function options(client: LanguageClient) {
  const [, , server, given] = client.args;
  return { server, given: Object(given) };
}

test("it runs the bundle, for files on the disk and inside images", async (t) => {
  const { client } = await start(t);
  const { server, given } = options(client);
  assert.equal(Reflect.get(Object(server), "module"), "/extension/dist/server.cjs");
  const schemes = new Set(given.documentSelector.map(({ scheme }: { scheme: string }) => scheme));
  assert.deepEqual([...schemes], ["file", "sysext-image"]);
  assert.deepEqual(given.synchronize, { configurationSection: "sysext" });
});

test("crashes restart it, five in three minutes end it with a sentence", async (t) => {
  const { client } = await start(t);
  t.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const { errorHandler } = options(client).given;
  const crash = (): unknown => errorHandler.closed().action;
  for (let count = 0; count < 4; count++) assert.equal(crash(), CloseAction.Restart);
  t.mock.timers.setTime(1_000_000 + 181_000);
  for (let count = 0; count < 4; count++) assert.equal(crash(), CloseAction.Restart);
  assert.deepEqual(editor.messages("error"), []);
  assert.equal(crash(), CloseAction.DoNotRestart);
  assert.match(editor.messages("error")[0] ?? "", /^The language server stopped 5 times in a few minutes/);
});

test("a server that does not start is told once, and whoever asks is told as well", async (t) => {
  languageClients.startError = new Error("no such file");
  const { api } = await start(t);
  await eventually(() => editor.messages("error").length > 0);
  assert.match(editor.messages("error")[0] ?? "", /^The language server did not start/);
  await assert.rejects(api.analysis.listTrees(), { name: "UserError", message: /^The language server does not run/ });
  assert.equal(editor.messages("error").length, 1);
  assert.equal(
    [...editor.watchers].some(({ pattern }) => pattern === "**/extension-release.d/*"),
    false,
  );
});

test("files that make a tree, and trees that were read, are told to who listens", async (t) => {
  const { api, treesRead } = await start(t);
  let [changed, read] = [0, 0];
  api.analysis.onDidChangeTrees(() => changed++);
  api.analysis.onDidReadTrees(() => read++);
  await api.analysis.listTrees();
  const before = changed;
  touch(Uri.file("/w/demo/sysext.json"), "changed");
  touch(Uri.file("/w/demo/usr/lib/extension-release.d/extension-release.demo"), "created");
  touch(Uri.file("/w/demo/usr/lib/extension-release.d/extension-release.demo"), "deleted");
  touch(Uri.file("/w/demo/usr/bin/x"), "created");
  assert.equal(changed, before + 3);
  treesRead();
  assert.equal(read, 1);
});

test("units and transfers that no pattern knows get their language, unless somebody chose one", async (t) => {
  const unit = "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\n";
  const { api } = await start(t, { ...treeAnswers(), "sysext/describeTree": null });
  const claimed = async (path: string, text: string, change = {}): Promise<string> => {
    const document = textDocument(Uri.parse(path), text, change);
    editor.events.documentOpened.fire(document);
    await api.analysis.listTrees();
    await new Promise((resolve) => setImmediate(resolve));
    return document.languageId;
  };
  assert.equal(await claimed("file:///w/a.service", unit), "sysext-unit");
  assert.equal(await claimed("file:///w/b.service", unit, { languageId: "ini" }), "sysext-unit");
  assert.equal(await claimed("sysext-image://x/c.service", unit), "sysext-unit");
  assert.equal(await claimed("git:/w/a.service", unit), "plaintext");
  assert.equal(await claimed("file:///w/d.service", unit, { languageId: "systemd-unit" }), "systemd-unit");
  assert.equal(await claimed("file:///w/e.service", "no unit\n"), "plaintext");
  editor.settings.set("files.associations", { "*.service": "ini", "doc/*.timer": "plaintext" });
  assert.equal(await claimed("file:///w/f.service", unit), "plaintext");
  editor.settings.delete("files.associations");
  editor.settings.set("sysext.units.scope", "trees");
  assert.equal(await claimed("file:///w/g.service", unit), "plaintext");
});

test("a language that the user sets back stays, until the file is closed", async (t) => {
  const { api } = await start(t);
  const text = "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\n";
  const document = textDocument(Uri.file("/w/a.service"), text);
  const settled = async (): Promise<string> => {
    await api.analysis.listTrees();
    await new Promise((resolve) => setImmediate(resolve));
    return document.languageId;
  };
  editor.events.documentOpened.fire(document);
  assert.equal(await settled(), "sysext-unit");
  Object.assign(document, { languageId: "plaintext" });
  editor.events.documentClosed.fire(document);
  editor.events.documentSaved.fire(document);
  assert.equal(await settled(), "plaintext", "a change of the language closes a document in name only");
  Object.assign(document, { isClosed: true });
  editor.events.documentClosed.fire(document);
  Object.assign(document, { isClosed: false });
  editor.events.documentOpened.fire(document);
  assert.equal(await settled(), "sysext-unit");
});
