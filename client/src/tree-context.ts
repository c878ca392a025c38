// Tells VS Code which folders are extension trees, for the menus of the Explorer.
import { commands, Disposable, type LogOutputChannel, Uri } from "vscode";
import { contextKeys } from "../../shared/src/ids.ts";
import type { Analysis } from "./analysis.ts";

/** Milliseconds to wait for further changes, as a checkout or a build makes many at once. */
const debounceMs = 300;

/** Keeps the context key `sysext.trees` (tree folders' URIs) up to date. */
export function markTrees(analysis: Analysis, log: LogOutputChannel): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const update = async (): Promise<void> => {
    try {
      const trees = await analysis.listTrees();
      const uris = trees.map((tree) => Uri.parse(tree.uri).toString());
      await commands.executeCommand("setContext", contextKeys.trees, uris);
    } catch (error) {
      log.debug(`The extension trees could not be listed: ${String(error)}`);
    }
  };
  const subscription = analysis.onDidChangeTrees(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), debounceMs);
  });
  return Disposable.from(subscription, new Disposable(() => clearTimeout(timer)));
}
