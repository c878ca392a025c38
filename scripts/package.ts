// `npm run package`: builds, and makes sysext-workbench-VERSION.vsix for users to install.
import path from "node:path";
import { buildBundles } from "./build-bundles.ts";
import { projectFolder } from "./project-folder.ts";
import { largestVsix, makeVsix, packageVersion } from "./vsix.ts";

if (!buildBundles()) {
  process.exitCode = 1;
} else {
  const { name, version } = packageVersion();
  const file = `${name}-${version}.vsix`;
  const bytes = await makeVsix(path.join(projectFolder, file));
  console.log(`${file} has ${bytes} bytes of at most ${largestVsix}.`);
  if (bytes > largestVsix) process.exitCode = 1;
}
