// The URI of a file inside an image: sysext-image:/PATH?IMAGE, where PATH is the file's path and IMAGE the image's own URI.
//
// The path ends in the file's own name, so that VS Code finds its language and icon.
import { Uri } from "vscode";
import { imageScheme } from "../../../shared/src/ids.ts";
import { escapeOddName, unescapeOddName } from "./odd-names.ts";

export interface PlaceInImage {
  readonly image: Uri;
  /** As a FileTree takes it: without a slash in front, `""` for the root. */
  readonly path: string;
}

export function imageUri(image: Uri, path: string): Uri {
  return Uri.from({ scheme: imageScheme, path: `/${escapeOddName(path)}`, query: image.toString() });
}

/** The place that a URI of `imageUri` names. */
export function placeOf(uri: Uri): PlaceInImage {
  return { image: Uri.parse(uri.query), path: unescapeOddName(uri.path.replace(/^\/+|\/+$/g, "")) };
}
