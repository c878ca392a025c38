// What a file is by its path: a unit, a drop-in of one, or neither; files count by where they land, in any root.
import { isUnitType, parseUnitName, type UnitType } from "./unit-name.ts";

export interface UnitLocation {
  readonly kind: "unit" | "drop-in";
  /** The unit's name; of a drop-in that of its folder: a unit, `foo-.service` for all that begin so, or a type. */
  readonly name: string;
  readonly type: UnitType;
  readonly manager: "system" | "user";
  /** Path of the tree's folder, without a slash at the end; undefined for a file outside of systemd's folders. */
  readonly root?: string;
  /** Folder of units relative to the root, such as `usr/lib/systemd/system`. */
  readonly folder?: string;
  /** Path of the file relative to the root. */
  readonly path?: string;
  /** Whether another tool makes the unit from this file, so that placeholders stand in it. */
  readonly template: boolean;
}

/** The folders in which systemd looks for units, those that matter in an extension first. */
const unitFolder =
  /^(?:(.*?)\/)??((?:usr\/lib|usr\/local\/lib|usr\/share|lib|etc|run)\/systemd\/(system|user)(?:\.control|\.attached)?)\/(.+)$/s;

/** Endings of files from which other tools make a unit. */
const templateEnding = /\.(?:in|j2|jinja2?|tmpl|tpl|template|m4|mustache|hbs|erb|epp|ejs|gotmpl)$/;
/** Endings of files that are set aside; what is in them is a unit like others. */
const copyEnding = /\.(?:backup|bak|orig|old|ignore|disabled|example|sample|dist|rpmsave|rpmnew|dpkg-\w+)$/;
/** What `systemctl edit` calls a file while it is edited. */
const editName = /^\.#(.+?)[0-9a-f]{16}$/;

/** Other programs' files with the same endings. */
const foreignFolder = /(?:^|\/)(?:dbus-1|containers\/systemd|avahi|xinetd\.d|services\.d)\//;

/** Tells by its path what a file is; undefined for what is neither a unit nor a drop-in. Separators are `/`. */
export function locateUnit(path: string): UnitLocation | undefined {
  if (foreignFolder.test(path)) return undefined;
  const [, root = "", folder, manager, rest = ""] = unitFolder.exec(path) ?? [];
  if (folder !== undefined && (manager === "system" || manager === "user")) {
    const found = readNames(rest.split("/"), true);
    return found && { ...found, manager, root, folder, path: `${folder}/${rest}` };
  }
  const names = path.split("/").slice(-2);
  const found = readNames(names.length === 2 && !/\.d$/.test(names[0] ?? "") ? names.slice(1) : names, false);
  return found && { ...found, manager: path.includes("/user/") ? "user" : "system" };
}

/** Whether a file outside of systemd's folders, whose name is a unit's, has a unit in it. */
export function looksLikeUnit(text: string): boolean {
  return /^[ \t]*\[(?:Unit|Service|Socket|Timer|Path|Mount|Automount|Swap|Slice|Scope|Target|Device|Install)\]/m.test(
    text.slice(0, 20_000),
  );
}

/** Reads the names below a folder of units: a file, or a folder of drop-ins and a file. */
function readNames(
  names: readonly string[],
  certain: boolean,
): Pick<UnitLocation, "kind" | "name" | "type" | "template"> | undefined {
  const [first = "", second, ...more] = names;
  if (more.length > 0) return undefined;
  if (second === undefined) {
    const { name, template } = withoutEndings(first);
    const unit = parseUnitName(name) ?? (template ? parsePlaceholderName(name) : undefined);
    return unit && { kind: "unit", name: unit.name, type: unit.type, template };
  }
  const owner = first.endsWith(".d") ? first.slice(0, -2) : undefined;
  if (owner === undefined) return undefined; // links in foo.wants/ are read where they point
  const { name, template } = withoutEndings(second);
  if (!name.endsWith(".conf")) return undefined;
  const type = parseUnitName(owner)?.type ?? (certain && isUnitType(owner) ? owner : undefined);
  return type && { kind: "drop-in", name: owner, type, template };
}

function withoutEndings(file: string): { name: string; template: boolean } {
  let name = editName.exec(file)?.[1] ?? file;
  let template = false;
  for (;;) {
    const shorter = name.replace(copyEnding, "");
    const bare = shorter.replace(templateEnding, "");
    template ||= bare !== shorter;
    if (bare === name) return { name, template };
    name = bare;
  }
}

/** A file such as `@NAME@.service.in`, whose name is only known when it is made. */
function parsePlaceholderName(name: string): { name: string; type: UnitType } | undefined {
  const type = name.slice(name.lastIndexOf(".") + 1);
  return isUnitType(type) && /[@{<$]/.test(name) ? { name, type } : undefined;
}
