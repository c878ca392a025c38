// What the project's modules import, as their texts say it.
import path from "node:path";
import { projectFiles, readProjectFile } from "./project.ts";

/** The modules of all rooms, without their tests. */
export const productFiles: readonly string[] = projectFiles(
  /^(shared|server|image|updates|hosts|cli|client)\/.*(?<!\.test)\.ts$/,
);

/** What a module names in its imports, of values and types, static and dynamic, and in its `export … from`: paths in the project, and packages. */
export function importsOf(file: string): string[] {
  const specifiers = readProjectFile(file).matchAll(
    /^(?:import|export)\s(?:[^"'`;=]*\sfrom\s)?"([^"\n]+)"|\bimport\(\s*"([^"\n]+)"/gm,
  );
  return [...specifiers]
    .map(([, fixed, dynamic]) => fixed ?? dynamic ?? "")
    .map((specifier) => (specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier) : specifier));
}
