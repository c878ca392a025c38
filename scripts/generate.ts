// Writes every generated file of the project.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateTables } from "./generate/tables.ts";
import { projectFolder } from "./project-folder.ts";

/** All generated files by their path in the project, as they should be. */
export function generateAll(): Record<string, string> {
  const files = generateTables();
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [file, formatOne(file, text)]));
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

function isCurrent(file: string, text: string): boolean {
  try {
    return readFileSync(path.join(projectFolder, file), "utf8") === text;
  } catch {
    return false; // not there yet
  }
}

if (import.meta.main) {
  for (const [file, text] of Object.entries(generateAll())) {
    if (isCurrent(file, text)) continue;
    mkdirSync(path.join(projectFolder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(projectFolder, file), text);
    console.log(`wrote ${file}`);
  }
}
