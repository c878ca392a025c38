// What commands about images and their files do with what menus, keys and other extensions hand over.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, type TestContext, test } from "node:test";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { openWindow, type ServerAnswers } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { textDocument } from "../../../test/support/fake-vscode/workspace.ts";
import { tempFolder } from "../../../test/support/tools.ts";
import type { ImagesNode } from "../views/images-node.ts";

const { Selection, TabInputText, Uri, workspace, ViewColumn } = await import("vscode");
const { imageUri } = await import("../images/image-uri.ts");
const { hexUri } = await import("../hex/hex-uri.ts");

const id = "memory:/w/a.raw";
const image = Uri.parse(id);
const entry = (inside: string, type: "file" | "symlink" | "directory" = "file"): ImagesNode => ({
  ...{ kind: "entry", image: id, path: inside, type },
});

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.parse("memory:/w") });
});

async function start(t: TestContext, answers: ServerAnswers = {}) {
  editor.write(
    image,
    await buildInMemory({
      "usr/file": "some text\nand more\n",
      "usr/other": "x",
      "usr/lib/deep": "deep",
      "usr/link": { target: "lib/deep" },
      "usr/broken": { target: "/etc/nowhere" },
    }),
  );
  return await openWindow(t, answers);
}

const opened = (): string[] =>
  editor.executed.filter(({ command }) => command === "vscode.open").map(({ args }) => String(args[0]));
const openedAs = (inside: string): string => imageUri(image, inside).toString();

test("every command that needs an image says so when there is none", async (t) => {
  const { run } = await start(t);
  for (const command of [
    "browseImage",
    "openOverview",
    "copyImagePath",
    "revealImage",
    "closeImage",
    "addImageFolder",
  ]) {
    editor.shown.length = 0;
    await run(`sysext.${command}`);
    assert.deepEqual(editor.messages("error"), ["No image is selected; select one in the Images view first."], command);
    assert.deepEqual(editor.shown[0]?.items, ["Show Log"]);
  }
  for (const command of [
    "openEntry",
    "openToSide",
    "copyPathInImage",
    "showHex",
    "compareWithSource",
    "revealInMerged",
  ]) {
    editor.shown.length = 0;
    await run(`sysext.${command}`, image);
    assert.deepEqual(editor.messages("error"), ["No file of an image is selected in the Images view."], command);
  }
  for (const args of [[], [entry("usr/file")], [image], ["text"]]) {
    editor.shown.length = 0;
    await run("sysext.openTarget", ...args);
    assert.deepEqual(editor.messages("error"), ["No symlink is selected in the Images view."]);
  }
});

test("an image is named by a node, its URI, a file inside it, or the selection", async (t) => {
  const { run, imagesTree } = await start(t);
  const copied = async (...args: unknown[]): Promise<string> => {
    editor.clipboard = "";
    await run("sysext.copyImagePath", ...args);
    return editor.clipboard;
  };
  assert.equal(await copied({ kind: "image", image: id }), id);
  assert.equal(await copied({ kind: "partition", image: `${id}#partition=2` }), id);
  assert.equal(await copied(imageUri(image, "usr/file")), id);
  assert.equal(await copied(Uri.file("/v/b.raw")), "/v/b.raw");
  imagesTree.selection = [entry("usr/file")];
  assert.equal(await copied(), id);
  assert.equal(await copied("what is this"), "", "an odd argument is not the selection");
  assert.equal(editor.messages("error").length, 1);
});

test("paths inside images are copied, one a line, with all that is selected", async (t) => {
  const { run } = await start(t);
  await run("sysext.copyPathInImage", entry("usr/file"));
  assert.equal(editor.clipboard, "/usr/file");
  await run("sysext.copyPathInImage", entry("usr/file"), [
    entry("usr/file"),
    entry("caf\udce9"),
    { kind: "image", image: id },
  ]);
  assert.equal(editor.clipboard, "/usr/file\n/caf%E9");
});

