// What commands about trees, units and hosts do with what menus, lenses and keys hand over.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import {
  openWindow,
  treeAnswers,
  treeDescription,
  treeState,
  treeVerdict,
} from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { textDocument } from "../../../test/support/fake-vscode/workspace.ts";

const { Uri, workspace } = await import("vscode");
const { imageUri } = await import("../images/image-uri.ts");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

const [demo, other] = [treeDescription("demo"), treeDescription("other")];
const releaseFile = "file:///w/demo/usr/lib/extension-release.d/extension-release.demo";
const shownFiles = (): string[] => editor.openedDocuments.map(({ target }) => String(target));

test("a tree is that of the argument, the node, the active editor, the only one, or the user's choice", async (t) => {
  const { run, api } = await openWindow(t, treeAnswers(demo, other));
  const open = async (...args: unknown[]): Promise<string | undefined> => {
    editor.openedDocuments.length = 0;
    await run("sysext.openReleaseFile", ...args);
    return shownFiles()[0];
  };
  assert.equal(await open(Uri.file("/w/demo/usr/bin/x")), releaseFile);
  assert.equal(await open({ kind: "fact", tree: demo.uri, fact: "release" }), releaseFile);
  editor.activeDocument = textDocument(Uri.file("/w/demo/a"), "");
  assert.equal(await open(), releaseFile);
  // A file that is no file of a disk is in no tree, whatever the server says.
  editor.activeDocument = textDocument(Uri.parse("other:/w/demo/a"), "");
  const asked = t.mock.method(api.analysis, "describeTree");
  editor.answer((items: readonly unknown[]) => items[1]);
  assert.match((await open()) ?? "", /extension-release\.other$/);
  assert.deepEqual([editor.shown[0]?.text, editor.shown[0]?.items], ["Which extension?", ["demo", "other"]]);
  assert.equal(asked.mock.callCount(), 0);
  assert.equal(await open(), undefined, "Escape");
  await run("sysext.openReleaseFile", Uri.file("/w/elsewhere"));
  assert.deepEqual(editor.messages("error"), [
    '"elsewhere" is not in an extension tree; a tree has a release file in usr/lib/extension-release.d.',
  ]);
});

test("the only tree is taken without asking, and without a tree that is said", async (t) => {
  const { run } = await openWindow(t, treeAnswers(demo));
  await run("sysext.openReleaseFile");
  assert.deepEqual(shownFiles(), [releaseFile]);
  editor.reset();
  const empty = await openWindow(t, treeAnswers());
  await empty.run("sysext.openReleaseFile");
  assert.match(editor.messages("error")[0] ?? "", /^There is no extension tree here/);
});

test("a tree without a release file has none to open", async (t) => {
  const { run } = await openWindow(t, treeAnswers(treeDescription("demo", { releaseFiles: [] })));
  await run("sysext.openReleaseFile");
  assert.deepEqual([editor.messages("error"), shownFiles()], [['"demo" has no release file yet.'], []]);
});

test("a new unit has a valid name, is never written over, and is completed at once", async (t) => {
  const { run } = await openWindow(t, treeAnswers(demo));
  let check: (text: string) => unknown = () => undefined;
  editor.answer((_items: unknown, { options }: { options: { validateInput: typeof check } }) => {
    check = options.validateInput;
    return "demo.service";
  });
  const file = await run("sysext.newUnit");
  assert.equal(String(file), "file:///w/demo/usr/lib/systemd/system/demo.service");
  assert.deepEqual([...editor.files.keys()], [String(file)]);
  assert.deepEqual([shownFiles(), editor.executedNames.at(-1)], [[String(file)], "editor.action.triggerSuggest"]);
  for (const right of ["a.service", "a@.socket", "a@x.timer", "a\\x2d.mount"])
    assert.equal(check(right), undefined, right);
  for (const wrong of ["a", "a.conf", "a/b.service", ".service", "a b.service", "a.service ", "a@b@c.service"]) {
    assert.equal(typeof check(wrong), "string", wrong);
  }
  editor.write(String(file), "[Unit]\n");
  editor.answer("demo.service", undefined);
  await run("sysext.newUnit");
  assert.deepEqual(editor.messages("error"), ['"demo.service" already exists.']);
  assert.equal(new TextDecoder().decode(editor.files.get(String(file))?.bytes), "[Unit]\n");
  assert.equal(await run("sysext.newUnit"), undefined);
});

