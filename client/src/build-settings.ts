// The user's settings for builds: how to compress, and where the image goes.
import path from "node:path";
import { Uri, workspace } from "vscode";
import { type BuildPlan, buildPlan, writableFormats } from "../../image/src/index.ts";
import { configurationSection } from "../../shared/src/ids.ts";
import type { TreeDescription } from "../../shared/src/requests.ts";

/** How to build a tree: what its project file says, else the editor's settings. Throws an ImageError for what cannot be built. */
export function planOfTree(tree: TreeDescription): BuildPlan {
  const editor = workspace.getConfiguration(`${configurationSection}.build`, Uri.parse(tree.uri));
  const keys = ["format", ...writableFormats.flatMap(({ options }) => options.map(({ key }) => key))];
  const settings = Object.fromEntries(
    keys.flatMap((key) => {
      // Defaults are the format's to know.
      const { workspaceFolderValue, workspaceValue, globalValue } = editor.inspect<string | number | null>(key) ?? {};
      const value = workspaceFolderValue ?? workspaceValue ?? globalValue ?? null;
      return value === null ? [] : [[key, value]];
    }),
  );
  return buildPlan({ hierarchies: tree.hierarchies, sources: [tree.build, settings], environment: process.env });
}

/** The image's file: beside the tree's folder, or in the folder that the setting `sysext.build.output` names. */
export function outputFile(tree: TreeDescription): string {
  const folder = Uri.parse(tree.uri);
  const setting = workspace.getConfiguration(`${configurationSection}.build`, folder).get<string>("output", "").trim();
  const image = `${tree.name}.raw`;
  if (setting === "") return path.join(path.dirname(folder.fsPath), image);
  const base = workspace.getWorkspaceFolder(folder)?.uri.fsPath ?? path.dirname(folder.fsPath);
  return path.resolve(base, setting, image);
}