test("files open as a preview when there is one, and to the side", async (t) => {
  const { run } = await start(t);
  await run("sysext.openEntry", entry("usr/file"));
  assert.deepEqual(editor.executed.at(-1)?.args.slice(1), [{ preview: true }]);
  await run("sysext.openEntry", entry("usr/file"), [entry("usr/file"), entry("usr/link", "symlink")]);
  assert.deepEqual(opened(), [openedAs("usr/file"), openedAs("usr/file"), openedAs("usr/lib/deep")]);
  assert.deepEqual(editor.executed.at(-1)?.args.slice(1), [{ preview: false }]);
  await run("sysext.openToSide", entry("usr/file"), [entry("usr/file"), entry("usr/other")]);
  assert.deepEqual(
    editor.executed.slice(-2).map(({ args }) => args[1]),
    [{ preview: false, viewColumn: ViewColumn.Beside }, { preview: false }],
  );
  await run("sysext.openEntry", entry("usr/lib", "directory"));
  assert.match(editor.messages("error")[0] ?? "", /^"\/usr\/lib" is not a file in this image/);
});

test("the file that is open counts where nothing is selected in a view that is seen", async (t) => {
  const { run, imagesTree } = await start(t);
  editor.activeTab = new TabInputText(imageUri(image, "usr/file"));
  await run("sysext.copyPathInImage");
  assert.equal(editor.clipboard, "/usr/file");
  editor.activeTab = new TabInputText(hexUri({ file: imageUri(image, "usr/other"), page: 0 }));
  await run("sysext.copyPathInImage");
  assert.equal(editor.clipboard, "/usr/other");
  imagesTree.selection = [entry("usr/lib/deep")];
  await run("sysext.copyPathInImage");
  assert.equal(editor.clipboard, "/usr/lib/deep");
  imagesTree.visible = false;
  await run("sysext.copyPathInImage");
  assert.equal(editor.clipboard, "/usr/other");
  editor.activeTab = undefined;
  editor.activeDocument = textDocument(Uri.file("/w/plain"), "");
  await run("sysext.copyPathInImage");
  assert.equal(editor.messages("error").length, 1);
});

test("a symlink leads to a file, a folder or nowhere", async (t) => {
  const { run, imagesTree } = await start(t);
  await run("sysext.openTarget", entry("usr/link", "symlink"));
  assert.deepEqual(opened(), [openedAs("usr/lib/deep")]);
  await run("sysext.openTarget", entry("usr/broken", "symlink"));
  assert.match(editor.messages("error")[0] ?? "", /^The symlink "broken" points to "\/etc\/nowhere", which is not in/);
  assert.deepEqual(imagesTree.revealed, []);
});

test("opening an image lists it and shows it in the view", async (t) => {
  const { run, imagesTree, api } = await start(t);
  const other = Uri.parse("memory:/v/b.raw");
  editor.write(other, await buildInMemory({ "usr/b": "" }));
  await run("sysext.openImage", other);
  assert.deepEqual(
    (await api.images.list()).map(({ uri }) => uri.path),
    ["/v/b.raw", "/w/a.raw"],
  );
  assert.deepEqual(imagesTree.revealed, [{ kind: "image", image: other.toString() }]);
  editor.answer([image], undefined);
  await run("sysext.openImage");
  assert.deepEqual(imagesTree.revealed.at(-1), { kind: "image", image: id });
  assert.deepEqual(
    editor.shown.map(({ kind, text }) => [kind, text]),
    [["openDialog", "Open Image"]],
  );
  await run("sysext.openImage");
  assert.equal(imagesTree.revealed.length, 2, "nothing was chosen");
  await run("sysext.closeImage", { kind: "image", image: other.toString() });
  assert.equal((await api.images.list()).length, 1);
});

test("what is revealed ends the filter that would hide it", async (t) => {
  const { run, api } = await start(t);
  await api.imagesView.filter.set("deep");
  await run("sysext.browseImage", image);
  assert.equal(api.imagesView.filter.text, "");
});

