// The editor of overviews: an image is read when somebody looks at it, and again when its file or the hosts change.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { CustomReadonlyEditorProvider, Uri as EditorUri } from "vscode";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { FakeWebviewPanel } from "../../../test/support/fake-vscode/inputs.ts";
import { touch } from "../../../test/support/fake-vscode/workspace.ts";

const { CancellationTokenSource, EventEmitter, Uri, window } = await import("vscode");
const { createImageStore } = await import("../images/image-store.ts");
const { createOverviewEditor } = await import("./overview-editor.ts");

beforeEach(() => editor.reset());

const bytes = await buildInMemory({ "usr/a": "x" });
const image = Uri.parse("memfs:/w/a[1].raw");

function start(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  editor.write(image, bytes);
  const listed = new EventEmitter<string | undefined>();
  const asked: string[] = [];
  const analysis = {
    async imageReport(uri: EditorUri): Promise<null> {
      asked.push(uri.toString());
      return null;
    },
  };
  const host = { extension: Uri.file("/extension"), log: window.createOutputChannel("test", { log: true }) };
  const images = { onDidChange: listed.event };
  const overviews = createOverviewEditor(host, { analysis, store: createImageStore(), images });
  const [provider] = [...editor.customEditors.values()] as CustomReadonlyEditorProvider[];
  assert.ok(provider);
  const open = async (uri: EditorUri, visible = true): Promise<FakeWebviewPanel> => {
    const panel = new FakeWebviewPanel("sysext.imageOverview", "a[1].raw");
    panel.visible = visible;
    const { token } = new CancellationTokenSource();
    await provider.resolveCustomEditor({ uri, dispose: () => undefined }, panel, token);
    return panel;
  };
  return { overviews, open, asked, listed };
}

/** Waits until something is so; what it waits for needs no more than some turns of the event loop. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !isSo(); turn++) await setImmediate();
  assert.ok(isSo());
}

test("an image is read when it is looked at, not when a hidden editor comes back", async (t) => {
  const { open, asked, overviews } = start(t);
  const panel = await open(image, false);
  await setImmediate();
  assert.deepEqual(asked, []);
  panel.setVisible(true);
  await until(() => overviews.shown(image)?.usage?.level !== undefined);
  panel.setVisible(true);
  await setImmediate();
  assert.equal(asked.length, 1);
});

test("the image is read again once its file has come to rest, whatever signs are in its name", async (t) => {
  const { open, asked, listed } = start(t);
  await open(image);
  await until(() => asked.length === 1);
  touch(image, "changed");
  t.mock.timers.tick(299);
  touch(image, "changed");
  t.mock.timers.tick(299);
  for (let turn = 0; turn < 50; turn++) await setImmediate();
  assert.equal(asked.length, 1);
  t.mock.timers.tick(1);
  await until(() => asked.length === 2);
  listed.fire("memfs:/w/other.raw");
  t.mock.timers.tick(300);
  for (let turn = 0; turn < 50; turn++) await setImmediate();
  assert.equal(asked.length, 2);
  listed.fire(image.toString());
  t.mock.timers.tick(300);
  await until(() => asked.length === 3);
  touch(Uri.parse("memfs:/w/a1.raw"), "changed");
  t.mock.timers.tick(300);
  await setImmediate();
  assert.equal(asked.length, 3);
});

test("the server is asked again when the product's settings change", async (t) => {
  const { open, asked, overviews } = start(t);
  await open(image);
  await until(() => overviews.shown(image)?.usage?.level !== undefined);
  editor.set("editor.fontSize", 12);
  editor.set("sysext.hosts", ["debian-13"]);
  await until(() => asked.length === 2);
});

test("an editor that is closed reads and shows nothing more", async (t) => {
  const { open, asked, overviews } = start(t);
  const panel = await open(image);
  await until(() => asked.length === 1);
  panel.dispose();
  assert.equal(overviews.shown(image), undefined);
  touch(image, "changed");
  editor.set("sysext.hosts", []);
  t.mock.timers.tick(300);
  await setImmediate();
  assert.equal(asked.length, 1);
  assert.equal(editor.watchers.size, 0);
});
