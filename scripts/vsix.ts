// Makes the file that VS Code installs, from what .vscodeignore lets in.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { createVSIX } from "@vscode/vsce";
import { projectFolder } from "./project-folder.ts";

/** As big as the file may be, in bytes. */
export const largestVsix = 1_000_000;

/** The name and version in package.json. */
export function packageVersion(): { readonly name: string; readonly version: string } {
  const manifest: unknown = JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8"));
  const { name, version } = manifest as Record<"name" | "version", string>;
  return { name, version };
}

/** Whether a version is a pre-release: the marketplace knows none of semver's, so odd minor numbers are. */
export function isPreRelease(version: string): boolean {
  return Number(version.split(".")[1]) % 2 === 1;
}

/** Writes `file` from the bundles in dist/ and returns its size in bytes; needs no network. */
export async function makeVsix(file: string): Promise<number> {
  const preRelease = isPreRelease(packageVersion().version);
  await createVSIX({ cwd: projectFolder, packagePath: file, dependencies: false, preRelease });
  return statSync(file).size;
}
