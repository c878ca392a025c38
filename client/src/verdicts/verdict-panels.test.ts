// Panels with verdicts: one for each tree, which follows it and keeps what it shows when the tree is gone.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { TreeState } from "../../../shared/src/requests.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";

const { EventEmitter, Uri, window } = await import("vscode");
const { createVerdictPanels } = await import("./verdict-panels.ts");

beforeEach(() => editor.reset());

function start() {
  const reads = new EventEmitter<void>();
  const changes = new EventEmitter<void>();
  const states = new Map<string, TreeState | Error>();
  const analysis = {
    async treeState(uri: { toString(): string }): Promise<TreeState | null> {
      const state = states.get(uri.toString()) ?? null;
      if (state instanceof Error) throw state;
      return state;
    },
    onDidReadTrees: reads.event,
    onDidChangeTrees: changes.event,
  };
  const log = window.createOutputChannel("test", { log: true });
  const panels = createVerdictPanels({ extension: Uri.file("/extension"), log }, analysis);
  return { panels, states, reads, changes };
}

const a = Uri.file("/w/a");
const b = Uri.file("/w/b");

function stateOf(name: string): TreeState {
  const findings = { error: 0, warning: 0, info: 0, hint: 0 };
  return { name, class: "sysext", findings, files: 0, bytes: 0, verdicts: [], hostsNamed: false };
}

/** The titles of the tables that a panel's page was sent. */
function shownIn(panel: number): string[] {
  return (editor.panels[panel]?.webview.posted ?? []).map(
    (message) => (message as { verdicts: { title: string } }).verdicts.title,
  );
}

test("each tree has one panel, which comes to the front when it is shown again", async () => {
  const { panels, states } = start();
  assert.equal(await panels.show(a), false);
  assert.equal(editor.panels.length, 0);
  states.set(a.toString(), stateOf("a"));
  states.set(b.toString(), stateOf("b"));
  assert.ok((await panels.show(a)) && (await panels.show(b)) && (await panels.show(a)));
  assert.deepEqual(
    editor.panels.map(({ title, revealed }) => [title, revealed]),
    [
      ["a: hosts", 1],
      ["b: hosts", 0],
    ],
  );
});

test("a page gets the verdicts when it is ready, and again after every change of the trees", async () => {
  const { panels, states, reads, changes } = start();
  states.set(a.toString(), stateOf("a"));
  await panels.show(a);
  assert.deepEqual(shownIn(0), []);
  editor.panels[0]?.webview.receive({ kind: "ready" });
  assert.deepEqual(shownIn(0), ["Which hosts merge a"]);
  states.set(a.toString(), stateOf("a2"));
  reads.fire();
  await setImmediate();
  states.set(a.toString(), stateOf("a3"));
  changes.fire();
  await setImmediate();
  assert.deepEqual(shownIn(0).slice(1), ["Which hosts merge a2", "Which hosts merge a3"]);
  assert.equal(editor.panels[0]?.title, "a3: hosts");
});

test("a panel keeps what it shows when its tree is gone or cannot be asked for", async () => {
  const { panels, states, reads } = start();
  states.set(a.toString(), stateOf("a"));
  await panels.show(a);
  editor.panels[0]?.webview.receive({ kind: "ready" });
  states.delete(a.toString());
  reads.fire();
  await setImmediate();
  states.set(a.toString(), new Error("the server is gone"));
  reads.fire();
  await setImmediate();
  assert.deepEqual(shownIn(0), ["Which hosts merge a"]);
  assert.deepEqual(editor.messages(), []);
  assert.deepEqual(
    editor.log.map(({ level, text }) => [level, text]),
    [["warn", "The verdicts were not updated: the server is gone."]],
  );
});

test("a panel that was closed is opened anew, and the end closes all", async () => {
  const { panels, states, reads } = start();
  states.set(a.toString(), stateOf("a"));
  await panels.show(a);
  editor.panels[0]?.dispose();
  await panels.show(a);
  assert.deepEqual(
    editor.panels.map(({ isDisposed }) => isDisposed),
    [true, false],
  );
  panels.dispose();
  assert.ok(editor.panels[1]?.isDisposed);
  reads.fire();
  await setImmediate();
  assert.deepEqual(shownIn(1), []);
});
