// Holds every room to its types and every file to one format and the lint rules, import rules among them.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";

/** Runs a program of this project's packages; a failure shows what it printed. */
function passes(program: string, ...parameters: readonly string[]): void {
  const file = path.join(projectFolder, "node_modules", ".bin", program);
  const { FORCE_COLOR: _, ...env } = process.env; // node's test runner sets it, and colours would bury the message
  const shell = process.platform === "win32"; // programs of packages are batch files there
  const run = spawnSync(file, parameters, { cwd: projectFolder, encoding: "utf8", shell, env });
  if (run.status !== 0) throw new Error(`${program} says:\n${run.stdout}${run.stderr}${run.error ?? ""}`);
}

test("the types are right (tsc -b)", () => passes("tsc", "-b"));

test("format, lint and import rules hold (biome ci)", () =>
  passes("biome", "ci", "--colors=off", "--error-on-warnings"));
