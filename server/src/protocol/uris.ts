// URIs as texts: their path, and the URIs of files beside and below. Any text may come in; none throws.

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

/** The URI without its last `count` names, and without a query. */
export function ancestorUri(uri: string, count: number): string {
  return uri
    .replace(/[?#].*$/s, "")
    .split("/")
    .slice(0, -count)
    .join("/");
}

/** The URI of a file below a folder; `path` is joined by `/` and not encoded. */
export function descendantUri(folder: string, path: string): string {
  return `${folder}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** A form in which two spellings of one URI are equal: editors encode more or fewer characters. */
export function comparableUri(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** Whether a folder is that in which all others are: `/`, a Windows drive, or what is no path at all. */
export function isTopFolder(folder: string): boolean {
  return /^(?:\/[A-Za-z]:)?\/*$/.test(pathOfUri(`${folder}/`) ?? "");
}

/** The names of the folder at a path and of the one above it. */
export function placeOfPath(path: string): { folder: string; parent?: string } {
  const names = path.split("/").filter((name) => name !== "");
  const parent = names.at(-2);
  return { folder: names.at(-1) ?? "", ...(parent === undefined ? {} : { parent }) };
}
