// Questions about the files that hosts have by themselves: units, and programs by their paths.
import type { BaseSystem } from "../../../model/tree-context.ts";
import { parseUnitName, templateOf } from "../../../model/unit-name.ts";

const unitFolders = [
  "usr/lib/systemd/system",
  "lib/systemd/system",
  "usr/local/lib/systemd/system",
  "etc/systemd/system",
];

/** Where hosts have the unit of a name, or the template of an instance; undefined where they do not, or nobody knows. */
export function hostUnitPath(base: BaseSystem | undefined, name: string): string | undefined {
  if (base === undefined) return undefined;
  const parsed = parseUnitName(name);
  const template = parsed && templateOf(parsed);
  return [name, ...(template === undefined ? [] : [template])]
    .flatMap((file) => unitFolders.map((folder) => `${folder}/${file}`))
    .find((path) => base.typeOf(path) !== undefined);
}

export function hostHasUnit(base: BaseSystem | undefined, name: string): boolean {
  return hostUnitPath(base, name) !== undefined;
}

/** Whether hosts have a file, or may have it behind a symlink on its path. */
export function hostMayHave(base: BaseSystem, path: string): boolean {
  if (base.typeOf(path) !== undefined) return true;
  const [, sbinName] = /^usr\/sbin\/([^/]+)$/.exec(path) ?? [];
  if (sbinName !== undefined && base.typeOf("usr/sbin") === "symlink") {
    return base.typeOf(`usr/bin/${sbinName}`) !== undefined;
  }
  const parts = path.split("/");
  return parts.some((_, depth) => depth > 0 && base.typeOf(parts.slice(0, depth).join("/")) === "symlink");
}
