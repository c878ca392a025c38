// Dragging in the Images view: image files onto it open, files out of it open in the editor where they are dropped.
import {
  type DataTransfer,
  DataTransferItem,
  FileType,
  l10n,
  type TreeDragAndDropController,
  Uri,
  window,
  workspace,
} from "vscode";
import type { ImageList } from "../images/image-list.ts";
import type { ImageStore } from "../images/image-store.ts";
import { imageUri } from "../images/image-uri.ts";
import { nameOf } from "../images/paths.ts";
import { reasonOf } from "../messages.ts";
import type { ImagesNode } from "./images-node.ts";

const uriList = "text/uri-list";
/** Looked into before they are opened. */
const maxDropped = 100;

export interface DragAndDropParts {
  readonly images: ImageList;
  readonly store: ImageStore;
}

export interface ImagesDragAndDrop extends TreeDragAndDropController<ImagesNode> {
  handleDrag(nodes: readonly ImagesNode[], data: DataTransfer): Promise<void>;
  handleDrop(target: ImagesNode | undefined, data: DataTransfer): Promise<void>;
}

export function createImagesDragAndDrop({ images, store }: DragAndDropParts): ImagesDragAndDrop {
  return {
    dropMimeTypes: [uriList, "files"],
    dragMimeTypes: [uriList],

    async handleDrag(nodes, data) {
      const uris = nodes.map(draggedUri).filter((uri) => uri !== undefined);
      if (uris.length === 0) return;
      data.set(uriList, new DataTransferItem(uris.map(String).join("\r\n")));
    },

    async handleDrop(_target, data) {
      const { uris, others } = await droppedFiles(data);
      const refused = [...others];
      for (const uri of uris.slice(0, maxDropped)) {
        const reason = await reasonAgainst(store, uri);
        if (reason === undefined) await images.open(uri);
        else refused.push(l10n.t('"{0}": {1}', nameOf(uri.path), reason));
      }
      if (uris.length > maxDropped) refused.push(l10n.t("{0} more files", uris.length - maxDropped));
      if (refused.length > 0)
        void window.showWarningMessage(l10n.t("Not opened as an image: {0}.", refused.join("; ")));
    },
  };
}

/** A file inside an image by itself, an image by its own file. */
function draggedUri(node: ImagesNode): Uri | undefined {
  const image = Uri.parse(node.image);
  if (node.kind === "image") return image;
  return node.kind === "entry" && node.type === "file" ? imageUri(image, node.path) : undefined;
}

async function droppedFiles(data: DataTransfer): Promise<{ uris: readonly Uri[]; others: readonly string[] }> {
  const text = (await data.get(uriList)?.asString()) ?? "";
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  const uris = new Map<string, Uri>();
  const others: string[] = [];
  for (const line of lines) {
    try {
      const uri = Uri.parse(line, true);
      uris.set(uri.toString(), uri);
    } catch {
      others.push(l10n.t('"{0}" is not the address of a file', line));
    }
  }
  for (const [, item] of data) {
    const file = item.asFile();
    if (file === undefined) continue;
    // A browser hands over bytes of a file of another machine, and no image is read whole.
    if (file.uri === undefined) others.push(l10n.t('"{0}" is on another machine; copy it to this one', file.name));
    else uris.set(file.uri.toString(), file.uri);
  }
  return { uris: [...uris.values()], others };
}

/** Why a file is no image that can be shown; undefined when it is one. */
async function reasonAgainst(store: ImageStore, uri: Uri): Promise<string | undefined> {
  try {
    if (((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0) return l10n.t("it is a folder");
    await store.use(uri, async () => undefined);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
