// The view of an effective unit follows its sources, and its lines lead to where they are from.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import type * as vscode from "vscode";
import { openWindow, treeAnswers } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { textDocument, touch } from "../../../test/support/fake-vscode/workspace.ts";

const { Location, Position, Range, Uri, workspace } = await import("vscode");
const { effectiveUnitUri, sourceOf } = await import("./effective-unit-uri.ts");

const source = Uri.file("/w/demo/usr/lib/systemd/system/a.service");
const dropIn = "file:///w/demo/usr/lib/systemd/system/a.service.d/x.conf";
const view = effectiveUnitUri("a.service", source);
const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
const unit = {
  name: "a.service",
  text: "# a.service.d/x.conf\n[Service]\nUser=me\n",
  lines: [{ uri: dropIn, line: 0 }, { uri: dropIn, line: 0 }, { uri: dropIn, line: 4 }, null],
};

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

async function start(t: TestContext, answer: unknown = unit) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await openWindow(t, { ...treeAnswers(), "sysext/effectiveUnit": answer });
  const provider = editor.contentProviders.get("sysext-unit-view");
  assert.ok(provider);
  const changed: string[] = [];
  provider.onDidChange?.((uri) => changed.push(uri.toString()));
  const text = async (uri: vscode.Uri): Promise<string> =>
    String(await provider.provideTextDocumentContent(uri, token));
  return { text, changed, tick: (ms: number) => t.mock.timers.tick(ms) };
}

test("the URI of a view names its source", () => {
  assert.equal(sourceOf(view).toString(), source.toString());
  assert.equal(view.path, "/a.service (effective)");
});

test("lines lead to where they are from: comments as links, all by definition", async (t) => {
  const { text } = await start(t);
  assert.equal(await text(view), unit.text);
  const document = textDocument(view, unit.text);
  const [definitions] = editor.definitionProviders;
  const defined = (line: number) => definitions?.provideDefinition(document, new Position(line, 0), token);
  assert.deepEqual(defined(2), new Location(Uri.parse(dropIn), new Position(4, 0)));
  assert.equal(defined(3), undefined);
  const links = editor.linkProviders.flatMap((one) => {
    const found = one.provideDocumentLinks(document, token);
    return Array.isArray(found) ? found : [];
  });
  assert.deepEqual(
    links.map(({ target, range }) => [String(target), range.start.line, range.start.character, range.end.character]),
    [[`${dropIn}#L1`, 0, 2, 20]],
  );
});

test("a unit that is gone says so", async (t) => {
  const { text } = await start(t, null);
  assert.match(await text(view), /^# This unit no longer exists/);
});

test("typing into a unit makes open views anew after a pause, once", async (t) => {
  const { text, changed, tick } = await start(t);
  const typed = (uri: vscode.Uri, changes = 1, languageId = "sysext-unit"): void =>
    editor.events.documentChanged.fire({
      document: textDocument(uri, "", { languageId }),
      contentChanges: Array.from({ length: changes }, () => ({
        ...{ range: new Range(0, 0, 0, 0), rangeOffset: 0, rangeLength: 0, text: "x" },
      })),
      reason: undefined,
    });
  typed(source);
  tick(10_000);
  assert.deepEqual(changed, [], "there is no view yet");
  await text(view);
  typed(source);
  tick(100);
  typed(source);
  tick(100);
  assert.deepEqual(changed, []);
  tick(100);
  assert.deepEqual(changed, [view.toString()]);
  typed(source, 0);
  typed(view);
  typed(Uri.file("/w/notes.txt"), 1, "plaintext");
  tick(10_000);
  assert.equal(changed.length, 1);
});

test("a drop-in that comes to the disk counts, and a view that is closed does not", async (t) => {
  const { text, changed, tick } = await start(t);
  await text(view);
  touch(Uri.parse(dropIn), "created");
  tick(10_000);
  assert.deepEqual(changed, [view.toString()]);
  editor.events.documentClosed.fire(textDocument(view, "", { isClosed: true }));
  touch(Uri.parse(dropIn), "deleted");
  tick(10_000);
  assert.equal(changed.length, 1);
});
