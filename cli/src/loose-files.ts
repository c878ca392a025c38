// The files below a folder that lie in none of its extension trees.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { about } from "./failure.ts";

/** Folders that hold no files of the user's own. */
const skippedFolders = new Set([".git", "node_modules", ".cache"]);
const deepestFolder = 24;

/** Paths relative to the folder, in the order of their names; `trees` are paths relative to it that are left out. */
export async function listLooseFiles(folder: string, trees: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  const covered = new Set(trees);

  async function visit(inFolder: string, depth: number): Promise<void> {
    if (covered.has(inFolder)) return;
    const entries = await about(path.join(folder, inFolder), () =>
      readdir(path.join(folder, inFolder), { withFileTypes: true }),
    );
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const relative = inFolder === "" ? entry.name : `${inFolder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth < deepestFolder && !skippedFolders.has(entry.name)) await visit(relative, depth + 1);
      } else if (entry.isFile()) {
        files.push(relative);
      }
    }
  }

  await visit("", 0);
  return files;
}
