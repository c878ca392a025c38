// Tells VS Code which folders hold images, for the menus of the Explorer.
import { commands, Disposable, type LogOutputChannel, Uri } from "vscode";
import { contextKeys } from "../../../shared/src/ids.ts";
import type { ImageList } from "./image-list.ts";

/** Milliseconds to wait for further changes, and at the start for VS Code to have its hands free. */
const debounceMs = 500;

/** Keeps the context keys `sysext.imageFolders` (URIs of the folders that listed images are in) and `sysext.hasImages` up to date. */
export function markImageFolders(images: ImageList, log: LogOutputChannel): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const update = async (): Promise<void> => {
    try {
      const listed = await images.list();
      const folders = listed.map(({ uri }) => Uri.joinPath(uri, "..").toString());
      await commands.executeCommand("setContext", contextKeys.hasImages, listed.length > 0);
      await commands.executeCommand("setContext", contextKeys.imageFolders, [...new Set(folders)]);
    } catch (error) {
      log.debug(`The folders of images could not be listed: ${String(error)}`);
    }
  };
  const updateSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), debounceMs);
  };
  updateSoon();
  return Disposable.from(images.onDidChange(updateSoon), new Disposable(() => clearTimeout(timer)));
}
