// Which files inside images a command is about: what its menu hands over, what is selected in the Images view, or what is open.
import { l10n, TabInputText, Uri, window } from "vscode";
import { hexScheme, imageScheme } from "../../../shared/src/ids.ts";
import { hexPageOf } from "../hex/hex-uri.ts";
import { placeOf } from "../images/image-uri.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { type ImagesNode, isImagesNode } from "../views/images-node.ts";

export interface ImageFile {
  /** URI of the image's file, with `#partition=N` for one partition. */
  readonly image: Uri;
  /** `""` for all that is in the image. */
  readonly path: string;
}

/**
 * All files that a command is about: of menus what was clicked with all else that is selected; without arguments the selection
 * of the view, else the file inside an image that is open.
 */
export function imageFiles({ treeView }: Services, args: readonly unknown[]): readonly ImageFile[] {
  const [first, all] = args;
  const given = Array.isArray(all) && all.length > 0 ? all : first === undefined ? [] : [first];
  if (given.length > 0) return given.map(fileOf).filter((file) => file !== undefined);
  const active = window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = active instanceof TabInputText ? active.uri : window.activeTextEditor?.document.uri;
  const open = uri?.scheme === imageScheme || uri?.scheme === hexScheme ? fileOf(uri) : undefined;
  const selected = treeView.visible ? treeView.selection.map(fileOf).filter((file) => file !== undefined) : [];
  return selected.length > 0 || open === undefined ? selected : [open];
}

/** As `imageFiles`, for commands about single files of images; throws a UserError where there is none. */
export function requiredFiles(services: Services, args: readonly unknown[]): readonly [ImageFile, ...ImageFile[]] {
  const [first, ...others] = imageFiles(services, args).filter(({ path }) => path !== "");
  if (first === undefined) throw new UserError(l10n.t("No file of an image is selected in the Images view."));
  return [first, ...others];
}

function fileOf(value: unknown): ImageFile | undefined {
  if (value instanceof Uri) {
    if (value.scheme === imageScheme) return placeOf(value);
    const hex = hexPageOf(value);
    return hex === undefined ? { image: value, path: "" } : placeOf(hex.file);
  }
  return isImagesNode(value) ? fileOfNode(value) : undefined;
}

function fileOfNode(node: ImagesNode): ImageFile | undefined {
  if (node.kind === "problem") return undefined;
  return { image: Uri.parse(node.image), path: node.kind === "entry" || node.kind === "range" ? node.path : "" };
}
