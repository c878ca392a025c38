// The commands that the units of a tree run, and the paths of its programs.

import { isGenerated } from "../../../model/project.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { isProgramPath } from "../../../model/tree-facts.ts";
import { nameOf, type TreeFiles } from "../../../model/tree-files.ts";
import type { Occurrence } from "../../../model/unit.ts";
import { spanInValue } from "../../../syntax/unit-syntax.ts";
import type { Span } from "../../../text/span.ts";
import { type Command, parseCommands } from "../../../values/command-line.ts";
import { hasSpecifier } from "../../../values/specifiers.ts";
import type { TreeUnit } from "./tree-units.ts";

const settings: Readonly<Record<string, readonly string[]>> = {
  Service: [
    "ExecCondition",
    "ExecStartPre",
    "ExecStart",
    "ExecStartPost",
    "ExecReload",
    "ExecReloadPost",
    "ExecStop",
    "ExecStopPost",
  ],
  Socket: ["ExecStartPre", "ExecStartPost", "ExecStopPre", "ExecStopPost"],
};
/** With these a command's path is not that of the host's tree. */
const otherRoots = [
  "RootDirectory",
  "RootImage",
  "RootDirectoryStartOnly",
  "MountImages",
  "ExtensionImages",
  "ExtensionDirectories",
  "BindPaths",
  "BindReadOnlyPaths",
];

export interface UnitCommand {
  readonly command: Command;
  readonly at: Occurrence;
  /** Where the path of the program is written. */
  readonly span: Span;
}

/** The commands of a unit whose programs are named as they are. */
export function commandsOf(unit: TreeUnit): UnitCommand[] {
  const { section } = unit;
  if (otherRoots.some((name) => unit.all(section, name).length > 0)) return [];
  return (settings[section] ?? []).flatMap((name) =>
    unit.all(section, name).flatMap((at) => {
      const { value } = at.entry.node;
      if (at.entry.open) return [];
      return parseCommands(value.text).flatMap((command) => {
        const { text, start, end, quoted } = command.path;
        if (text === "" || quoted || hasSpecifier(text) || !/^[\w@%+=:,./\\[\]-]+$/.test(text)) return [];
        return [{ command, at, span: spanInValue(value, start, end) }];
      });
    }),
  );
}

/** The path in a tree of an absolute path, where `/bin` and its like are symlinks into `/usr`. */
export function inTree(path: string): string {
  const plain = path.split("/").filter((part) => part !== "" && part !== ".");
  const [top = ""] = plain;
  return (/^(?:bin|sbin|lib|lib64)$/.test(top) ? ["usr", ...plain] : plain).join("/");
}

/** Whether the tree has a file at a path, or may have one: behind a symlink out of it, or made later. */
export function mayHave({ files, extension }: Pick<TreeFacts, "files" | "extension">, path: string): boolean {
  const found = files.resolve(path);
  if (found.kind !== "missing" || found.path !== path) return true;
  return files.get(path) !== undefined || isGenerated(extension.project, path);
}

const known = new WeakMap<TreeFiles, ReadonlyMap<string, readonly string[]>>();

/** Paths of the tree's programs by their names. */
export function programsIn(files: TreeFiles): ReadonlyMap<string, readonly string[]> {
  const found = known.get(files) ?? findPrograms(files);
  known.set(files, found);
  return found;
}

function findPrograms(files: TreeFiles): ReadonlyMap<string, readonly string[]> {
  const programs = new Map<string, string[]>();
  for (const { path, type, mode } of files.all) {
    if (type !== "file" || !/^(?:usr|opt)\//.test(path) || path.includes("/completions/")) continue;
    if ((mode & 0o111) === 0 && !isProgramPath(path)) continue;
    const name = nameOf(path);
    const paths = programs.get(name);
    if (paths === undefined) programs.set(name, [path]);
    else paths.push(path);
  }
  return programs;
}
