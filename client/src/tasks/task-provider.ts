// Tasks of type "sysext": check and build as the command line does them, with findings in the Problems view.
import { type TaskProvider, tasks, Uri, type WorkspaceFolder, workspace } from "vscode";
import { type BuildPlan, commandArguments, ImageError } from "../../../image/src/index.ts";
import { taskType } from "../../../shared/src/ids.ts";
import type { TreeDescription } from "../../../shared/src/requests.ts";
import type { Analysis } from "../analysis.ts";
import { outputFile, planOfTree } from "../build-settings.ts";
import { cliTask, cliTaskAt, isSysextTask, type SysextTask } from "./cli-task.ts";

export interface CliTasks extends TaskProvider {
  /** Runs a command of the command line on a folder of images, in the terminal of a task. */
  runOnFolder(command: "publish" | "serve", folder: Uri, args: readonly string[]): Promise<void>;
}

export function createTaskProvider(extension: Uri, analysis: Analysis): CliTasks {
  return {
    async provideTasks() {
      const found = localFolders().map((folder) => cliTask(extension, folder, checkAll));
      for (const tree of await analysis.listTrees()) {
        const uri = Uri.parse(tree.uri);
        const folder = workspace.getWorkspaceFolder(uri);
        if (folder?.uri.scheme !== "file") continue;
        const definition = { type: taskType, command: "build", path: relativePath(folder, uri) } as const;
        found.push(cliTask(extension, folder, definition, buildArguments(tree)));
      }
      return found;
    },

    /** Completes a task of tasks.json; VS Code wants its own definition object back. */
    async resolveTask({ definition, scope }) {
      const folder = typeof scope === "object" ? scope : localFolders()[0];
      if (folder === undefined || !isSysextTask(definition)) return undefined;
      if (definition.command !== "build") return cliTask(extension, folder, definition);
      const tree = await analysis.describeTree(Uri.joinPath(folder.uri, definition.path));
      return cliTask(extension, folder, definition, tree === null ? [] : buildArguments(tree));
    },

    async runOnFolder(command, folder, args) {
      const within = workspace.getWorkspaceFolder(folder);
      const path = within === undefined ? "." : relativePath(within, folder);
      const definition: SysextTask = { type: taskType, command, path, args };
      await tasks.executeTask(
        within === undefined ? cliTaskAt(extension, folder, definition) : cliTask(extension, within, definition),
      );
    },
  };
}

const checkAll: SysextTask = { type: taskType, command: "check", path: "." };

/** The command line does not read the editor's settings, so they are arguments. */
function buildArguments(tree: TreeDescription): string[] {
  const plan = usablePlan(tree);
  return ["--output", outputFile(tree), ...(plan === undefined ? [] : commandArguments(plan))];
}

/** Undefined for options that are not valid: they hide no task, and the command line says what is wrong with them. */
function usablePlan(tree: TreeDescription): BuildPlan | undefined {
  try {
    return planOfTree(tree);
  } catch (error) {
    if (error instanceof ImageError) return undefined;
    throw error;
  }
}

/** With "/" on every system, so that tasks.json works on all of them. */
function relativePath(folder: WorkspaceFolder, uri: Uri): string {
  return uri.path.slice(folder.uri.path.length + 1) || ".";
}

function localFolders(): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
}
