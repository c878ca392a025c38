// What is at a path of the host, asked without waiting: checks ask for thousands of paths one by one.
import { lstatSync, type Stats } from "node:fs";
import path from "node:path";

export type HostPathType = "file" | "directory" | "symlink" | "other";

/** The type of what is at `inside` in a folder of the host, symlinks not followed; undefined where nothing is. */
export function typeInFolder(folder: string, inside: string): HostPathType | undefined {
  let found: Stats | undefined;
  try {
    found = lstatSync(path.join(folder, inside), { throwIfNoEntry: false });
  } catch {
    return undefined; // a file where a folder should be, or a name that no path can have
  }
  if (found === undefined) return undefined;
  if (found.isFile()) return "file";
  if (found.isDirectory()) return "directory";
  return found.isSymbolicLink() ? "symlink" : "other";
}
