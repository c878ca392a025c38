// Names of units: `PREFIX[@[INSTANCE]].TYPE`, as systemd takes them apart.

export const unitTypes = [
  "service",
  "socket",
  "target",
  "device",
  "mount",
  "automount",
  "swap",
  "timer",
  "path",
  "slice",
  "scope",
] as const;

export type UnitType = (typeof unitTypes)[number];

export interface UnitName {
  /** As it is written. */
  readonly name: string;
  /** What stands before the `@`, or before the type of a name without one. */
  readonly prefix: string;
  /** What stands behind the first `@`; empty for a template, undefined for a plain name. */
  readonly instance?: string;
  readonly type: UnitType;
}

/** systemd takes no longer ones. */
const maxNameLength = 255;

/** The section that is a unit type's own; a target and a device have one without settings. */
export function sectionOfType(type: UnitType): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}

export function isUnitType(text: string): text is UnitType {
  return unitTypes.some((type) => type === text);
}

/** Takes a unit name apart; undefined for what is none. */
export function parseUnitName(name: string): UnitName | undefined {
  const dot = name.lastIndexOf(".");
  const type = name.slice(dot + 1);
  if (dot <= 0 || name.length > maxNameLength || !isUnitType(type)) return undefined;
  const stem = name.slice(0, dot);
  if (!/^[A-Za-z0-9:_.\\@-]+$/.test(stem)) return undefined;
  const at = stem.indexOf("@");
  if (at === 0) return undefined;
  if (at < 0) return { name, prefix: stem, type };
  return { name, prefix: stem.slice(0, at), instance: stem.slice(at + 1), type };
}

/** The template of an instance, `foo@.service` of `foo@bar.service`; undefined for other names. */
export function templateOf({ prefix, instance, type }: UnitName): string | undefined {
  return instance === undefined || instance === "" ? undefined : `${prefix}@.${type}`;
}

export function isTemplate({ instance }: UnitName): boolean {
  return instance === "";
}

/** Types whose units may have other names by symlinks, and types that may have templates. */
export const aliasTypes: readonly UnitType[] = ["service", "socket", "target", "device", "timer", "path"];
export const templateTypes: readonly UnitType[] = ["service", "socket", "target", "timer", "path"];

/** The folders of a unit's drop-ins, the most specific first: its own, its template's, those of shorter names, its type's. */
export function dropInFolders(unit: UnitName): string[] {
  const { name, prefix, type } = unit;
  const folders = [name];
  const template = templateOf(unit);
  if (template !== undefined) folders.push(template);
  for (let dash = prefix.lastIndexOf("-", prefix.length - 2); dash > 0; dash = prefix.lastIndexOf("-", dash - 1)) {
    folders.push(`${prefix.slice(0, dash + 1)}.${type}`);
  }
  folders.push(type);
  return folders.map((folder) => `${folder}.d`);
}

/** The name that `systemd-escape --path` gives a path. */
export function escapePath(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, "").replaceAll(/\/+/g, "/");
  if (trimmed === "") return "-";
  let escaped = "";
  for (const character of trimmed) {
    if (character === "/") escaped += "-";
    else if (/[A-Za-z0-9:_]/.test(character) || (character === "." && escaped !== "")) escaped += character;
    else escaped += escapeCharacter(character);
  }
  return escaped;
}

/** Each byte of a character as `\\xHH`. */
function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  // Half a surrogate pair has no bytes of its own.
  const whole = character.length === 1 && code >= 0xd800 && code <= 0xdfff ? "\ufffd" : character;
  return encodeURIComponent(whole).replaceAll("%", "\\x").toLowerCase();
}

/** The text that an escaped part of a unit name stands for. */
export function unescapeName(escaped: string): string {
  const encoded = escaped.replaceAll(/\\x([0-9a-fA-F]{2})|-|%/g, (match, hex: string | undefined) => {
    if (hex !== undefined) return `%${hex}`;
    return match === "-" ? "/" : "%25";
  });
  try {
    return decodeURIComponent(encoded);
  } catch {
    return escaped; // bytes that are no text
  }
}