test("the view is filtered by an argument, or while somebody types", async (t) => {
  const { run, api } = await start(t);
  const { filter } = api.imagesView;
  await run("sysext.filterImages", "file");
  assert.equal(filter.text, "file");
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asking = run("sysext.filterImages");
  const input = editor.quickPicks[0];
  assert.ok(input);
  assert.equal(input.value, "file");
  input.type("deep");
  assert.equal(filter.text, "file");
  t.mock.timers.tick(1000);
  assert.equal(filter.text, "deep");
  input.hide();
  await asking;
  assert.equal(filter.text, "file", "Escape goes back");
  const again = run("sysext.filterImages");
  editor.quickPicks[1]?.type("other");
  editor.quickPicks[1]?.accept();
  await again;
  assert.equal(filter.text, "other");
  await run("sysext.clearImagesFilter");
  assert.equal(filter.text, "");
});

test("sorting commands set the order, those with a check as well", async (t) => {
  const { run, api } = await start(t);
  for (const [command, order] of [
    ["sortImagesBySize", "size"],
    ["sortImagesByStoredSize", "stored"],
    ["sortImagesByType", "type"],
    ["sortImagesByTime", "time"],
    ["sortedImagesByTime", "time"],
    ["sortImagesByName", "name"],
  ]) {
    await run(`sysext.${command}`);
    assert.equal(api.imagesView.order.current, order, command);
  }
});

test("refreshing reads all images anew", async (t) => {
  const { run, api } = await start(t);
  await api.store.use(image, async () => undefined);
  await run("sysext.refreshImages");
  assert.equal(api.store.isOpen(image), false);
});

test("an overview opens in the editor for it, of a partition that of its disk", async (t) => {
  const { run } = await start(t);
  await run("sysext.openOverview", { kind: "partition", image: `${id}#partition=1` });
  await run("sysext.openOverview", Uri.file("/w/b.raw.zst"));
  assert.deepEqual(
    editor.executed.filter(({ command }) => command === "vscode.openWith").map(({ args }) => args.map(String)),
    [
      [id, "sysext.imageOverview"],
      ["file:///w/b.raw.zst", "sysext.packedImageOverview"],
    ],
  );
});

test("an image is shown where its machine shows files", async (t) => {
  const { run } = await start(t);
  const shown = async (file: string) => {
    editor.executed.length = 0;
    editor.shown.length = 0;
    await run("sysext.revealImage", Uri.parse(file));
    return editor.executed.find(({ command }) => command.startsWith("reveal"))?.command ?? editor.messages("error")[0];
  };
  assert.equal(await shown("file:///v/b.raw"), "revealFileInOS");
  assert.equal(await shown(id), "revealInExplorer");
  editor.remoteName = "ssh";
  assert.match((await shown("file:///v/b.raw")) ?? "", /outside the folders of this window/);
  editor.remoteName = undefined;
  editor.appHost = "web";
  assert.match((await shown("file:///v/b.raw")) ?? "", /outside the folders of this window/);
});

test("an image becomes a folder of the workspace once, when it can be opened", async (t) => {
  const { run } = await start(t);
  await run("sysext.addImageFolder", image);
  await run("sysext.addImageFolder", image);
  assert.deepEqual(editor.folders.map(({ uri, name }) => [uri.toString(), name]).slice(1), [[openedAs(""), "a.raw"]]);
  editor.write("memory:/w/bad.raw", "nothing");
  await run("sysext.addImageFolder", Uri.parse("memory:/w/bad.raw"));
  assert.match(editor.messages("error")[0] ?? "", /it is a text file/);
  assert.equal(editor.folders.length, 2);
});

