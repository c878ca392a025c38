// Tasks of type "sysext": check and build as the command line does them, with findings in the Problems view.
import {
  l10n,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  type TaskProvider,
  Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import { type BuildChoices, ImageError } from "../../../image/src/index.ts";
import { diagnosticSource, problemMatcher, taskType } from "../../../shared/src/ids.ts";
import type { TreeDescription } from "../../../shared/src/requests.ts";
import type { Analysis } from "../analysis.ts";
import { buildSettings, outputFile } from "../build-settings.ts";

/** What tasks.json says; the schema is in package.json. */
interface SysextTask extends TaskDefinition {
  readonly command: "check" | "build";
  /** A tree, or for `check` any file or folder; relative to the workspace folder. */
  readonly path: string;
  /** Arguments for the command line, in place of those that follow from the settings. */
  readonly args?: readonly string[];
}

export function createTaskProvider(extension: Uri, analysis: Analysis): TaskProvider {
  return {
    async provideTasks() {
      const tasks = localFolders().map((folder) => createTask(extension, folder, checkAll, []));
      for (const tree of await analysis.listTrees()) {
        const uri = Uri.parse(tree.uri);
        const folder = workspace.getWorkspaceFolder(uri);
        if (folder?.uri.scheme !== "file") continue;
        const definition = { type: taskType, command: "build", path: relativePath(folder, uri) } as const;
        tasks.push(createTask(extension, folder, definition, buildArguments(tree)));
      }
      return tasks;
    },

    /** Completes a task of tasks.json; VS Code wants its own definition object back. */
    async resolveTask({ definition, scope }) {
      const folder = typeof scope === "object" ? scope : localFolders()[0];
      if (folder === undefined || !isSysextTask(definition)) return undefined;
      if (definition.command === "check") return createTask(extension, folder, definition, []);
      const tree = await analysis.describeTree(Uri.joinPath(folder.uri, definition.path));
      return createTask(extension, folder, definition, tree === null ? [] : buildArguments(tree));
    },
  };
}

const checkAll: SysextTask = { type: taskType, command: "check", path: "." };

/** The command line knows no settings of the editor, so they go along. */
function buildArguments(tree: TreeDescription): string[] {
  const settings = usableSettings(tree);
  if (settings === undefined) return ["--output", outputFile(tree)];
  const { compression, level, blockSize } = settings;
  const args = ["--output", outputFile(tree), "--compression", compression, "--block-size", String(blockSize)];
  return compression === "none" ? args : [...args, "--level", String(level)];
}

/** Undefined for choices that cannot be followed: they hide no task, and the command line says what is wrong with them. */
function usableSettings(tree: TreeDescription): BuildChoices | undefined {
  try {
    return buildSettings(tree);
  } catch (error) {
    if (error instanceof ImageError) return undefined;
    throw error;
  }
}

/** `usual`: arguments for where the definition names none. */
function createTask(extension: Uri, folder: WorkspaceFolder, definition: SysextTask, usual: readonly string[]): Task {
  const { command, path, args = usual } = definition;
  const cli = Uri.joinPath(extension, "dist", "cli.cjs").fsPath;
  // The editor's own program, told to be node.
  const options = { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: "1" } };
  const execution = new ProcessExecution(process.execPath, [cli, command, ...args, "--", path], options);
  const name = path === "." ? command : `${command} ${path}`;
  const task = new Task(definition, folder, name, diagnosticSource, execution, problemMatcher);
  if (command === "build") task.group = TaskGroup.Build;
  task.detail = command === "build" ? l10n.t("Builds the image of this tree") : l10n.t("Checks all extension trees");
  return task;
}

/** With "/" on every system, so that tasks.json works on all of them. */
function relativePath(folder: WorkspaceFolder, uri: Uri): string {
  return uri.path.slice(folder.uri.path.length + 1) || ".";
}

function localFolders(): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
}

function isSysextTask(definition: TaskDefinition): definition is SysextTask {
  const { command, path, args } = definition as { command?: unknown; path?: unknown; args?: unknown };
  const argsFit = args === undefined || (Array.isArray(args) && args.every((value) => typeof value === "string"));
  return (command === "check" || command === "build") && typeof path === "string" && argsFit;
}
