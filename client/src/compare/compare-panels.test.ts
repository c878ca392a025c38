// Panels with comparisons: one for each pair, which follows both sides, ignores what is chosen, and can be cancelled.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { memoryTree } from "../../../image/src/index.ts";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { touch } from "../../../test/support/fake-vscode/workspace.ts";
import type { PageChanges, ToPage } from "./page/messages.ts";

const { EventEmitter, Uri, window } = await import("vscode");
const { createImageStore } = await import("../images/image-store.ts");
const { imageUri } = await import("../images/image-uri.ts");
const { createComparePanels } = await import("./compare-panels.ts");

beforeEach(() => editor.reset());

const older = await buildInMemory({ "usr/same": "s", "usr/tool": "old", "usr/gone": "", "usr/moved": { target: "a" } });
const newer = await buildInMemory({
  "usr/same": "s",
  "usr/tool": "later",
  "usr/new": "",
  "usr/moved": { target: "b" },
});

const before = { kind: "image", uri: Uri.parse("memfs:/w/a[1].raw") } as const;
const after = { kind: "image", uri: Uri.parse("memfs:/w/b.raw") } as const;

function start(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  editor.write(before.uri, older);
  editor.write(after.uri, newer);
  const listed = new EventEmitter<string | undefined>();
  const store = createImageStore();
  const host = { extension: Uri.file("/extension"), log: window.createOutputChannel("test", { log: true }) };
  const analysis = { describeTree: async () => null };
  const panels = createComparePanels(host, { analysis, store, images: { onDidChange: listed.event } });
  const posted = (): ToPage[] => (editor.panels[0]?.webview.posted ?? []) as ToPage[];
  const changes = (): PageChanges[] =>
    posted().flatMap((message) => (message.kind === "changes" ? [message.changes] : []));
  return { panels, listed, posted, changes, store };
}

function pathsOf(shown: PageChanges | undefined): string[] {
  return (shown?.rows ?? []).map(({ change, path }) => `${change} ${path}`);
}

const all = ["removed usr/gone", "changed usr/moved", "added usr/new", "changed usr/tool"];

test("a pair has one panel, which compares again when it is shown again", async (t) => {
  const { panels, changes } = start(t);
  await panels.show(before, after);
  assert.deepEqual([editor.panels[0]?.title, editor.panels.length], ["a[1].raw ↔ b.raw", 1]);
  assert.deepEqual(
    changes().map(({ summary }) => summary),
    ["Comparing…", "1 added, 1 removed, 2 changed; 2 bytes more"],
  );
  assert.deepEqual(pathsOf(changes().at(-1)), all);
  editor.write(after.uri, older);
  await panels.show(before, after);
  assert.equal(editor.panels[0]?.revealed, 1);
  assert.equal(changes().at(-1)?.summary, "No differences");
  assert.deepEqual(panels.shown(before, after)?.rows, []);
  await panels.show(after, before);
  assert.equal(editor.panels.length, 2, "the other direction is another pair");
});

test("a page that is ready gets its words and the differences", async (t) => {
  const { panels, posted } = start(t);
  await panels.show(before, after);
  posted().length = 0;
  await panels.receive(before, after, { kind: "ready" });
  const [words, changes] = posted();
  assert.ok(words?.kind === "words" && words.words.title === "From a[1].raw to b.raw");
  assert.ok(changes?.kind === "changes" && changes.changes.rows.length === 4);
});

test("both sides are followed, and compared once they have come to rest", async (t) => {
  const { panels, changes, listed } = start(t);
  await panels.show(before, after);
  const compared = async (count: number): Promise<void> => {
    for (let turn = 0; turn < 10_000 && changes().length < count; turn++) await setImmediate();
    assert.equal(changes().length, count);
  };
  editor.write(before.uri, newer);
  touch(before.uri, "changed");
  touch(after.uri, "changed");
  t.mock.timers.tick(299);
  for (let turn = 0; turn < 50; turn++) await setImmediate();
  await compared(2);
  t.mock.timers.tick(1);
  await compared(3);
  assert.equal(changes().at(-1)?.summary, "No differences");
  listed.fire("memfs:/w/other.raw");
  listed.fire(undefined);
  t.mock.timers.tick(300);
  listed.fire(after.uri.toString());
  t.mock.timers.tick(300);
  await compared(4);
});

