// Building from the editor: what is built, what is said, and what remains of a build that fails or is cancelled.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, type TestContext, test } from "node:test";
import type { TreeDescription } from "../../../shared/src/requests.ts";
import {
  eventually,
  openWindow,
  treeAnswers,
  treeDescription,
  treeState,
  treeVerdict,
} from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { textDocument } from "../../../test/support/fake-vscode/workspace.ts";
import { tempFolder } from "../../../test/support/tools.ts";

const { Uri, workspace } = await import("vscode");

beforeEach(() => editor.reset());

function makeTree(t: TestContext, change: Partial<TreeDescription> = {}) {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "demo/usr"), { recursive: true });
  for (let at = 0; at < 3; at++) writeFileSync(path.join(folder, `demo/usr/file-${at}`), `content ${at}`);
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file(folder) });
  const uri = Uri.file(path.join(folder, "demo")).toString();
  return { folder, tree: treeDescription("demo", { uri, ...change }), image: path.join(folder, "demo.raw") };
}

test("an image is built beside its tree, and its message leads to it", async (t) => {
  const { tree, image, folder } = makeTree(t, { leftOut: ["notes"] });
  const answers = {
    ...treeAnswers(tree),
    "sysext/treeState": treeState("demo", { verdicts: [treeVerdict("a"), treeVerdict("b", { verdict: "reject" })] }),
  };
  const { run, imagesTree } = await openWindow(t, answers);
  editor.answer("Browse");
  assert.equal(String(await run("sysext.buildImage", Uri.parse(tree.uri))), Uri.file(image).toString());
  const [message = ""] = editor.messages("information");
  assert.match(message, /^Built demo\.raw: .* from 3 files in .*\. /);
  assert.match(message, /erges on 1 of 2 hosts/);
  assert.match(message, /Left out: notes\./);
  assert.deepEqual(editor.shown[0]?.items, ["Browse", "Reveal", "Copy Path"]);
  await eventually(() => imagesTree.revealed.length > 0);
  assert.deepEqual(readdirSync(folder).sort(), ["demo", "demo.raw"]);
  assert.deepEqual(editor.progress[0]?.options.title, "Building demo.raw");
});

test("the message copies the path and reveals the image", async (t) => {
  const { tree, image } = makeTree(t);
  const { run } = await openWindow(t, treeAnswers(tree));
  editor.answer("Copy Path");
  await run("sysext.buildImage");
  await eventually(() => editor.clipboard === image);
  editor.answer("Reveal");
  await run("sysext.buildImage");
  await eventually(() => editor.executedNames.includes("revealFileInOS"));
});

test("the settings say where the image goes and how it is compressed; the project file counts more", async (t) => {
  const { tree, folder } = makeTree(t, { build: { compression: "none" } });
  editor.settings.set("sysext.build.output", "out/images");
  editor.settings.set("sysext.build.compression", "gzip");
  const { run, api } = await openWindow(t, treeAnswers(tree));
  const uri = await run("sysext.buildImage");
  assert.ok(uri instanceof Uri);
  assert.equal(uri.fsPath, path.join(folder, "out/images/demo.raw"));
  assert.equal(await api.store.use(uri, async ({ facts }) => facts.compression), "none");
});

test("what cannot be built is said, and nothing is written", async (t) => {
  const { tree, folder } = makeTree(t, { problem: "it has no usr" });
  const remote = treeDescription("far", { uri: "memory:/w/far" });
  const { run } = await openWindow(t, treeAnswers(tree, remote));
  await run("sysext.buildImage", Uri.parse(tree.uri));
  await run("sysext.buildImage", Uri.parse(remote.uri));
  assert.equal(editor.messages("error")[0], "No image was built: it has no usr.");
  assert.match(editor.messages("error")[1] ?? "", /only from folders on this machine's disks/);
  assert.deepEqual(readdirSync(folder), ["demo"]);
});

test("a wrong setting is a sentence, not a file", async (t) => {
  const { tree, image } = makeTree(t);
  editor.settings.set("sysext.build.level", 99);
  const { run } = await openWindow(t, treeAnswers(tree));
  assert.equal(await run("sysext.buildImage"), undefined);
  assert.match(editor.messages("error")[0] ?? "", /^No image was built: .*level.*\.$/);
  assert.equal(existsSync(image), false);
});

test("a build that is cancelled says nothing and leaves nothing", async (t) => {
  const { tree, folder } = makeTree(t);
  writeFileSync(path.join(folder, "demo/usr/large"), Buffer.alloc(30_000_000, "some text "));
  const { run } = await openWindow(t, treeAnswers(tree));
  const building = run("sysext.buildImage");
  (await eventually(() => editor.progress[0])).cancel();
  assert.equal(await building, undefined);
  assert.deepEqual([editor.messages(), readdirSync(folder)], [[], ["demo"]]);
});

test("files of the tree are saved first, and one that cannot be saved ends the build", async (t) => {
  const { tree, image } = makeTree(t);
  const { run } = await openWindow(t, treeAnswers(tree));
  const saved: string[] = [];
  const dirty = (uri: string, succeeds: boolean, isDirty = true) =>
    textDocument(Uri.parse(uri), "", { isDirty, save: async () => saved.push(uri) > 0 && succeeds });
  editor.documents.push(
    dirty(`${tree.uri}/usr/file-0`, true),
    dirty(`${tree.uri}/usr/file-1`, true, false),
    dirty(`${tree.uri}-other/usr/file`, true),
  );
  assert.ok(await run("sysext.buildImage"));
  assert.deepEqual(saved, [`${tree.uri}/usr/file-0`]);
  editor.documents.push(dirty(`${tree.uri}/usr/file-2`, false));
  editor.shown.length = 0;
  assert.equal(await run("sysext.buildImage"), undefined);
  assert.deepEqual(editor.messages("error"), ['"demo/usr/file-2" could not be saved, so no image was built.']);
  assert.equal(existsSync(image), true);
});

test("an image that is open is let go before it is built anew, and shows its new content", async (t) => {
  const { tree, image, folder } = makeTree(t);
  const { run, api } = await openWindow(t, treeAnswers(tree));
  const uri = Uri.file(image);
  await run("sysext.buildImage");
  const names = () => api.store.use(uri, async ({ tree: files }) => (await files.list("usr")).length);
  assert.equal(await names(), 3);
  writeFileSync(path.join(folder, "demo/usr/file-3"), "");
  const release = t.mock.method(api.store, "release");
  await run("sysext.buildImage");
  assert.deepEqual(
    release.mock.calls.map(({ arguments: [released] }) => released.toString()),
    [uri.toString()],
  );
  assert.equal(await names(), 4);
});

test("a build is told of although nobody knows what hosts make of it", async (t) => {
  const { tree } = makeTree(t);
  const answers = treeAnswers(tree);
  const { run } = await openWindow(t, { "sysext/listTrees": answers["sysext/listTrees"] });
  assert.ok(await run("sysext.buildImage"));
  assert.doesNotMatch(editor.messages("information")[0] ?? "", /erges/);
});