test("bytes are shown by Microsoft's editor where it is installed, else on our pages", async (t) => {
  const { run } = await start(t);
  await run("sysext.showHex", entry("usr/file"));
  assert.match(String(editor.openedDocuments[0]?.target), /^sysext-hex:.*#1$/);
  await run("sysext.showHex", entry("usr/lib", "directory"));
  assert.match(editor.messages("error")[0] ?? "", /not a regular file/);
  editor.extensions.add("ms-vscode.hexeditor");
  await run("sysext.showHex", entry("usr/file"));
  assert.deepEqual(editor.executed.at(-1)?.args.map(String), [openedAs("usr/file"), "hexEditor.hexedit"]);
});

test("pages of bytes turn within the file, and an offset has its line selected", async (t) => {
  const { run } = await start(t);
  editor.write(image, await buildInMemory({ "usr/file": "x".repeat(200_000) }));
  const at = (page: number) => {
    editor.activeDocument = textDocument(hexUri({ file: imageUri(image, "usr/file"), page }), "");
  };
  const shown = (): string => String(editor.openedDocuments.at(-1)?.target).replace(/.*#/, "");
  at(0);
  await run("sysext.hexNextPage");
  assert.equal(shown(), "2");
  await run("sysext.hexPreviousPage");
  assert.equal(shown(), "1");
  at(3);
  await run("sysext.hexNextPage");
  assert.equal(shown(), "4");
  await run("sysext.hexGoToOffset", 65536 + 33);
  assert.equal(shown(), "2");
  assert.deepEqual(editor.editors.at(-1)?.selection, new Selection(5, 0, 6, 0));
  assert.equal(editor.editors.at(-1)?.revealed.length, 1);
  await run("sysext.hexGoToOffset", "0x30d40");
  assert.match(editor.messages("error")[0] ?? "", /less than 200000/);
  editor.answer("0x10", undefined);
  await run("sysext.hexGoToOffset");
  assert.equal(shown(), "1");
  const count = editor.openedDocuments.length;
  await run("sysext.hexGoToOffset");
  assert.equal(editor.openedDocuments.length, count, "nothing was typed");
  editor.activeDocument = undefined;
  await run("sysext.hexNextPage");
  assert.match(editor.messages("error")[1] ?? "", /does not show a file in hexadecimal/);
});

test("files are extracted to a folder of this machine, and what is there is replaced only on request", async (t) => {
  const { run } = await start(t);
  const folder = tempFolder(t);
  const target = Uri.file(folder);
  await run("sysext.extractFromImage", entry("usr/lib/deep"), [entry("usr/lib/deep"), entry("usr/file")], target);
  assert.equal(readFileSync(path.join(folder, "lib/deep"), "utf8"), "deep");
  assert.match(editor.messages("information")[0] ?? "", /^Extracted 2 files and .* to "/);
  editor.answer("Keep");
  await run("sysext.extractFromImage", entry("usr/file"), undefined, target);
  assert.equal(editor.messages("warning")[0], '"file" already exists. Replace it?');
  assert.match(editor.messages("warning")[1] ?? "", /1 was left out\.$/);
  editor.write(image, await buildInMemory({ "usr/file": "newer" }));
  editor.answer("Replace");
  await run("sysext.extractFromImage", entry("usr/file"), undefined, target);
  assert.equal(readFileSync(path.join(folder, "file"), "utf8"), "newer");
});

test("nothing is extracted without a selection, a folder, or to another machine", async (t) => {
  const { run } = await start(t);
  await run("sysext.extractFromImage");
  assert.deepEqual(editor.messages("error"), ["Nothing is selected in the Images view; select what to extract first."]);
  await run("sysext.extractFromImage", entry("usr/file"), undefined, Uri.parse("memory:/v"));
  assert.match(editor.messages("error")[1] ?? "", /only to folders on this machine's disks/);
  editor.answer(undefined);
  assert.equal(await run("sysext.extractFromImage", entry("usr/file")), undefined);
  assert.deepEqual(editor.shown.at(-1)?.text, "Extract file To");
  assert.equal(editor.progress.length, 0);
});

test("files of several images come to folders of the images' names", async (t) => {
  const { run } = await start(t);
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "out"));
  const other = "memory:/v/a.raw";
  editor.write(other, await buildInMemory({ "usr/file": "other" }));
  const both = [entry("usr/file"), { ...entry("usr/file"), image: other }];
  await run("sysext.extractFromImage", both[0], both, Uri.file(path.join(folder, "out")));
  assert.equal(readFileSync(path.join(folder, "out/a/file"), "utf8"), "some text\nand more\n");
  assert.equal(readFileSync(path.join(folder, "out/a-2/file"), "utf8"), "other");
});
