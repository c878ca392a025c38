// Marks files of images in views and editors: with a badge, a colour and a sentence.
import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  FileDecoration,
  type FileDecorationProvider,
  l10n,
  ThemeColor,
  type Uri,
} from "vscode";
import { imageScheme } from "../../../shared/src/ids.ts";
import { type EntryMark, entryMarks } from "./entry-marks.ts";
import type { ImageList } from "./image-list.ts";
import type { ImageStore } from "./image-store.ts";
import { placeOf } from "./image-uri.ts";
import { shownName } from "./odd-names.ts";

export interface ImageDecorations extends FileDecorationProvider, Disposable {
  provideFileDecoration(uri: Uri, token: CancellationToken): Promise<FileDecoration | undefined>;
}

/** VS Code asks only for what it shows, and keeps the answers until it is told that they are others. */
export function createImageDecorations(images: ImageList, store: ImageStore): ImageDecorations {
  const changes = new EventEmitter<undefined>();
  const subscription = images.onDidChange(() => changes.fire(undefined));
  return {
    onDidChangeFileDecorations: changes.event,

    async provideFileDecoration(uri, token) {
      if (uri.scheme !== imageScheme) return undefined;
      const { image, path } = placeOf(uri);
      if (path === "" || token.isCancellationRequested) return undefined;
      const control = new AbortController();
      const listener = token.onCancellationRequested(() => control.abort());
      try {
        const marks = await store.use(image, ({ tree }) => entryMarks(tree, path, control.signal));
        return decorationOf(marks);
      } catch {
        return undefined; // the view and the editor say what is wrong
      } finally {
        listener.dispose();
      }
    },

    dispose() {
      subscription.dispose();
      changes.dispose();
    },
  };
}

const looks: Readonly<Record<EntryMark["kind"], readonly [badge: string, color: string]>> = {
  whiteout: ["✕", "gitDecoration.deletedResourceForeground"],
  opaque: ["O", "gitDecoration.modifiedResourceForeground"],
  broken: ["?", "list.warningForeground"],
  circle: ["↻", "list.errorForeground"],
  setuid: ["S", "list.errorForeground"],
  setgid: ["G", "list.warningForeground"],
  writable: ["W", "list.warningForeground"],
};

function decorationOf(marks: readonly EntryMark[]): FileDecoration | undefined {
  const [first] = marks;
  if (first === undefined) return undefined;
  const [badge, color] = looks[first.kind];
  const decoration = new FileDecoration(badge, marks.map(sentenceOf).join(" "), new ThemeColor(color));
  decoration.propagate = false;
  return decoration;
}

function sentenceOf(mark: EntryMark): string {
  switch (mark.kind) {
    case "whiteout":
      return l10n.t("Hides the file or folder of this name in the layers below.");
    case "opaque":
      return l10n.t("Hides all that the layers below have in this folder.");
    case "broken":
      return l10n.t('Points to "/{0}", which is not in this image; the host may provide it.', shownName(mark.target));
    case "circle":
      return l10n.t("The symlink is part of a loop.");
    case "setuid":
      return l10n.t("Runs as user {0} regardless of who starts it (setuid).", mark.owner);
    case "setgid":
      return mark.folder
        ? l10n.t("New files in it belong to group {0} (setgid).", mark.group)
        : l10n.t("Runs as group {0} regardless of who starts it (setgid).", mark.group);
    case "writable":
      return mark.sticky ? l10n.t("Any user can add files to it (sticky).") : l10n.t("Any user can write to it.");
  }
}