test("what is to be ignored is", async (t) => {
  const { panels, store } = start(t);
  const { use } = store;
  const trees = new Map(
    [before, after].map(({ uri }, at) => [
      uri.toString(),
      memoryTree({ "usr/a": { content: "", uid: at, mtime: at } }),
    ]),
  );
  store.use = (uri, task) => use(uri, (image) => task({ ...image, tree: trees.get(uri.toString()) ?? image.tree }));
  const aspects = (): string[] | undefined =>
    panels.shown(before, after)?.rows.flatMap((row) => row.aspects.map(({ aspect }) => aspect));
  await panels.show(before, after);
  assert.deepEqual(aspects(), ["owner"]);
  await panels.receive(before, after, { kind: "ignore", ignore: { times: false, owners: true } });
  assert.deepEqual(aspects(), ["mtime"]);
  await panels.receive(before, after, { kind: "ignore", ignore: { times: true, owners: true } });
  assert.deepEqual(aspects(), []);
});

test("a line opens the file, or the diff of both, and nothing that is not shown", async (t) => {
  const { panels } = start(t);
  await panels.show(before, after);
  for (const path of ["usr/gone", "usr/new", "usr/tool", "usr/same", "../../etc/passwd"]) {
    await panels.receive(before, after, { kind: "open", path });
  }
  assert.deepEqual(
    editor.executed.map(({ command, args }) => [command, ...args.map((arg) => String(arg).replace(/^.*\/usr\//, ""))]),
    [
      ["vscode.open", "gone"],
      ["vscode.open", "new"],
      ["vscode.diff", "tool", "tool", "usr/tool (a[1].raw ↔ b.raw)"],
    ],
  );
  assert.deepEqual(editor.executed[2]?.args.slice(0, 2).map(String), [
    imageUri(before.uri, "usr/tool").toString(),
    imageUri(after.uri, "usr/tool").toString(),
  ]);
});

test("an image that cannot be read is told in place of differences", async (t) => {
  const { panels, changes } = start(t);
  editor.files.delete(after.uri.toString());
  await panels.show(before, after);
  assert.match(changes().at(-1)?.summary ?? "", /the image/);
  assert.equal(panels.shown(before, after), undefined);
});

test("a comparison that takes long shows its progress, and can be cancelled", async (t) => {
  const { panels, changes, store } = start(t);
  let go: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { use } = store;
  store.use = async (uri, task) => {
    await waiting;
    return await use(uri, task);
  };
  const shown = panels.show(before, after);
  t.mock.timers.tick(499);
  assert.equal(editor.progress.length, 0);
  t.mock.timers.tick(1);
  assert.deepEqual(editor.progress[0]?.options.title, "Comparing a[1].raw and b.raw");
  t.mock.timers.tick(500);
  assert.deepEqual(editor.progress[0]?.reports, [{ message: "0 files" }]);
  editor.progress[0]?.cancel();
  go();
  await shown;
  assert.equal(changes().at(-1)?.summary, "The comparison was cancelled; compare again to see the differences");
});

test("a comparison that was overtaken shows nothing more", async (t) => {
  const { panels, changes, store } = start(t);
  const goOn: (() => void)[] = [];
  const { use } = store;
  store.use = async (uri, task) => {
    const found = await use(uri, task);
    await new Promise<void>((resolve) => goOn.push(resolve));
    return found;
  };
  const finish = (): void => {
    for (const resolve of goOn.splice(0)) resolve();
  };
  const shown = [panels.show(before, after), panels.show(before, after)];
  let settled = false;
  const all = Promise.all(shown).then(() => {
    settled = true;
  });
  for (let turn = 0; turn < 10_000 && !settled; turn++) {
    await setImmediate();
    finish();
  }
  await all;
  assert.deepEqual(
    changes().map(({ summary }) => summary),
    ["Comparing…", "Comparing…", "1 added, 1 removed, 2 changed; 2 bytes more"],
  );
});

test("a closed panel follows nothing more", async (t) => {
  const { panels } = start(t);
  await panels.show(before, after);
  editor.panels[0]?.dispose();
  assert.equal(panels.shown(before, after), undefined);
  assert.equal(editor.watchers.size, 0);
  await panels.show(before, after);
  panels.dispose();
  assert.ok(editor.panels[1]?.isDisposed);
});
