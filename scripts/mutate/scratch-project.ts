// Copies of the project in which modules can be changed: the working tree stays as it is, whatever happens.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../project-folder.ts";

/** Below the project, so that its packages are found. */
const scratchFolder = path.join(projectFolder, ".cache/mutate");

/** The paths of all files of the project that git tracks or would track. */
export function projectFiles(): string[] {
  const list = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    cwd: projectFolder,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return list.split("\0").filter((file) => file !== "" && isThere(path.join(projectFolder, file)));
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Copies these files into a new folder and returns its path. */
export function copyProject(name: string, files: readonly string[]): string {
  const folder = path.join(scratchFolder, name);
  for (const file of files) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    // Symlinks stay what they are: trees of the examples have some that lead nowhere.
    cpSync(path.join(projectFolder, file), path.join(folder, file), { verbatimSymlinks: true });
  }
  return folder;
}

/** Removes all copies. */
export function removeCopies(): void {
  rmSync(scratchFolder, { recursive: true, force: true });
}

/** The script that builds the bundles of a copy. */
export const buildScript = "esbuild.mjs";

/** Gives a copy the bundles of another one. */
export function copyBundles(from: string, to: string): void {
  cpSync(path.join(from, "dist"), path.join(to, "dist"), { recursive: true });
}

export type Outcome = "passed" | "failed" | "endless";

/** Runs a script of a copy under this node; what takes longer than `timeoutMs` is ended, with all that it started. */
export async function runScript(folder: string, script: string, timeoutMs: number): Promise<Outcome> {
  // A group of its own, so that what a script started ends with it.
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(scratchFolder, "compiled") };
  const child = spawn(process.execPath, [script], { cwd: folder, env, detached: true, stdio: "ignore" });
  const endAll = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // Nothing of the group is left.
    }
  };
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    endAll();
  }, timeoutMs);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  clearTimeout(timer);
  endAll();
  return isLate ? "endless" : status === 0 ? "passed" : "failed";
}
