// Which other tool builds an image of a tree and writes its release file meanwhile, told by what lies around the tree.
import { listOrNothing, readText } from "./read-text.ts";
import { subtree, type Tree } from "./tree.ts";

export type TreeMaker = "sysext-bakery" | "mkosi" | "fedora-sysexts" | "script";

/** As much of a script or recipe as is looked through. */
const maxRecipeSize = 64 * 1024;
const maxRecipes = 40;
/** Recipes of a project's own, which say what they make. */
const recipeName =
  /^(?:.*\.sh|justfile|Justfile|Makefile|makefile|GNUmakefile|.*\.mk|Containerfile|Dockerfile|Earthfile|Taskfile\.ya?ml|flake\.nix)$/;
/** Folders in which recipes keep the files of an extension. */
const contentFolders = new Set(["files", "rootfs", "root", "overlay", "overlayfs", "tree", "sysext", "confext"]);

/**
 * The tool that makes an image of the tree in `folder`, a name in `parent`; undefined when nothing tells of one. Only files
 * beside the tree and in its top folder are read.
 */
export async function findMaker(parent: Tree, folder: string): Promise<TreeMaker | undefined> {
  const beside = await namesIn(parent);
  if (folder.startsWith("mkosi.extra") && (await isMkosiExtension(parent, beside))) return "mkosi";
  if (folder === "files" && beside.has("create.sh") && (await mentions(parent, "create.sh", /populate_sysext_root/))) {
    return "sysext-bakery";
  }
  const own = subtree(parent, folder);
  const inside = await namesIn(own);
  if (inside.has("justfile") && (await mentions(own, "justfile", /sysext\.just/))) return "fedora-sysexts";
  if (await hasRecipe(own, inside)) return "script";
  return contentFolders.has(folder) && (await hasRecipe(parent, beside)) ? "script" : undefined;
}

async function namesIn(tree: Tree): Promise<Set<string>> {
  return new Set((await listOrNothing(tree, "")).flatMap(({ name, type }) => (type === "file" ? [name] : [])));
}

async function isMkosiExtension(parent: Tree, names: ReadonlySet<string>): Promise<boolean> {
  return names.has("mkosi.conf") && (await mentions(parent, "mkosi.conf", /^\s*Format\s*=\s*(?:sysext|confext)\s*$/m));
}

/** Whether a recipe writes a release file itself. */
async function hasRecipe(tree: Tree, names: ReadonlySet<string>): Promise<boolean> {
  const recipes = [...names].filter((name) => recipeName.test(name)).slice(0, maxRecipes);
  for (const name of recipes) if (await mentions(tree, name, /extension-release\.d?/)) return true;
  return false;
}

async function mentions(tree: Tree, file: string, words: RegExp): Promise<boolean> {
  return words.test((await readText(tree, file, maxRecipeSize)) ?? "");
}
