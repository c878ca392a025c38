// Says once about each image that came compressed that it opens here, and nowhere else.
import { l10n, type Uri, window } from "vscode";
import { isPacked } from "./image-store.ts";
import { shownName } from "./odd-names.ts";
import { nameOf } from "./paths.ts";

const told = new Set<string>();

/** To be called when an image has been opened. */
export function hintAtPacked(image: Uri): void {
  const id = image.with({ fragment: "" }).toString();
  if (!isPacked(image) || told.has(id)) return;
  told.add(id);
  void window.showInformationMessage(
    l10n.t(
      '"{0}" was unpacked to be shown. No host accepts it compressed; unpack it before you put it on one.',
      shownName(nameOf(image.path)),
    ),
  );
}
