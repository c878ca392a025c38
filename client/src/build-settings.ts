// The user's settings for builds: how to compress, and where the image goes.
import path from "node:path";
import { Uri, workspace } from "vscode";
import { type BuildChoices, type BuildOptions, buildChoices } from "../../image/src/index.ts";
import { configurationSection } from "../../shared/src/ids.ts";
import type { TreeDescription } from "../../shared/src/requests.ts";

/** How to build a tree: what its project file says, else the editor's settings. Throws an ImageError for what cannot be. */
export function buildSettings(tree: TreeDescription): BuildChoices {
  const editor = workspace.getConfiguration(`${configurationSection}.build`, Uri.parse(tree.uri));
  const written = (name: "compression" | "level" | "blockSize"): object => {
    const value = editor.get<string | number | null>(name, null);
    return value === null ? {} : { [name]: value };
  };
  const settings: BuildOptions = { ...written("compression"), ...written("level"), ...written("blockSize") };
  return buildChoices([tree.build, settings], process.env);
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
