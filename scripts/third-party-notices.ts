// The licenses of all packages whose code is in the bundles, as one text that ships with them.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A package with code in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The license's SPDX identifier, as the package names it. */
  readonly license: string;
  /** The text of its license file. */
  readonly text: string;
}

const licenseFile = /^(?:licen[cs]e|copying)(?:[.-](?:txt|md|mit))?$/i;
/** The last folder of this name in a path is where its package was installed. */
const packagesFolder = "node_modules/";

/**
 * The packages that `inputs` belong to, by name and version. `inputs` are files with "/", relative to `root`, as esbuild
 * names them in its metafile; files outside of node_modules are the project's own and count for nothing.
 * Throws an error for a package without a license or without its text, which must not be shipped.
 */
export function bundledPackages(root: string, inputs: Iterable<string>): BundledPackage[] {
  const folders = new Set<string>();
  for (const input of inputs) {
    const folder = packageFolderOf(input);
    if (folder !== undefined) folders.add(folder);
  }
  const packages = new Map<string, BundledPackage>();
  for (const folder of folders) {
    const found = readPackage(path.join(root, folder));
    packages.set(`${found.name}@${found.version}`, found);
  }
  return [...packages.keys()].sort().flatMap((key) => packages.get(key) ?? []);
}

/** The text that ships: a heading for each package, with the text of its license. */
export function noticesText(packages: readonly BundledPackage[]): string {
  const rule = "-".repeat(79);
  return [
    "Sysext Workbench contains code of these packages, each under its own license.\n",
    ...packages.map(
      ({ name, version, license, text }) => `${rule}\n${name} ${version} (${license})\n\n${text.trim()}\n`,
    ),
  ].join("\n");
}

function packageFolderOf(input: string): string | undefined {
  const start = input.lastIndexOf(packagesFolder);
  if (start < 0) return undefined;
  const inside = input.slice(start + packagesFolder.length).split("/");
  const name = inside.slice(0, inside[0]?.startsWith("@") === true ? 2 : 1).join("/");
  return input.slice(0, start + packagesFolder.length) + name;
}

function readPackage(folder: string): BundledPackage {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const { name, version, license } = manifest as Partial<Record<"name" | "version" | "license", unknown>>;
  if (typeof name !== "string" || typeof version !== "string") throw new Error(`${folder} has no name and version`);
  if (typeof license !== "string") throw new Error(`the package ${name} names no license`);
  const file = readdirSync(folder).find((entry) => licenseFile.test(entry));
  if (file === undefined) throw new Error(`the package ${name} has no license file`);
  return { name, version, license, text: readFileSync(path.join(folder, file), "utf8") };
}
