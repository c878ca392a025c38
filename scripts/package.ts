// Makes the file that users install, sysext-workbench-VERSION.vsix, and holds it to its size.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { createVSIX } from "@vscode/vsce";
import { buildBundles } from "./build-bundles.ts";
import { projectFolder } from "./project-folder.ts";

/** Bytes. */
const mostBytes = 1_000_000;

if (!buildBundles()) throw new Error("The bundles could not be built, so nothing was packaged.");
const { name, version } = JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8")) as {
  name: string;
  version: string;
};
const file = path.join(projectFolder, `${name}-${version}.vsix`);
await createVSIX({ cwd: projectFolder, packagePath: file, dependencies: false });
const { size } = statSync(file);
console.log(`${path.basename(file)}: ${size.toLocaleString("en")} bytes of ${mostBytes.toLocaleString("en")} allowed.`);
if (size > mostBytes) process.exitCode = 1;
