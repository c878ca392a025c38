// The set of definitions that a file counts in, read with the texts of the editor in place of those on the disk.
import {
  locateUpdate,
  parseUnitFile,
  readText,
  readUpdateSets,
  setOf,
  setOfFiles,
  type Tree,
  type TreeUpdateFile,
  type UpdateSet,
} from "../core/index.ts";
import { type Documents, withOpenDocuments } from "./documents.ts";
import type { Platform } from "./platform.ts";
import { ancestorUri, descendantUri, pathOfUri } from "./uris.ts";

export interface PlacedSet {
  readonly set: UpdateSet;
  /** The URI of a file of the set by its path there. */
  uriOf(path: string): string;
}

/** No folder of definitions has more. */
const maxFiles = 1000;

/** The set around a definition or a drop-in; undefined for any other file, and where the process sees no files. */
export async function readSetAt(uri: string, documents: Documents, platform: Platform): Promise<PlacedSet | undefined> {
  const location = locateUpdate(pathOfUri(uri) ?? "");
  if (location === undefined || location.kind === "component") return undefined;
  if (location.path !== undefined) {
    const rootUri = ancestorUri(uri, location.path.split("/").length);
    const tree = platform.folderTree(rootUri);
    if (tree === undefined) return undefined;
    const set = setOf(await readUpdateSets(withOpenDocuments(tree, rootUri, documents)), location);
    return set && { set, uriOf: (path) => descendantUri(rootUri, path) };
  }
  // What lies in a folder of its own counts together, as with "systemd-sysupdate --definitions=".
  const folderUri = ancestorUri(uri, location.form === "drop-in" ? 2 : 1);
  const tree = platform.folderTree(folderUri);
  if (tree === undefined) return undefined;
  const files = withOpenDocuments(tree, folderUri, documents);
  return {
    set: await readFolderSet(files, pathOfUri(folderUri) ?? "", location.component),
    uriOf: (path) => descendantUri(folderUri, path),
  };
}

/** The definitions in a folder with their drop-ins; paths count from the folder, whose own path decides what they are. */
export async function readFolderSet(tree: Tree, folderPath: string, component?: string): Promise<UpdateSet> {
  const files: TreeUpdateFile[] = [];
  async function add(path: string): Promise<void> {
    const location = locateUpdate(`${folderPath}/${path}`);
    const text = location === undefined ? undefined : await readText(tree, path);
    if (location === undefined || text === undefined || files.length >= maxFiles) return;
    files.push({ path, location, file: parseUnitFile(text, { type: location.kind, template: location.template }) });
  }
  for (const { name, type } of (await tree.list("")).slice(0, maxFiles)) {
    if (type === "file" || type === "symlink") await add(name);
    else if (type === "directory" && /\.(?:transfer|conf|feature)\.d$/.test(name)) {
      for (const inner of (await tree.list(name)).slice(0, maxFiles)) {
        if (inner.type !== "directory") await add(`${name}/${inner.name}`);
      }
    }
  }
  return setOfFiles(files, component);
}
