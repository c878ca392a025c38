// Tasks that run the command line, with VS Code's own program told to be node.
import {
  l10n,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  Uri,
  type WorkspaceFolder,
} from "vscode";
import { diagnosticSource, problemMatcher, taskType } from "../../../shared/src/ids.ts";

export const taskCommands = ["check", "build", "publish", "serve"] as const;
export type TaskCommand = (typeof taskCommands)[number];

/** What tasks.json says; the schema is in package.json. */
export interface SysextTask extends TaskDefinition {
  readonly command: TaskCommand;
  /** A tree, for `publish` and `serve` a folder of images, for `check` any file or folder; relative to the workspace folder. */
  readonly path: string;
  /** Arguments for the command line, in place of those that follow from the settings. */
  readonly args?: readonly string[];
}

/** `usual`: arguments for where the definition names none. */
export function cliTask(
  extension: Uri,
  folder: WorkspaceFolder,
  definition: SysextTask,
  usual: readonly string[] = [],
): Task {
  return createTask(extension, folder, folder.uri, definition, usual);
}

/** The same for a folder that is in no workspace folder. */
export function cliTaskAt(extension: Uri, folder: Uri, definition: SysextTask): Task {
  return createTask(extension, TaskScope.Workspace, folder, definition, []);
}

function createTask(
  extension: Uri,
  scope: WorkspaceFolder | TaskScope.Workspace,
  workingFolder: Uri,
  definition: SysextTask,
  usual: readonly string[],
): Task {
  const { command, path, args = usual } = definition;
  const cli = Uri.joinPath(extension, "dist", "cli.cjs").fsPath;
  const options = { cwd: workingFolder.fsPath, env: { ELECTRON_RUN_AS_NODE: "1" } };
  const execution = new ProcessExecution(process.execPath, [cli, command, ...args, "--", path], options);
  const name = path === "." ? command : `${command} ${path}`;
  const matchers = command === "check" || command === "build" ? [problemMatcher] : [];
  const task = new Task(definition, scope, name, diagnosticSource, execution, matchers);
  if (command === "build") task.group = TaskGroup.Build;
  task.detail = detailOf(command);
  if (command === "serve") {
    task.isBackground = true;
    task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.Dedicated };
  }
  return task;
}

function detailOf(command: TaskCommand): string {
  switch (command) {
    case "check":
      return l10n.t("Checks all extension trees");
    case "build":
      return l10n.t("Builds the image of this tree");
    case "publish":
      return l10n.t("Writes SHA256SUMS for the images in this folder");
    case "serve":
      return l10n.t("Serves this folder to a test machine until it is stopped");
  }
}

export function isSysextTask(definition: TaskDefinition): definition is SysextTask {
  const { type, command, path, args } = definition as {
    type: string;
    command?: unknown;
    path?: unknown;
    args?: unknown;
  };
  const argsFit = args === undefined || (Array.isArray(args) && args.every((value) => typeof value === "string"));
  return type === taskType && taskCommands.some((known) => known === command) && typeof path === "string" && argsFit;
}
