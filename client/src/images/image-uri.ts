// The URI of a file inside an image: sysext-image:/PATH?IMAGE, where PATH is the file's path and IMAGE the image's own URI.
//
// The path ends in the file's own name, so that VS Code finds its language and icon.
import { Uri } from "vscode";
import { imageScheme } from "../../../shared/src/ids.ts";
import { escapeOddName, unescapeOddName } from "./odd-names.ts";

export interface PlaceInImage {
  /** The URI of its file; with a fragment for a partition of a disk, see `partitionUri`. */
  readonly image: Uri;
  /** As a FileTree takes it: without a slash in front, `""` for the root. */
  readonly path: string;
}

export function imageUri(image: Uri, path: string): Uri {
  // A damaged name may begin with a slash, and two at the beginning are no path for a URI.
  const clean = escapeOddName(path).replace(/^\/+/, "");
  return Uri.from({ scheme: imageScheme, path: `/${clean}`, query: image.toString() });
}

const partitionWord = /^partition=(\d+)$/;

/** The URI of one partition of a disk image, which opens as an image of its own. */
export function partitionUri(image: Uri, partition: number): Uri {
  return image.with({ fragment: `partition=${partition}` });
}

/** The number of the partition that an image's URI names; undefined for the image as a whole. */
export function partitionOf(image: Uri): number | undefined {
  const [, number] = partitionWord.exec(image.fragment) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** The place that a URI of `imageUri` names. */
export function placeOf(uri: Uri): PlaceInImage {
  return { image: Uri.parse(uri.query), path: unescapeOddName(uri.path.replace(/^\/+|\/+$/g, "")) };
}
