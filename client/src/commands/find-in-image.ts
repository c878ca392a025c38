// "Find in Image…": goes to a name or a line of text inside an image.
import { l10n, Range, window } from "vscode";
import { imageUri } from "../images/image-uri.ts";
import { findOptions } from "../search/find-pick.ts";
import type { Services } from "../services.ts";
import { chosenImage } from "./image-argument.ts";
import { openPath } from "./open-path.ts";
import { showOffset } from "./show-hex.ts";

export async function findInImage(services: Services, args: readonly unknown[]): Promise<void> {
  const image = await chosenImage(services, args, l10n.t("Find in Image"));
  if (image === undefined) return;
  const place = await services.findPick.show(image);
  if (place === undefined) return;
  const file = imageUri(image, place.path);
  if (place.offset !== undefined) return await showOffset(file, place.offset);
  if (place.line === undefined) return await openPath(services, image, place.path, place.type);
  const { number, column, length } = place.line;
  await window.showTextDocument(file, { selection: new Range(number, column, number, column + length) });
}

/** For the keys of the input; the argument is the option. */
export async function toggleFindOption({ findPick }: Services, args: readonly unknown[]): Promise<void> {
  const option = findOptions.find((one) => one === args[0]);
  if (option !== undefined) findPick.toggle(option);
}
