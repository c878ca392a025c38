// Panels with update plans: what is asked of the server, when addresses are fetched, and what a page may do.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { PlanUpdateParams, UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { touch } from "../../../test/support/fake-vscode/workspace.ts";
import type { PagePlan } from "./page/messages.ts";

const { EventEmitter, Uri, window } = await import("vscode");
const { createUpdatePlanPanels } = await import("./update-plan-panels.ts");

beforeEach(() => editor.reset());

const definition = Uri.file("/w/host/etc/sysupdate.demo.d/demo.transfer");
const set = "file:///w/host/etc/sysupdate.demo.d";
const address = "https://example.com/demo/";

const report: UpdatePlanReport = {
  ...{ component: "demo", systemd: 257, systemdKnown: true, hostIsMachine: false, architectures: ["x86-64", "arm64"] },
  ...{ source: { state: "none" }, target: { state: "none" } },
  ...{ versions: [], moreVersions: 0, transfers: [], faults: [], notes: [] },
};

interface Started {
  readonly panels: ReturnType<typeof createUpdatePlanPanels>;
  readonly asked: PlanUpdateParams[];
  readonly memory: Map<string, unknown>;
  readonly reads: { fire(): void };
  /** What the server answers from now on. */
  answer(plan: UpdatePlanReport | null | Promise<UpdatePlanReport>): void;
  /** Plans that the page was sent. */
  shown(): PagePlan[];
  page(): { receive(message: unknown): void };
}

/** Panels whose waiting ends when the test's clock is moved on. */
function start(t: TestContext, kept?: Record<string, unknown>): Started {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const memory = new Map<string, unknown>(kept === undefined ? [] : [["updates.plans", { [set]: kept }]]);
  const asked: PlanUpdateParams[] = [];
  const reads = new EventEmitter<void>();
  let next: UpdatePlanReport | null | Promise<UpdatePlanReport> = report;
  const analysis = {
    updates: {
      async planUpdate(params: PlanUpdateParams): Promise<UpdatePlanReport | null> {
        asked.push(params);
        return await next;
      },
      ...{ newTransfer: never, refreshAfterUpdate: never, versionedLayout: never, planMigration: never },
    },
    listHosts: async () => [],
    onDidReadTrees: reads.event,
  };
  const host = { extension: Uri.file("/extension"), log: window.createOutputChannel("test", { log: true }) };
  const panels = createUpdatePlanPanels(host, analysis, {
    keys: () => [...memory.keys()],
    get: <Value>(key: string, fallback?: Value) => (memory.get(key) as Value | undefined) ?? fallback,
    update: async (key: string, value: unknown) => void memory.set(key, value),
  } as Parameters<typeof createUpdatePlanPanels>[2]);
  const webview = () => editor.panels[0]?.webview ?? assert.fail("there is no panel");
  return {
    ...{ panels, asked, memory, reads, page: webview },
    answer(plan) {
      next = plan;
    },
    shown: () => webview().posted.map((message) => (message as { plan: PagePlan }).plan),
  };
}

function never(): never {
  throw new Error("this is not asked");
}

test("a set has one panel, which shows the plan when its page is ready", async (t) => {
  const { panels, shown, page } = start(t);
  assert.ok(await panels.show(definition));
  assert.ok(await panels.show(Uri.file("/w/host/etc/sysupdate.demo.d/other.transfer")));
  assert.equal(editor.panels.length, 1);
  assert.deepEqual([editor.panels[0]?.title, editor.panels[0]?.revealed], ["demo: update plan", 1]);
  const before = shown().length;
  page().receive({ kind: "ready" });
  assert.equal(shown().length, before + 1);
  assert.equal(shown().at(-1)?.title, "What an update of demo would do");
  assert.equal(panels.shown(definition), report);
});

test("a file that is not a definition gets no panel", async (t) => {
  const { panels, answer } = start(t);
  answer(null);
  assert.equal(await panels.show(Uri.file("/w/README.md")), false);
  assert.equal(editor.panels.length, 0);
});

test("a web address is read only when the user presses the button", async (t) => {
  const { panels, asked, page, reads } = start(t, { source: address });
  await panels.show(definition);
  await panels.show(definition);
  reads.fire();
  t.mock.timers.tick(1000);
  await setImmediate();
  assert.deepEqual(
    asked.map(({ source, read }) => [source, read === true]),
    [
      [address, false],
      [address, false],
      [address, false],
    ],
  );
  page().receive({ kind: "read" });
  await setImmediate();
  assert.equal(asked.at(-1)?.read, true);
});

