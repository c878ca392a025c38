// Bundles the programs into dist/ before something is started from there.
import { spawnSync } from "node:child_process";
import { projectFolder } from "./project-folder.ts";

/** Runs esbuild.mjs, which reports what is wrong; false, with a sentence said, when there is something. */
export function buildBundles(): boolean {
  const build = spawnSync(process.execPath, ["esbuild.mjs"], { cwd: projectFolder, stdio: ["ignore", 2, 2] });
  if (build.status !== 0) console.error("The bundles could not be built; nothing was started.");
  return build.status === 0;
}
