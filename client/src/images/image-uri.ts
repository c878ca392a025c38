// The URI of a file inside an image: sysext-image://IMAGE/PATH, where IMAGE is the image's own URI as `imageAuthority` writes
// it and PATH the file's path.
import { Uri } from "vscode";
import { imageScheme } from "../../../shared/src/ids.ts";
import { imageAuthority, imageOfAuthority } from "../../../shared/src/image-authority.ts";
import { escapeOddName, unescapeOddName } from "./odd-names.ts";

export interface PlaceInImage {
  /** The URI of its file; with a fragment for a partition of a disk, see `partitionUri`. */
  readonly image: Uri;
  /** As a FileTree takes it: without a slash in front, `""` for the root. */
  readonly path: string;
}

export function imageUri(image: Uri, path: string): Uri {
  // A damaged name may begin with a slash, which would read as the name of a folder that is empty.
  const clean = escapeOddName(path).replace(/^\/+/, "");
  return Uri.from({ scheme: imageScheme, authority: imageAuthority(image.toString()), path: `/${clean}` });
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
  const image = Uri.parse(imageOfAuthority(uri.authority) ?? "");
  return { image, path: unescapeOddName(uri.path.replace(/^\/+|\/+$/g, "")) };
}
