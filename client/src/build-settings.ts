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

const usualLevels: Readonly<Record<BuildCompression, number>> = { gzip: 6, zstd: 15, none: 0 };
const highestLevels: Readonly<Record<BuildCompression, number>> = { gzip: 9, zstd: 22, none: 0 };

/**
 * How to build a tree: what its project file says, else the editor's settings.
 * Throws a UserError for a choice that cannot be followed.
 */
export function buildSettings(tree: TreeDescription): BuildSettings {
  const editor = workspace.getConfiguration(`${configurationSection}.build`, Uri.parse(tree.uri));
  const { format = "squashfs", compression = editor.get("compression", "gzip") } = tree.build;
  if (format !== "squashfs") throw unusable("format", format, "squashfs");
  if (!isBuildCompression(compression)) throw unusable("compression", compression, "gzip, zstd or none");
  // A level is that of the compression it was written with: the 19 of somebody's zstd means nothing to gzip.
  const editorLevel = editor.get("compression") === compression ? editor.get<number | null>("level") : undefined;
  const level = tree.build.level ?? editorLevel ?? usualLevels[compression];
  const highest = highestLevels[compression];
  if (highest > 0 && !(Number.isInteger(level) && level >= 1 && level <= highest)) {
    throw unusable("level", level, l10n.t("1 to {0} for {1}", highest, compression));
  }
  const blockSize = tree.build.blockSize ?? editor.get("blockSize", 131_072);
  if (!(blockSize >= 4096 && blockSize <= 1_048_576 && Number.isInteger(Math.log2(blockSize)))) {
    throw unusable("blockSize", blockSize, l10n.t("a power of two from 4096 to 1048576"));
  }
  return { compression, level, blockSize };
}

function unusable(name: string, value: string | number, possible: string): UserError {
  const sentence = l10n.t(
    'No image was built: "{0}" is "{1}" in sysext.json or in the settings, but it can be {2}.',
    name,
    value,
    possible,
  );
  return new UserError(sentence);
}

function isBuildCompression(name: string): name is BuildCompression {
  return Object.hasOwn(usualLevels, name);
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
