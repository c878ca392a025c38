// URIs as texts: their path, and the URIs of files beside and below. Any text may come in; none throws.
//
// A file inside an image has its path in the path of the URI and the URI of the image in the authority.
import { imageScheme } from "../../../shared/src/ids.ts";
import { imageAuthority, imageOfAuthority } from "../../../shared/src/image-authority.ts";
import { nameOfImage } from "../core/index.ts";

/** The decoded path of a URI; undefined for what is no URI with a path. */
export function pathOfUri(uri: string): string | undefined {
  const path = /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[^/?#]*)?(\/[^?#]*)/.exec(uri)?.[1];
  if (path === undefined) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // a stray % sign
  }
}

const insideImage = new RegExp(`^${imageScheme}://([^/?#]+)(/[^?#]*)?`, "s");

/** Whether a URI names a file inside an image, which is read-only. */
export function isInImage(uri: string): boolean {
  return insideImage.test(uri);
}

/** The URI of the image that a file is in, of which `#partition=N` may be a part; undefined for any other file. */
export function imageOfUri(uri: string): string | undefined {
  const authority = insideImage.exec(uri)?.[1];
  return authority === undefined ? undefined : imageOfAuthority(authority);
}

/** The URI of the root of the image that a file is in; undefined for any other file. */
export function imageRootOf(uri: string): string | undefined {
  const authority = insideImage.exec(uri)?.[1];
  return authority === undefined ? undefined : `${imageScheme}://${authority}/`;
}

/** The URI of an image's root as VS Code writes it. */
export function imageRoot(image: string): string {
  return `${imageScheme}://${imageAuthority(image)}/`;
}

/** Whether a URI is that of the root of an image. */
export function isImageRoot(uri: string): boolean {
  return insideImage.exec(uri)?.[2] === "/";
}

/** The URI without its last `count` names, and without a query. Nothing is above the root of an image. */
export function ancestorUri(uri: string, count: number): string {
  const left = uri
    .replace(/[?#].*$/s, "")
    .split("/")
    .slice(0, -count)
    .join("/");
  const root = imageRootOf(uri);
  return root !== undefined && left.length < root.length ? root : left;
}

/** The URI of a file below a folder; `path` is joined by `/` and not encoded. */
export function descendantUri(folder: string, path: string): string {
  const names = path
    .split("/")
    .map((name) => encodeURIComponent(withoutLoneSurrogates(name)))
    .join("/");
  return `${isImageRoot(folder) ? folder.slice(0, -1) : folder}/${names}`;
}

/** The bytes of a name that are no UTF-8 are lone surrogates to us, which no URI can have; the editor's side reads "%E9". */
function withoutLoneSurrogates(name: string): string {
  return name
    .replace(/[\udc80-\udcff]/gu, (byte) => `%${(byte.charCodeAt(0) - 0xdc00).toString(16).toUpperCase()}`)
    .toWellFormed();
}

/**
 * A form in which two spellings of one URI are equal: editors encode more or fewer characters. Behind that of a folder
 * comes that of a file in it with a slash and its path, also inside images.
 */
export function comparableUri(uri: string): string {
  const [, authority = "", path = "/"] = insideImage.exec(uri) ?? [];
  const image = imageOfAuthority(authority);
  if (image === undefined) return decoded(uri);
  return `${imageScheme}://${decoded(image)}${decoded(path).replace(/\/*$/, "")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % sign
  }
}

/** Whether a folder is that in which all others are: `/`, a Windows drive, or what is no path at all. */
export function isTopFolder(folder: string): boolean {
  if (isInImage(folder)) return false;
  return /^(?:\/[A-Za-z]:)?\/*$/.test(pathOfUri(`${folder}/`) ?? "");
}

/** The place of a tree: the names of its folder and of the one above it; of an image that of its file. */
export function placeOfTree(rootUri: string): { folder: string; parent?: string } {
  const image = isImageRoot(rootUri) ? imageOfUri(rootUri) : undefined;
  if (image === undefined) return placeOfPath(pathOfUri(rootUri) ?? "");
  return { folder: nameOfImage(fileNameOf(image)) };
}

/** The name of the file that a URI names, decoded. */
export function fileNameOf(uri: string): string {
  return placeOfPath(pathOfUri(uri) ?? "").folder;
}

/** The names of the folder at a path and of the one above it. */
export function placeOfPath(path: string): { folder: string; parent?: string } {
  const names = path.split("/").filter((name) => name !== "");
  const parent = names.at(-2);
  return { folder: names.at(-1) ?? "", ...(parent === undefined ? {} : { parent }) };
}
