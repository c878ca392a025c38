// Which image a command is about: the one its menu hands over, or the one selected in the Images view.
import { l10n, Uri, window, workspace } from "vscode";
import { imageScheme } from "../../../shared/src/ids.ts";
import { placeOf } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { nameOf } from "../images/paths.ts";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { type ImagesNode, isImagesNode } from "../views/images-node.ts";
import { imageFiles } from "./image-files.ts";

/** The node that a menu of the view handed over, else the selected one. */
export function nodeArgument(services: Services, args: readonly unknown[]): ImagesNode | undefined {
  const [first] = args;
  if (isImagesNode(first)) return first;
  return first === undefined ? services.treeView.selection[0] : undefined;
}

/** The image's URI from a node, or from the URI of an image or of a file inside one; undefined when none is named. */
export function imageArgument(services: Services, args: readonly unknown[]): Uri | undefined {
  const [first] = args;
  if (first instanceof Uri) return first.scheme === imageScheme ? placeOf(first).image : first;
  const node = nodeArgument(services, args);
  return node === undefined ? undefined : Uri.parse(node.image);
}

/** As `imageArgument`, for commands that cannot do without. */
export function requiredImage(services: Services, args: readonly unknown[]): Uri {
  const image = imageArgument(services, args);
  if (image === undefined) throw new UserError(l10n.t("No image is selected; select one in the Images view first."));
  return image;
}

/** As `imageArgument`, else the only image that is listed, or the user's choice; undefined when the user chose none. */
export async function chosenImage(
  services: Services,
  args: readonly unknown[],
  title: string,
): Promise<Uri | undefined> {
  const [file] = imageFiles(services, args);
  if (file !== undefined) return file.image;
  const listed = await services.images.list();
  const [only] = listed;
  if (only === undefined) throw new UserError(l10n.t("There is no image in the Images view; open one first."));
  if (listed.length === 1) return only.uri;
  const items = listed.map(({ uri }) => ({
    label: shownName(nameOf(uri.path)),
    description: workspace.asRelativePath(uri),
    uri,
  }));
  return (
    await window.showQuickPick(items, { title, placeHolder: l10n.t("In which image?"), matchOnDescription: true })
  )?.uri;
}
