// "Browse Image": shows an image in the Images view, expanded.
import { l10n, type Uri, window } from "vscode";
import type { FileType } from "../../../image/src/index.ts";
import { partitionOf } from "../images/image-uri.ts";
import { createPackedHint } from "../images/packed-hint.ts";
import type { Services } from "../services.ts";
import { type ImagesNode, imageNode } from "../views/images-node.ts";
import { requiredImage } from "./image-argument.ts";

const hintAtPacked = createPackedHint((name) => {
  void window.showInformationMessage(
    l10n.t('"{0}" was unpacked to be shown. No host accepts it compressed; unpack it before you put it on one.', name),
  );
});

export async function browseImage(services: Services, args: readonly unknown[]): Promise<void> {
  await showInView(services, requiredImage(services, args));
}

/** Puts the image on the list when it is not there, and reveals it, or a partition of it, with its first level open. */
export async function showInView(services: Services, uri: Uri): Promise<void> {
  const { id } = await services.images.open(uri.with({ fragment: "" }));
  const isPartition = partitionOf(uri) !== undefined;
  await revealNode(services, isPartition ? { kind: "partition", image: uri.toString() } : imageNode(id));
  // Unpacking takes its time, and whoever stops it sees that in the view.
  const opened = await services.store.use(uri, async () => true).catch(() => false);
  if (opened) hintAtPacked(id, uri.path);
}

/** Reveals a file or folder of an image that is on the list; the folder open. */
export async function revealInView(services: Services, image: Uri, path: string, type: FileType): Promise<void> {
  const id = image.toString();
  await revealNode(
    services,
    path === "" ? await services.imagesView.root(id) : { kind: "entry", image: id, path, type },
  );
}

/** What a filter hides cannot be revealed, so it ends. */
async function revealNode({ imagesView, treeView }: Services, node: ImagesNode): Promise<void> {
  await imagesView.filter.set("");
  await treeView.reveal(node, { select: true, focus: true, expand: true });
}
