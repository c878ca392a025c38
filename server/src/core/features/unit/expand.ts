// What specifiers stand for in one unit, as far as its name and its place tell.
import { isTemplate, type UnitName, unescapeName } from "../../model/unit-name.ts";
import type { UnitFeatureContext } from "./context.ts";

/** The text that systemd puts in place of `%` and a letter; undefined where that depends on the host. */
export function expandSpecifier(letter: string, context: UnitFeatureContext): string | undefined {
  if (letter === "%") return "%";
  return (
    expandDirectory(letter, context.manager) ??
    (context.name && expandName(letter, context.name)) ??
    expandHost(letter, context.release)
  );
}

/** What a release file asks of the hosts that the extension is for, and so of those that read a file in it. */
function expandHost(letter: string, release: UnitFeatureContext["release"]): string | undefined {
  const field = fieldOfSpecifier[letter];
  const value = field === undefined ? undefined : release?.get(field);
  return value === "_any" ? undefined : value;
}

const fieldOfSpecifier: Readonly<Record<string, string>> = { a: "ARCHITECTURE", o: "ID", w: "VERSION_ID" };

/** Folders of the system's manager; a user's lie below that user's home. */
function expandDirectory(letter: string, manager: "system" | "user"): string | undefined {
  switch (letter) {
    case "T":
      return "/tmp";
    case "V":
      return "/var/tmp";
    default:
      return manager === "system" ? systemDirectories[letter] : userDirectories[letter];
  }
}

const systemDirectories: Readonly<Record<string, string>> = {
  C: "/var/cache",
  D: "/usr/share",
  E: "/etc",
  L: "/var/log",
  S: "/var/lib",
  t: "/run",
};

/** Where the variables of the XDG base directories are not set. */
const userDirectories: Readonly<Record<string, string>> = {
  C: "~/.cache",
  D: "~/.local/share",
  E: "~/.config",
  L: "~/.local/state/log",
  S: "~/.local/state",
};

function expandName(letter: string, unit: UnitName): string | undefined {
  const { name, prefix, instance, type } = unit;
  const lastPart = prefix.slice(prefix.lastIndexOf("-") + 1);
  switch (letter) {
    case "p":
      return prefix;
    case "P":
      return unescapeName(prefix);
    case "j":
      return lastPart;
    case "J":
      return unescapeName(lastPart);
  }
  // A template's own name is that of no unit.
  if (isTemplate(unit)) return undefined;
  switch (letter) {
    case "n":
      return name;
    case "N":
      return name.slice(0, -type.length - 1);
    case "i":
      return instance ?? "";
    case "I":
      return unescapeName(instance ?? "");
    case "f":
      return pathOf(unescapeName(instance ?? prefix));
    default:
      return undefined;
  }
}

function pathOf(text: string): string {
  return text.startsWith("/") ? text : `/${text}`;
}
