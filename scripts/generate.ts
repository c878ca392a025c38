// Writes every generated file of the project.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkPagesFolder, generateCheckPages } from "./generate/check-pages.ts";
import { generateBuildOptions } from "./generate/format-options.ts";
import { generateManifestSettings } from "./generate/manifest-settings.ts";
import { generateProjectSchema } from "./generate/project-schema.ts";
import { generateTables } from "./generate/tables.ts";
import { projectFolder } from "./project-folder.ts";

/** All generated files by their path in the project, as they should be. */
export async function generateAll(): Promise<Record<string, string>> {
  const code = {
    ...generateTables(),
    ...generateBuildOptions(),
    ...generateProjectSchema(),
    ...generateManifestSettings(),
  };
  const formatted = Object.entries(code).map(([file, text]) => [file, formatOne(file, text)]);
  return { ...Object.fromEntries(formatted), ...(await generateCheckPages()) };
}

/** Pages that no check has any more, of those in the folder of generated pages. */
export function findStale(current: Readonly<Record<string, string>>): string[] {
  const pages = globSync(`${checkPagesFolder}/**/*.md`, { cwd: projectFolder });
  return pages.map((page) => page.replaceAll(path.sep, "/")).filter((page) => !(page in current));
}

/** Formats a source as the rest of the project is. */
function formatOne(file: string, text: string): string {
  const biome = path.join(projectFolder, "node_modules/@biomejs/biome/bin/biome");
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, "format", `--stdin-file-path=${file}`], {
    cwd: projectFolder,
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`cannot format ${file}: ${stderr}`);
  return stdout;
}

/** Whether a generated file has this text. */
export function isCurrent(file: string, text: string): boolean {
  try {
    return readFileSync(path.join(projectFolder, file), "utf8") === text;
  } catch {
    return false; // not there yet
  }
}

if (import.meta.main) {
  const files = await generateAll();
  for (const [file, text] of Object.entries(files)) {
    if (isCurrent(file, text)) continue;
    mkdirSync(path.join(projectFolder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(projectFolder, file), text);
    console.log(`wrote ${file}`);
  }
  for (const file of findStale(files)) {
    rmSync(path.join(projectFolder, file));
    console.log(`removed ${file}`);
  }
}