test("hosts are chosen for the workspace, or for the user where there is no workspace", async (t) => {
  const hosts = [
    { name: "debian-13", title: "Debian 13", systemd: 257, known: "2025-11-20" },
    { name: "arch", title: "Arch" },
  ];
  editor.set("sysext.hosts", ["arch", "hosts/mine"]);
  const { run } = await openWindow(t, { ...treeAnswers(), "sysext/listHosts": hosts });
  editor.answer((items: readonly { picked: boolean }[]) => items.filter(({ picked }) => picked));
  await run("sysext.chooseHosts");
  assert.deepEqual(editor.settings.get("sysext.hosts"), ["arch", "hosts/mine"]);
  assert.deepEqual(editor.shown[0]?.items, ["This machine", "Debian 13", "Arch", "hosts/mine"]);
  editor.answer((items: readonly unknown[]) => items.slice(0, 2), undefined);
  await run("sysext.chooseHosts");
  assert.deepEqual(editor.settings.get("sysext.hosts"), ["this-machine", "debian-13"]);
  await run("sysext.chooseHosts");
  assert.deepEqual(editor.settings.get("sysext.hosts"), ["this-machine", "debian-13"], "Escape keeps them");
  assert.deepEqual(editor.messages(), []);
  editor.answer((items: readonly unknown[]) => items[1]);
  await run("sysext.chooseMergeHost");
  assert.deepEqual(editor.shown.at(-1)?.text, "On which host are the extensions merged?");
});

test("the status of the language says which systemd and hosts count, and follows the settings", async (t) => {
  await openWindow(t, treeAnswers());
  const [item] = editor.statusItems;
  assert.deepEqual([item?.text, item?.detail], ["newest systemd", "no hosts chosen"]);
  editor.set("sysext.targetSystemd", 252);
  editor.set("sysext.hosts", ["debian-13", "arch"]);
  assert.deepEqual([item?.text, item?.detail], ["systemd 252", "debian-13, arch"]);
  editor.settings.set("sysext.targetSystemd", null);
  editor.set("editor.fontSize", 12);
  assert.equal(item?.text, "systemd 252", "other settings are no reason to look");
});

test("an effective unit is that of a URI, a text, or the active editor, and others are told what to open", async (t) => {
  const unit = { name: "a.service", text: "[Unit]\n", lines: [] };
  const { run } = await openWindow(t, {
    ...treeAnswers(),
    "sysext/effectiveUnit": ({ uri }: { uri: string }) => (uri.endsWith(".service") ? unit : null),
  });
  await run("sysext.showEffectiveUnit");
  assert.match(editor.messages("information")[0] ?? "", /^No unit is open/);
  await run("sysext.showEffectiveUnit", Uri.file("/w/a.txt"));
  assert.match(editor.messages("information")[1] ?? "", /^"a\.txt" is neither a unit file nor a drop-in/);
  for (const argument of [Uri.file("/w/a.service"), "file:///w/a.service"]) {
    await run("sysext.showEffectiveUnit", argument);
  }
  editor.activeDocument = textDocument(Uri.file("/w/b.service"), "");
  await run("sysext.showEffectiveUnit");
  editor.activeDocument = editor.documents.at(-1);
  await run("sysext.showEffectiveUnit");
  assert.deepEqual(
    editor.documents.map(({ uri, languageId }) => [uri.path, uri.query, languageId]),
    ["a", "a", "b", "b"].map((name) => ["/a.service (effective)", `file:///w/${name}.service`, "sysext-unit"]),
  );
});

test("verdicts and update plans are for what a lens, a node or the active editor names", async (t) => {
  const { run } = await openWindow(t, treeAnswers(demo));
  await run("sysext.showVerdicts", demo.uri);
  await run("sysext.showVerdicts", { kind: "host", tree: demo.uri, host: "arch" });
  await run("sysext.showVerdicts");
  assert.deepEqual(
    editor.panels.map(({ viewType }) => viewType),
    ["sysext.verdicts"],
  );
  assert.equal(editor.panels[0]?.revealed, 2);
  await run("sysext.showVerdicts", "file:///w/gone");
  assert.deepEqual(editor.messages("error"), ['"/w/gone" is no longer an extension tree.']);
});

test("an update plan needs a transfer", async (t) => {
  const { run } = await openWindow(t, { ...treeAnswers(), "sysext/planUpdate": null });
  await run("sysext.showUpdatePlan");
  await run("sysext.showUpdatePlan", "file:///w/a.txt");
  assert.match(editor.messages("error")[0] ?? "", /^No transfer is open/);
  assert.match(editor.messages("error")[1] ?? "", /^"a\.txt" is not a systemd-sysupdate transfer/);
});

test("two images or trees are compared: those selected, or what is asked for", async (t) => {
  const image = Uri.file("/w/a.raw");
  editor.write(image, await buildInMemory({ "usr/file": "" }));
  editor.write("file:///w/demo/usr/x", "");
  editor.write("file:///w/nothing/x", "");
  const { run } = await openWindow(t, treeAnswers(demo));
  const node = { kind: "image", image: image.toString() };
  const tree = { kind: "tree", tree: demo.uri };
  await run("sysext.compareImages", node, [node, tree, { kind: "image", image: "file:///w/b.raw" }]);
  assert.deepEqual(editor.messages("error"), ["3 items are selected; select two to compare."]);
  await run("sysext.compareImages", Uri.file("/w/nothing"));
  assert.match(editor.messages("error")[1] ?? "", /^"nothing" is neither an image nor an extension tree/);
  editor.answer(undefined);
  await run("sysext.compareImages", node, [node, node]);
  assert.deepEqual([editor.shown.at(-1)?.text, editor.shown.at(-1)?.items], ["Compare a.raw with?", ["demo (source)"]]);
  editor.answer(undefined);
  await run("sysext.compareImages");
  assert.deepEqual(editor.shown.at(-1)?.items, ["a.raw", "demo (source)"]);
  assert.equal(editor.panels.length, 0);
});

