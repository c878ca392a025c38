// What the tidy tests look at: the files of this project, as git sees them.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";

/** Paths of the project's files that match, with "/", in order: what is committed, and what could be. */
export function projectFiles(matching: RegExp): string[] {
  const listing = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: projectFolder,
    encoding: "utf8",
  });
  const files = listing.split("\0").filter((file) => matching.test(file) && existsSync(path.join(projectFolder, file)));
  return [...new Set(files)].sort();
}

/** The text of a file of the project. */
export function readProjectFile(file: string): string {
  return readFileSync(path.join(projectFolder, file), "utf8");
}

/** Whether a file or folder of the project is there. */
export function projectHas(file: string): boolean {
  return existsSync(path.join(projectFolder, file));
}

/** A JSON file of the project; the caller says what it expects in it. */
export function readProjectJson<T>(file: string): T {
  return JSON.parse(readProjectFile(file)) as T;
}
