// Tasks of type "sysext" run the command line, and its findings reach the Problems view.
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import * as vscode from "vscode";
import { taskType } from "../../../shared/src/ids.ts";
import { eventually } from "../../support/eventually.ts";
import { exists, inWorkspace } from "./editor.ts";

async function taskNamed(name: string): Promise<vscode.Task> {
  const tasks = await vscode.tasks.fetchTasks({ type: taskType });
  const found = tasks.find((task) => task.name === name);
  assert.ok(found, `no task "${name}" among ${tasks.map((task) => task.name).join(", ")}`);
  return found;
}

/** The exit status of the task of a name, when it has ended. */
function ended(name: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== name) return;
      subscription.dispose();
      resolve(exitCode);
    });
  });
}

/** Runs a task and gives its exit status. */
async function run(task: vscode.Task): Promise<number | undefined> {
  const end = ended(task.name);
  await vscode.tasks.executeTask(task);
  return await end;
}

/** A port of this machine that nobody uses. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

suite("tasks", () => {
  test("every tree has a task that builds its image, as the command does", async () => {
    const image = inWorkspace("hello.raw");
    await vscode.commands.executeCommand("sysext.buildImage", inWorkspace("hello"));
    const byCommand = readFileSync(image.fsPath);
    rmSync(image.fsPath);
    assert.equal(await run(await taskNamed("build hello")), 0);
    assert.ok(readFileSync(image.fsPath).equals(byCommand));
  });

  test("a task of tasks.json is completed from what it says", async () => {
    const definition = { type: taskType, command: "build", path: "hello", args: ["--output", "by-task/x.raw"] };
    const tasks = { version: "2.0.0", tasks: [{ ...definition, label: "my build" }] };
    const file = inWorkspace(".vscode/tasks.json");
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(tasks)));
    const task = await eventually("the task of tasks.json", async () =>
      (await vscode.tasks.fetchTasks()).find(({ name }) => name === "my build"),
    );
    assert.equal(await run(task), 0);
    assert.ok(await exists(inWorkspace("by-task/x.raw")));
  });

  test("the findings of a check task are problems, with file, place, severity and code", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    assert.equal(await run(await taskNamed("check")), 1);
    const tree = "broken/architecture-invalid";
    const file = inWorkspace(`${tree}/usr/lib/extension-release.d/extension-release.architecture-invalid`);
    const [problem] = await eventually("the task's problem", () => {
      const found = vscode.languages.getDiagnostics(file);
      return found.length > 0 ? found : undefined;
    });
    assert.equal(problem?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(problem.source, "sysext");
    assert.equal(problem.code, "er/architecture-invalid");
    assert.equal(problem.range.start.line, 1);
    assert.match(problem.message, /use "x86-64"$/);
  });

  test("a folder is published and served by commands, as tasks", async () => {
    const folder = inWorkspace("images");
    await vscode.workspace.fs.createDirectory(folder);
    await vscode.workspace.fs.writeFile(inWorkspace("images/hello-1.raw"), Buffer.from("image"));
    const published = ended("publish images");
    await vscode.commands.executeCommand("sysext.publish", folder, { sign: false });
    assert.equal(await published, 0);
    const manifest = readFileSync(inWorkspace("images/SHA256SUMS").fsPath, "utf8");
    assert.match(manifest, /^[0-9a-f]{64} {2}hello-1\.raw\n$/);

    const stopped = ended("serve images");
    const port = await freePort();
    await vscode.commands.executeCommand("sysext.serve", folder, { port });
    const answer = await eventually("the server", () =>
      fetch(`http://127.0.0.1:${port}/SHA256SUMS`).catch(() => undefined),
    );
    assert.equal(await answer.text(), manifest);
    vscode.tasks.taskExecutions.find(({ task }) => task.name === "serve images")?.terminate();
    await stopped;
  });
});
