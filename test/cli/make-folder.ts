// Makes throw-away folders with files for tests of the command line.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "node:test";
import { tempFolder } from "../support/tools.ts";

/** A folder with files by path. */
export function makeFolder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = tempFolder(t);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}
