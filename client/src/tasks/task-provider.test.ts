// Tasks run the command line of the extension with the editor's settings as arguments, and never through a shell.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type * as vscode from "vscode";
import { openWindow, treeAnswers, treeDescription } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { languageClients } from "../../../test/support/fake-vscode/language-client.ts";

const { ProcessExecution, Task, TaskGroup, TaskScope, Uri, workspace } = await import("vscode");
const { createTaskProvider } = await import("./task-provider.ts");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
});

const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
const demo = treeDescription("demo");

async function start(t: Parameters<typeof openWindow>[0], answers = treeAnswers(demo)) {
  const { api } = await openWindow(t, answers);
  return createTaskProvider(Uri.file("/extension"), api.analysis);
}

function execution(task: vscode.Task | null | undefined): vscode.ProcessExecution {
  assert.ok(task?.execution instanceof ProcessExecution);
  return task.execution;
}

test("each folder of this machine is checked, and each of its trees built", async (t) => {
  workspace.updateWorkspaceFolders(1, 0, { uri: Uri.parse("memory:/v") });
  const far = treeDescription("far", { uri: "memory:/v/far" });
  const provider = await start(t, treeAnswers(demo, far, treeDescription("out", { uri: "file:///elsewhere/out" })));
  const tasks = (await provider.provideTasks(token)) ?? [];
  assert.deepEqual(
    tasks.map(({ name }) => name),
    ["check", "build demo"],
  );
  const [check, build] = tasks;
  const { process: program, args, options } = execution(check);
  assert.deepEqual(
    [program, args, options],
    [
      process.execPath,
      ["/extension/dist/cli.cjs", "check", "--", "."],
      { cwd: "/w", env: { ELECTRON_RUN_AS_NODE: "1" } },
    ],
  );
  assert.deepEqual(execution(build).args.slice(1, 4), ["build", "--output", "/w/demo.raw"]);
  assert.deepEqual(execution(build).args.slice(-2), ["--", "demo"]);
  assert.deepEqual([check?.problemMatchers, build?.problemMatchers], [["$sysext"], ["$sysext"]]);
  assert.deepEqual([check?.group, build?.group], [undefined, TaskGroup.Build]);
});

test("settings go along as arguments, and wrong ones hide no task", async (t) => {
  editor.settings.set("sysext.build.compression", "gzip");
  editor.settings.set("sysext.build.level", 3);
  const provider = await start(t);
  const build = async () => execution((await provider.provideTasks(token))?.[1]).args.join(" ");
  assert.match(await build(), /--compression gzip.*--level 3|--level 3.*--compression gzip/);
  editor.settings.set("sysext.build.level", 99);
  assert.equal(await build(), "/extension/dist/cli.cjs build --output /w/demo.raw -- demo");
});

test("a task of tasks.json is completed, with its own arguments in place of ours", async (t) => {
  const provider = await start(t);
  const resolve = async (definition: vscode.TaskDefinition, scope: vscode.Task["scope"] = editor.folders[0]) =>
    await provider.resolveTask(new Task(definition, scope ?? TaskScope.Workspace, "x", "sysext"), token);
  const own = { type: "sysext", command: "build", path: "demo", args: ["--output", "x.raw"] };
  const task = await resolve(own);
  assert.deepEqual(
    [execution(task).args.slice(1), task?.definition],
    [["build", "--output", "x.raw", "--", "demo"], own],
  );
  assert.deepEqual(execution(await resolve({ type: "sysext", command: "build", path: "demo" })).args.slice(1, 4), [
    ...["build", "--output", "/w/demo.raw"],
  ]);
  assert.deepEqual(
    execution(await resolve({ type: "sysext", command: "check", path: "a b;c" }, TaskScope.Workspace)).args.slice(1),
    ["check", "--", "a b;c"],
  );
  for (const wrong of [
    { type: "sysext", command: "remove", path: "." },
    { type: "other", command: "check", path: "." },
    { type: "sysext", command: "check" },
    { type: "sysext", command: "check", path: ".", args: [1] },
  ]) {
    assert.equal(await resolve(wrong), undefined, JSON.stringify(wrong));
  }
});

test("a folder outside of the workspace is served from itself, in a terminal that stays", async (t) => {
  const provider = await start(t);
  await provider.runOnFolder("serve", Uri.file("/v/images"), ["--port", "1"]);
  await provider.runOnFolder("publish", Uri.file("/w"), []);
  const [serve, publish] = editor.tasks;
  assert.ok(serve instanceof Task && publish instanceof Task);
  assert.deepEqual(
    [execution(serve).options?.cwd, execution(serve).args.slice(1)],
    ["/v/images", ["serve", "--port", "1", "--", "."]],
  );
  assert.deepEqual([serve.isBackground, serve.problemMatchers, publish.isBackground], [true, [], false]);
  assert.deepEqual([execution(publish).options?.cwd, execution(publish).args.slice(1)], ["/w", ["publish", "--", "."]]);
  assert.equal(languageClients.made.length > 0, true);
});
