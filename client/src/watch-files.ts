// Watches single files and whole folders by their names, whatever signs are in the names.
import { Disposable, RelativePattern, Uri, workspace } from "vscode";
import { escapeGlob } from "./escape-glob.ts";

/** Calls `changed` with the file's URI when the file comes, goes or changes. Its folder is watched, so it may be missing. */
export function watchFile(file: Uri, changed: (file: Uri) => void): Disposable {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  return watch(new RelativePattern(Uri.joinPath(file, ".."), escapeGlob(name)), changed);
}

/** Calls `changed` with the URI of each file in the folder, at any depth, that comes, goes or changes. */
export function watchFolder(folder: Uri, changed: (file: Uri) => void): Disposable {
  return watch(new RelativePattern(folder, "**"), changed);
}

function watch(pattern: RelativePattern, changed: (file: Uri) => void): Disposable {
  const watcher = workspace.createFileSystemWatcher(pattern);
  return Disposable.from(
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  );
}
