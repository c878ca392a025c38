// The user's settings for builds: how to compress, and where the image goes.
import path from "node:path";
import { l10n, Uri, workspace } from "vscode";
import type { BuildCompression } from "../../image/src/index.ts";
import { configurationSection } from "../../shared/src/ids.ts";
import type { TreeDescription } from "../../shared/src/requests.ts";
import { UserError } from "./messages.ts";

export interface BuildSettings {
  readonly compression: BuildCompression;
  readonly level: number;
  /** Bytes. */
  readonly blockSize: number;
}

/** What mksquashfs takes when nothing else is asked. */
const usualLevels = { gzip: 9, zstd: 15, none: 0 } as const;
const highestLevels = { gzip: 9, zstd: 22, none: 0 } as const;

/** Settings that hold for a tree. Throws a UserError for one that cannot be followed. */
export function buildSettings(tree: TreeDescription): BuildSettings {
  const settings = workspace.getConfiguration(`${configurationSection}.build`, Uri.parse(tree.uri));
  const compression = settings.get<BuildCompression>("compression", "gzip");
  if (!Object.hasOwn(usualLevels, compression)) {
    throw new UserError(
      l10n.t('The setting "sysext.build.compression" is "{0}", but it can be gzip, zstd or none.', compression),
    );
  }
  const highest = highestLevels[compression];
  const level = settings.get<number | null>("level", null) ?? usualLevels[compression];
  if (compression !== "none" && !(Number.isInteger(level) && level >= 1 && level <= highest)) {
    throw new UserError(
      l10n.t('The setting "sysext.build.level" is {0}, but {1} has levels 1 to {2}.', level, compression, highest),
    );
  }
  return { compression, level, blockSize: settings.get<number>("blockSize", 131_072) };
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
