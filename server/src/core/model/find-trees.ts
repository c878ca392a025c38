// Finds the extension trees in a folder by what is in them, and in the shapes that other tools use.
import { hierarchiesOf } from "./extension-tree.ts";
import { projectPath } from "./project.ts";
import { listFiles, listOrNothing } from "./read-text.ts";
import { releaseFolders, releasePrefix } from "./release-location.ts";
import { subtree, type Tree, type TreeEntry } from "./tree.ts";
import { findMaker } from "./tree-maker.ts";

/** Folders that hold no tree and may be large. */
const skippedFolders = new Set([".git", ".hg", ".svn", "node_modules", ".cache", "__pycache__", ".venv"]);
const deepestTree = 12;
/** Enough for any workspace; a folder with more is not one of extension trees. */
const maxFolders = 50_000;
/** Paths of all extension trees in a folder, `""` for the folder itself. Trees inside of trees are not looked for. */
export async function findTrees(tree: Tree, signal?: { readonly aborted: boolean }): Promise<string[]> {
  const found: string[] = [];
  let visited = 0;

  async function visit(path: string, depth: number): Promise<void> {
    if (signal?.aborted || ++visited > maxFolders) return;
    const entries = await listOrNothing(tree, path);
    if (await isTree(tree, path, entries)) {
      found.push(path);
      return;
    }
    if (depth === deepestTree) return;
    for (const { name, type } of entries) {
      if (type === "directory" && !skippedFolders.has(name))
        await visit(path === "" ? name : `${path}/${name}`, depth + 1);
    }
  }

  await visit("", 0);
  return found;
}

/** A folder with a release file, with a project file beside what goes into an image, or that a known tool builds from. */
async function isTree(tree: Tree, path: string, entries: readonly TreeEntry[]): Promise<boolean> {
  const folders = entries.flatMap(({ name, type }) => (type === "directory" ? [name] : []));
  if (
    !Object.values(hierarchiesOf)
      .flat()
      .some((folder) => folders.includes(folder))
  )
    return false;
  if (entries.some(({ name }) => name === projectPath)) return true;
  const inTree = (name: string) => (path === "" ? name : `${path}/${name}`);
  for (const folder of Object.values(releaseFolders)) {
    if (!folders.includes(folder.slice(0, folder.indexOf("/")))) continue;
    const names = await listFiles(tree, inTree(folder));
    if (names.some((name) => name.startsWith(releasePrefix))) return true;
  }
  if (!hierarchiesOf.sysext.some((folder) => folders.includes(folder)) || path === "") return false;
  const slash = path.lastIndexOf("/");
  const parent = subtree(tree, path.slice(0, Math.max(0, slash)));
  return (await findMaker(parent, path.slice(slash + 1))) !== undefined;
}