test("there is nothing to compare with in an empty workspace", async (t) => {
  const { run } = await openWindow(t, treeAnswers());
  await run("sysext.compareImages");
  assert.match(editor.messages("error")[0] ?? "", /^Nothing to compare with/);
});

test("a tree is compared with its build only when there is one", async (t) => {
  const { run } = await openWindow(t, treeAnswers(demo));
  await run("sysext.compareWithBuild", Uri.file("/w/demo"));
  assert.deepEqual(editor.messages("error"), ['"demo" is not built yet; build its image first.']);
});

test("a file of an image is beside that of its extension's tree", async (t) => {
  const image = Uri.parse("memory:/v/some-1.2.raw");
  editor.write(
    image,
    await buildInMemory({
      "usr/file": "",
      "usr/gone": "",
      "usr/lib/extension-release.d/extension-release.other": "ID=_any\n",
    }),
  );
  editor.write("file:///w/other/usr/file", "");
  editor.write("file:///w/demo/usr/file", "");
  const { run } = await openWindow(t, treeAnswers(demo, other));
  await run("sysext.compareWithSource", imageUri(image, "usr/file"));
  assert.deepEqual(editor.executed.at(-1)?.args.map(String), [
    ...["file:///w/other/usr/file", imageUri(image, "usr/file").toString(), "file (tree other ↔ some-1.2.raw)"],
  ]);
  await run("sysext.compareWithSource", imageUri(image, "usr/gone"));
  assert.match(editor.messages("error")[0] ?? "", /^The tree "other" has no file "\/usr\/gone"/);
  const unknown = Uri.parse("memory:/v/unknown.raw");
  editor.write(unknown, await buildInMemory({ "usr/file": "" }));
  editor.answer((items: readonly unknown[]) => items[0]);
  await run("sysext.compareWithSource", imageUri(unknown, "usr/file"));
  assert.deepEqual(editor.shown.at(-1)?.items, ["demo", "other"]);
  assert.equal(String(editor.executed.at(-1)?.args[0]), "file:///w/demo/usr/file");
  editor.write(
    unknown,
    await buildInMemory({
      "usr/file": "",
      "usr/lib/extension-release.d/extension-release.demo": "",
      "usr/lib/extension-release.d/extension-release.other": "",
    }),
  );
  editor.answer((items: readonly unknown[]) => items[1]);
  await run("sysext.compareWithSource", imageUri(unknown, "usr/file"));
  assert.equal(String(editor.executed.at(-1)?.args[0]), "file:///w/other/usr/file", "several could be it");
});

test("a file of an image is revealed in the merge that has it", async (t) => {
  const entry = {
    name: "file",
    path: "usr/file",
    type: "file",
    uri: "file:///w/demo/usr/file",
    layer: "demo",
    hides: [],
  };
  const { run, mergedTree } = await openWindow(t, {
    ...treeAnswers(),
    "sysext/listMerged": ({ folder }: { folder: string }) => ({
      ...{ entries: folder === "usr" ? [entry] : [], layers: [], leftOut: [] },
    }),
  });
  const image = Uri.parse("memory:/w/a.raw");
  await run("sysext.revealInMerged", imageUri(image, "usr/file"));
  assert.deepEqual(mergedTree.revealed, [{ kind: "entry", entry }]);
  await run("sysext.revealInMerged", imageUri(image, "usr/none"));
  assert.match(editor.messages("error")[0] ?? "", /^"\/usr\/none" is not in the Merged view/);
});

test("a command that fails says so in a sentence, with the cause in the log", async (t) => {
  const { run } = await openWindow(t, {
    ...treeAnswers(),
    "sysext/describeTree": () => {
      throw new Error("the server has a fault.");
    },
  });
  editor.answer("Show Log");
  assert.equal(await run("sysext.openReleaseFile", Uri.file("/w/demo")), undefined);
  assert.match(editor.messages("error")[0] ?? "", /^"Open Release File" failed: the server has a fault\.$/);
  assert.ok(editor.log.some(({ level, text }) => level === "error" && text === "Error: the server has a fault."));
  assert.equal(editor.log.at(-1)?.level, "shown");
});

test("verdicts of the tree are counted in the Extensions view's words", async () => {
  const { verdictCount, findingCount, verdictWord } = await import("../views/extension-words.ts");
  const rejected = treeVerdict("b", { verdict: "reject" });
  assert.equal(verdictCount([treeVerdict("a"), rejected]), "merges on 1 of 2 hosts");
  assert.equal(verdictCount([treeVerdict("a"), treeVerdict("b")]), "merges on all 2 hosts");
  assert.equal(verdictCount([treeVerdict("a")]), "merges on Host a");
  assert.equal(verdictWord(rejected), "ignored");
  const findings = { error: 1, warning: 2, info: 1, hint: 3 };
  assert.equal(findingCount(treeState("x", { findings })), "1 error, 2 warnings, 1 note, 3 hints");
  assert.equal(findingCount(treeState("x")), undefined);
});
