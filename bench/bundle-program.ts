// Bundles a program of this folder into one file, as users run it, so that no time is measured for stripping types.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles `NAME.ts` into `folder`; gives the path of what node runs. */
export async function bundleProgram(name: string, folder: string): Promise<string> {
  const outfile = path.join(folder, `${name}.mjs`);
  const entry = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", banner });
  return outfile;
}