test("a web address is never read in a workspace that is not trusted", async (t) => {
  editor.isTrusted = false;
  const { panels, asked, page } = start(t, { source: address });
  await panels.show(definition);
  page().receive({ kind: "read" });
  await setImmediate();
  assert.equal(asked.length, 2);
  assert.ok(asked.every(({ read }) => read !== true));
  await panels.choose(definition, { source: "/srv/published" });
  assert.equal(asked.at(-1)?.read, true, "a folder is read");
});

test("a choice is remembered for its set, and another host forgets the architecture", async (t) => {
  const { panels, asked, memory, page } = start(t, { architecture: "arm64" });
  await panels.show(definition);
  editor.answer((items: readonly unknown[]) => items[1]);
  page().receive({ kind: "choose", what: "host" });
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  const { uri: _uri, read: _read, ...choices } = asked.at(-1) ?? assert.fail("nothing was asked");
  assert.deepEqual(choices, { host: "this-machine" });
  assert.deepEqual(memory.get("updates.plans"), { [set]: { host: "this-machine" } });
  editor.answer(undefined);
  const count = asked.length;
  page().receive({ kind: "choose", what: "architecture" });
  await setImmediate();
  assert.equal(asked.length, count, "Escape changes nothing");
});

test("a change in a place that was chosen is read after a pause, once", async (t) => {
  const { panels, asked } = start(t, { source: "/srv/p[1]/SHA256SUMS", target: "/srv/installed" });
  await panels.show(definition);
  const count = asked.length;
  touch(Uri.file("/srv/p[1]/SHA256SUMS"), "changed");
  touch(Uri.file("/srv/installed/demo.raw"), "created");
  t.mock.timers.tick(249);
  await setImmediate();
  assert.equal(asked.length, count);
  t.mock.timers.tick(1);
  await setImmediate();
  assert.deepEqual(
    asked.slice(count).map(({ read }) => read),
    [true],
  );
});

test("changes during a plan lead to one more, and the newest is shown", async (t) => {
  const { panels, asked, answer, shown } = start(t, {});
  await panels.show(definition);
  let finish: (plan: UpdatePlanReport) => void = () => undefined;
  answer(
    new Promise((resolve) => {
      finish = resolve;
    }),
  );
  const count = asked.length;
  const all = [panels.show(definition), panels.show(definition), panels.show(definition)];
  await setImmediate();
  assert.equal(asked.length, count + 1);
  answer({ ...report, candidate: "3" });
  finish({ ...report, candidate: "2" });
  await Promise.all(all);
  assert.equal(asked.length, count + 2);
  assert.equal(shown().at(-1)?.summary, "Choose where the versions are published to see what an update would do.");
  assert.equal(panels.shown(definition)?.candidate, "3");
});

test("a plan that cannot be made leaves the one before, and is logged", async (t) => {
  const { panels, answer } = start(t, {});
  await panels.show(definition);
  answer(Promise.reject(new Error("the server is gone")));
  await panels.show(definition);
  assert.equal(panels.shown(definition), report);
  assert.deepEqual(
    editor.log.map(({ level, text }) => [level, text]),
    [["warn", "No update plan was made: the server is gone."]],
  );
});

test("a page opens only the definitions that its plan names", async (t) => {
  const { panels, answer, page } = start(t, {});
  answer({ ...report, notes: [{ uri: definition.toString(), message: "x" }] });
  await panels.show(definition);
  page().receive({ kind: "open", uri: "file:///etc/passwd" });
  page().receive({ kind: "open", uri: definition.toString() });
  await setImmediate();
  assert.deepEqual(
    editor.openedDocuments.map(({ target }) => String(target)),
    [definition.toString()],
  );
});

test("a closed panel asks nothing more", async (t) => {
  const { panels, asked, reads } = start(t, { source: "/srv" });
  await panels.show(definition);
  reads.fire();
  const count = asked.length;
  editor.panels[0]?.dispose();
  t.mock.timers.tick(1000);
  await setImmediate();
  assert.equal(asked.length, count);
  assert.equal(editor.watchers.size, 0);
  assert.equal(panels.shown(definition), undefined);
});
