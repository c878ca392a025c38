// Makes the file that VS Code installs, from what .vscodeignore lets in.
import { statSync } from "node:fs";
import { createVSIX } from "@vscode/vsce";
import { projectFolder } from "./project-folder.ts";

/** As big as the file may be, in bytes. */
export const largestVsix = 1_000_000;

/** Writes `file` from the bundles in dist/ and returns its size in bytes; needs no network. */
export async function makeVsix(file: string): Promise<number> {
  await createVSIX({ cwd: projectFolder, packagePath: file, dependencies: false });
  return statSync(file).size;
}
