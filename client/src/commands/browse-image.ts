// "Browse Image": shows an image in the Images view, expanded.
import type { Uri } from "vscode";
import { imageNode } from "../views/images-view.ts";
import { requiredImage } from "./image-argument.ts";
import type { Parts } from "./parts.ts";

export async function browseImage(parts: Parts, args: readonly unknown[]): Promise<void> {
  await showInView(parts, requiredImage(parts, args));
}

/** Puts the image on the list when it is not there, and reveals it with its first level open. */
export async function showInView(parts: Parts, uri: Uri): Promise<void> {
  const { id } = await parts.images.open(uri);
  await parts.treeView.reveal(imageNode(id), { select: true, focus: true, expand: true });
}
