// The input of "Find in Image…" searches while somebody types, with its options, and opens the place that is chosen.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { eventually, openWindow } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import type { FakeQuickPick } from "../../../test/support/fake-vscode/inputs.ts";

const { Range, Uri, workspace } = await import("vscode");
const { imageUri } = await import("../images/image-uri.ts");

const image = Uri.parse("memory:/w/a.raw");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.parse("memory:/w") });
});

const files = {
  "usr/lib/one.conf": "first line\n  needle here\n",
  "usr/lib/needle": "nothing of it\n",
  "usr/lib/two.conf": "Needles and more\n",
  "usr/bin/tool": Buffer.concat([Buffer.from([0, 1, 2, 0]), Buffer.from("needle")]),
  "usr/icons $(zap)": "zap",
};

async function start(t: TestContext) {
  editor.write(image, await buildInMemory(files));
  const window = await openWindow(t);
  const done = window.run("sysext.findInImage", image);
  const pick = await eventually(() => editor.quickPicks[0]);
  return { ...window, done, pick };
}

/** Types, and waits for the end of the search. */
async function search(pick: FakeQuickPick, text: string): Promise<string[]> {
  pick.type(text);
  pick.title = "";
  await eventually(() => !pick.busy && / · /.test(pick.title));
  return pick.labels;
}

test("contents are found, with their place, and one is opened with its match selected", async (t) => {
  const { pick, done } = await start(t);
  assert.equal(pick.placeholder, "Text to find");
  const labels = await search(pick, "needle");
  assert.deepEqual(labels.slice(0, 2), ["needle here", "Needles and more"]);
  assert.match(labels[2] ?? "", /^\$\(info\) 1 binary files/);
  assert.equal(pick.items[0]?.description, "one.conf:2 · /usr/lib");
  assert.equal(pick.title, "Find in a.raw: contents · 2 found");
  pick.accept(...pick.items.slice(0, 1));
  await done;
  assert.deepEqual(
    [String(editor.openedDocuments[0]?.target), editor.openedDocuments[0]?.options],
    [imageUri(image, "usr/lib/one.conf").toString(), { selection: new Range(1, 2, 1, 8) }],
  );
  assert.equal(pick.visible, false);
});

test("options are buttons and keys, and each searches anew", async (t) => {
  const { pick, run, done } = await start(t);
  await search(pick, "needle");
  const turned = async (turn: () => unknown): Promise<string[]> => {
    pick.title = "";
    turn();
    await eventually(() => !pick.busy && / · /.test(pick.title));
    return pick.labels;
  };
  const ofContents = await turned(() => run("sysext.toggleFindOption", "wholeWord"));
  assert.equal(ofContents[0], "needle here");
  assert.match(ofContents[1] ?? "", /^\$\(info\)/);
  await turned(() => run("sysext.toggleFindOption", "wholeWord"));
  await turned(() => pick.press(1));
  assert.match(pick.title, /match case/);
  assert.equal(pick.labels[0], "needle here");
  assert.match(pick.labels[1] ?? "", /^\$\(info\)/);
  await turned(() => pick.press(1));
  assert.deepEqual(await turned(() => pick.press(0)), ["needle"]);
  assert.match(pick.title, /^Find in a\.raw: names/);
  await turned(() => pick.press(0));
  await turned(() => run("sysext.toggleFindOption", "regex"));
  pick.type("(");
  await eventually(() => /^\$\(info\) Invalid regular expression: .*\.$/.test(pick.labels[0] ?? ""));
  await run("sysext.toggleFindOption", "nonsense");
  pick.hide();
  await done;
  assert.equal(editor.openedDocuments.length, 0);
});

test("binary files are searched on request, and a place in one is shown as bytes", async (t) => {
  const { pick, done } = await start(t);
  await search(pick, "needle");
  pick.title = "";
  pick.accept(...pick.items.slice(-1));
  await eventually(() => !pick.busy && pick.labels.length === 3 && / · /.test(pick.title));
  assert.match(pick.title, /binary and large files too/);
  pick.press(0);
  assert.equal(pick.title, "Find in a.raw: names", "names are no files to pass over");
  pick.press(0);
  await eventually(() => !pick.busy && pick.labels.length === 3);
  const binary = pick.items.find(({ description = "" }) => description.startsWith("tool:0x4"));
  assert.ok(binary, pick.items.map(({ description }) => description).join());
  pick.accept(binary);
  await done;
  assert.match(String(editor.openedDocuments[0]?.target), /^sysext-hex:.*#1$/);
});

test("nothing is said plainly, and names do not become icons", async (t) => {
  const { pick, done, run } = await start(t);
  const none = await search(pick, "nowhere");
  assert.equal(none[0], '$(info) No results for "nowhere".');
  await run("sysext.toggleFindOption", "where");
  const [icons = ""] = await search(pick, "zap");
  assert.ok(icons.includes("icons") && !icons.includes(" $(zap)"), icons);
  pick.accept(...pick.items.slice(0, 1));
  await done;
  assert.equal(editor.executedNames.at(-1), "vscode.open");
});

test("keys know while the input is there, and the last query comes again", async (t) => {
  const { pick, done, run } = await start(t);
  const contexts = () =>
    editor.executed.filter(({ args }) => args[0] === "sysext.findingInImage").map(({ args }) => args[1]);
  assert.deepEqual(contexts(), [true]);
  await search(pick, "needle");
  pick.hide();
  await done;
  assert.deepEqual(contexts(), [true, false]);
  const again = run("sysext.findInImage", image);
  const second = await eventually(() => editor.quickPicks[1]);
  assert.equal(second.value, "needle");
  second.hide();
  await again;
});

test("without an argument the only image is searched, else one is chosen", async (t) => {
  const { pick, done, run } = await start(t);
  pick.hide();
  await done;
  const only = run("sysext.findInImage");
  (await eventually(() => editor.quickPicks[1])).hide();
  await only;
  editor.write("memory:/w/b.raw", "");
  await run("sysext.refreshImages");
  editor.answer(undefined);
  await run("sysext.findInImage");
  assert.deepEqual([editor.shown.at(-1)?.text, editor.shown.at(-1)?.items], ["Find in Image", ["a.raw", "b.raw"]]);
  assert.equal(editor.quickPicks.length, 2);
  editor.files.clear();
  await run("sysext.refreshImages");
  await run("sysext.findInImage");
  assert.match(editor.messages("error")[0] ?? "", /^There is no image in the Images view/);
});
