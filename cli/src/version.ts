// The version of this program, from the package it belongs to.
import { readFileSync } from "node:fs";
import path from "node:path";

/** The bundle lies in dist/, this file in cli/src/; package.json is above both. */
const packageFolder = path.join(import.meta.dirname, import.meta.filename.endsWith(".ts") ? "../.." : "..");

export function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error("package.json has no version");
}
